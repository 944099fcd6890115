//! Properties of the words: no input makes a parse panic, and a word survives being written down and read again.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use identity::date_of_birth::DateOfBirth;
use identity::email::{Email, redact};
use identity::name::{NamePart, PersonName};
use identity::nino::Nino;
use identity::passkey::PasskeyName;
use identity::preferred_name::PreferredName;
use identity::provider::TrainingProvider;
use identity::ticket::{Agent, Reference};
use identity::trn::Trn;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Serialize;
use serde::de::DeserializeOwned;

const AWKWARD: &[char] = &[
    '\0',
    '\u{1}',
    '\u{7f}',
    '\t',
    '\n',
    ' ',
    '\u{A0}',
    '\u{AD}',
    '\u{200B}',
    '\u{200D}',
    '\u{200F}',
    '\u{202E}',
    '\u{2066}',
    '\u{301}',
    '\u{308}',
    '\u{20E3}',
    '\u{FE0F}',
    '\u{FEFF}',
    '\u{FFFD}',
    '\u{FDFA}',
    '😀',
    'é',
    'ß',
    'İ',
    'ı',
    'Σ',
    'ﬁ',
    '１',
    '।',
    '@',
    '＠',
    '.',
    '。',
    '-',
    '–',
    '\'',
    '’',
    '|',
    '&',
    '/',
    '"',
    'A',
    'B',
    'x',
    '1',
    '9',
    '\u{10FFFF}',
];

/// Anything at all that could arrive in a form field.
fn typed() -> impl Strategy<Value = String> {
    let character = prop_oneof![select(AWKWARD), any::<char>(), proptest::char::range(' ', '~')];
    let short = vec(character.clone(), 0..30).prop_map(String::from_iter);
    let at_the_limit = vec(character.clone(), 195..210).prop_map(String::from_iter);
    let long = character.prop_map(|c| String::from_iter(std::iter::repeat_n(c, 10_000)));
    prop_oneof![6 => short, 2 => email_like(), 2 => nino_like(), 1 => at_the_limit, 1 => long]
}

fn email_like() -> impl Strategy<Value = String> {
    let local = vec(select(&['a', 'B', '1', '.', '+', '\'', '-', '\u{AD}'][..]), 1..12).prop_map(String::from_iter);
    let label =
        vec(select(&['a', 'Z', '0', '-', 'é', 'ß', '例', 'Σ', 'ς', '\u{308}'][..]), 1..12).prop_map(String::from_iter);
    let top = select(&["com", "UK", "テスト", "xn--p1ai", "museum", "c", "ß"][..]);
    (local, vec(label, 1..4), top).prop_map(|(local, labels, top)| format!(" {local}@{}.{top}", labels.join(".")))
}

fn nino_like() -> impl Strategy<Value = String> {
    vec(select(&['A', 'b', 'C', '1', '2', '3', ' ', '-'][..]), 2).prop_flat_map(|prefix| {
        (Just(String::from_iter(prefix)), 0..10_000_000_u32, select(&["", "c", "M", " d"][..]))
            .prop_map(|(prefix, digits, suffix)| format!("{prefix}{digits:06}{suffix}"))
    })
}

/// A word that parses is the same word when it is shown, stored as JSON, or handed over as text, and read again.
fn survives<T>(text: &str) -> Result<(), TestCaseError>
where
    T: FromStr + Display + Debug + PartialEq + Clone + Serialize + DeserializeOwned + Into<String>,
    T::Err: Debug,
{
    let Ok(word) = text.parse::<T>() else { return Ok(()) };
    let shown = word.to_string();
    prop_assert!(!shown.is_empty() && shown.chars().count() <= 200);
    let again = shown.parse::<T>().expect("a word that is shown parses");
    prop_assert_eq!(&again, &word);
    prop_assert_eq!(again.to_string(), shown.clone());
    let stored = serde_json::to_string(&word).expect("a word is plain text");
    let read: T = serde_json::from_str(&stored).expect("a stored word parses");
    prop_assert_eq!(read.to_string(), shown.clone());
    prop_assert_eq!(Into::<String>::into(word), shown);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_word_survives_being_written_and_read(text in typed()) {
        survives::<Email>(&text)?;
        survives::<NamePart>(&text)?;
        survives::<Nino>(&text)?;
        survives::<Trn>(&text)?;
        survives::<TrainingProvider>(&text)?;
        survives::<PreferredName>(&text)?;
        survives::<PasskeyName>(&text)?;
        survives::<Agent>(&text)?;
        survives::<Reference>(&text)?;
    }

    #[test]
    fn no_text_in_the_boxes_of_a_date_makes_it_panic(day in typed(), month in typed(), year in typed()) {
        let today = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a real date");
        if let Ok(date) = DateOfBirth::parse(&day, &month, &year, today) {
            prop_assert!(date.date() <= today && date.date().year() >= DateOfBirth::EARLIEST_YEAR);
        }
    }

    #[test]
    fn every_date_since_1900_is_read_as_it_is_shown(days in 0..50_000_u64, in_words in any::<bool>()) {
        let date = NaiveDate::from_ymd_opt(1900, 1, 1).and_then(|first| first.checked_add_days(Days::new(days)));
        let date = DateOfBirth::new(date.expect("within the calendar"));
        let shown = date.to_string();
        let mut parts = shown.split('-');
        let (year, month, day) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let month = if in_words { date.date().format("%B").to_string() } else { month.to_owned() };
        prop_assert_eq!(DateOfBirth::parse(day, &month, year, date.date()), Ok(date));
    }

    #[test]
    fn the_canonical_form_of_an_email_is_its_own_canonical_form(text in prop_oneof![typed(), email_like()]) {
        let Ok(email) = Email::parse(&text) else { return Ok(()) };
        prop_assert!(email.canonical().is_ascii() && !email.canonical().bytes().any(|b| b.is_ascii_uppercase()));
        let canonical = Email::parse(email.canonical()).expect("the canonical form is an address");
        prop_assert_eq!(canonical.canonical(), email.canonical());
        prop_assert_eq!(canonical.as_str(), email.canonical());
        prop_assert_eq!(canonical, email);
    }

    #[test]
    fn a_redacted_text_never_shows_the_name_before_the_at(text in typed()) {
        let redacted = redact(&text);
        let Some(first) = text.chars().next() else {
            prop_assert_eq!(redacted, "");
            return Ok(());
        };
        let hidden = format!("{first}****");
        let shown = redacted.strip_prefix(&hidden).expect("the first character, then stars");
        let end = shown.strip_prefix("@****").unwrap_or(shown);
        prop_assert!(end.is_empty() || (end.starts_with('.') && text.ends_with(end) && !end.contains('@')));
    }

    #[test]
    fn a_name_key_is_its_own_key(first in typed(), last in typed()) {
        let (Ok(first), Ok(last)) = (NamePart::parse(&first), NamePart::parse(&last)) else { return Ok(()) };
        let key = PersonName { first, middle: None, last }.key();
        prop_assert_eq!(key.as_str().matches('|').count(), 1);
        let (given, family) = key.as_str().split_once('|').expect("one separator");
        prop_assert!(!given.is_empty() && !family.is_empty());
        // Some characters come apart into so many letters that the key is too long for a name.
        if let (Ok(first), Ok(last)) = (NamePart::parse(given), NamePart::parse(family)) {
            prop_assert_eq!(PersonName { first, middle: None, last }.key(), key);
        }
    }

    #[test]
    fn a_provider_key_is_its_own_key(text in typed()) {
        let Ok(provider) = TrainingProvider::parse(&text) else { return Ok(()) };
        let key = provider.key();
        prop_assert!(!key.is_empty());
        if let Ok(again) = TrainingProvider::parse(&key) {
            prop_assert_eq!(again.key(), key);
        }
    }
}
