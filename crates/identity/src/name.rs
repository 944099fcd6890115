//! Names: official (first, middle, last), previous, and the key by which two spellings of one name are equal.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{from_text_fault, is_apostrophe, is_hyphen, plain_letters, text_word, tidy};

/// Why a name was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum NameError {
    /// Nothing was typed, or nothing that can be seen.
    #[error("the name is missing")]
    Missing,
    /// More than 200 characters.
    #[error("the name is longer than 200 characters")]
    TooLong,
    /// A control character, such as NUL.
    #[error("the name has a character that cannot be printed")]
    Unprintable,
}
from_text_fault!(NameError);

/// One part of a name: trimmed, never empty, at most 200 characters, inner white space folded to single spaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NamePart(String);
text_word!(NamePart, NameError);

impl NamePart {
    /// Accepts any script; drops characters that cannot be seen, and refuses control characters.
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        Ok(Self(tidy(typed)?))
    }

    /// The name as it was typed, tidied.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part as a [`NameKey`] has it. Never empty: a name that is nothing but marks ("-") stands for itself.
    pub(crate) fn folded(&self) -> String {
        let plain: String = plain_letters(&self.0).chars().map(unseparated).collect();
        let bare: String = plain.chars().filter(|c| !is_dropped(*c)).collect();
        if !bare.is_empty() {
            return bare;
        }
        self.0.chars().filter(|c| !c.is_whitespace()).map(unseparated).collect()
    }
}

fn is_dropped(c: char) -> bool {
    c.is_whitespace() || is_apostrophe(c) || is_hyphen(c)
}

/// Keeps the key's separator out of its halves, so that no two pairs of names share a key by accident.
fn unseparated(c: char) -> char {
    if c == NameKey::SEPARATOR { '/' } else { c }
}

/// An official name, as a document would prove it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonName {
    /// The given name.
    pub first: NamePart,
    /// The middle name or names, which never count in a match.
    pub middle: Option<NamePart>,
    /// The family name.
    pub last: NamePart,
}

impl PersonName {
    /// "first middle last".
    pub fn full(&self) -> String {
        match &self.middle {
            Some(middle) => format!("{} {middle} {}", self.first, self.last),
            None => self.short(),
        }
    }

    /// "first last".
    pub fn short(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    /// The key of the given and family names; the middle name does not count.
    pub fn key(&self) -> NameKey {
        NameKey::of(&self.first, &self.last)
    }
}

/// A name that somebody had before. Half of it may be unsaid: then that half did not change.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PreviousName {
    /// The given name, when it was another.
    pub first: Option<NamePart>,
    /// The family name, when it was another.
    pub last: Option<NamePart>,
}

impl PreviousName {
    /// The key of the previous name, a missing half filled from the `current` one.
    pub fn key(&self, current: &PersonName) -> NameKey {
        NameKey::of(self.first.as_ref().unwrap_or(&current.first), self.last.as_ref().unwrap_or(&current.last))
    }
}

/// Two names agree exactly when their keys are equal. A key is the given name, "|" and the family name, each without
/// case, accents, apostrophes, hyphens and white space. Look-ups by index use the same key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameKey(String);

impl NameKey {
    const SEPARATOR: char = '|';

    fn of(given: &NamePart, family: &NamePart) -> Self {
        Self(format!("{}{}{}", given.folded(), Self::SEPARATOR, family.folded()))
    }

    /// The key as a database keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for NameKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> NamePart {
        NamePart::parse(text).unwrap()
    }

    fn name(first: &str, last: &str) -> PersonName {
        PersonName { first: part(first), middle: None, last: part(last) }
    }

    #[test]
    fn a_name_is_trimmed_and_its_spaces_folded() {
        assert_eq!(part("  Mary \t\u{A0} Jane\r\n").as_str(), "Mary Jane");
        assert_eq!(part("\u{202E}Zoë\u{200B}").as_str(), "Zoë");
    }

    #[test]
    fn a_name_may_be_one_letter_any_script_or_an_emoji() {
        for text in ["O", "李", "Ólafur", "محمد", "😀", "-"] {
            assert_eq!(part(text).as_str(), text);
        }
    }

    #[test]
    fn a_name_is_refused_when_empty_too_long_or_unprintable() {
        assert_eq!(NamePart::parse(""), Err(NameError::Missing));
        assert_eq!(NamePart::parse(" \u{200B}\t"), Err(NameError::Missing));
        assert!(NamePart::parse(&"é".repeat(200)).is_ok());
        assert_eq!(NamePart::parse(&"é".repeat(201)), Err(NameError::TooLong));
        assert_eq!(NamePart::parse(&"a".repeat(10_000)), Err(NameError::TooLong));
        assert_eq!(NamePart::parse("Ja\0ne"), Err(NameError::Unprintable));
        assert_eq!(NamePart::parse("Ja\u{1b}[2Jne"), Err(NameError::Unprintable));
    }

    #[test]
    fn a_name_is_written_in_full_and_in_short() {
        let with_middle = PersonName { middle: Some(part("Ann")), ..name("Jane", "Smith") };
        assert_eq!(with_middle.full(), "Jane Ann Smith");
        assert_eq!(with_middle.short(), "Jane Smith");
        assert_eq!(name("Jane", "Smith").full(), "Jane Smith");
    }

    #[test]
    fn a_key_ignores_case_accents_apostrophes_hyphens_and_spaces() {
        for (first, last, key) in [
            ("Jane", "SMITH", "jane|smith"),
            ("Mary-Jane", "Smith Taylor", "maryjane|smithtaylor"),
            ("mary jane", "smith\u{2013}taylor", "maryjane|smithtaylor"),
            ("Siobhán", "O'Brien", "siobhan|obrien"),
            ("Siobha\u{301}n", "O\u{2019}Brien", "siobhan|obrien"),
            ("D`Arcy", "O\u{2BC}Shea", "darcy|oshea"),
            ("Zoë", "Weiß", "zoe|weiss"),
            ("Søren", "Łukasiewicz", "soren|lukasiewicz"),
            ("Æthel", "Œuvre", "aethel|oeuvre"),
            ("Đorđe", "Guðþór", "dorde|gudthor"),
            ("IŞIL", "Işıl", "isil|isil"),
            ("ＪＡＮＥ", "ﬁne", "jane|fine"),
        ] {
            assert_eq!(name(first, last).key().as_str(), key);
        }
    }

    #[test]
    fn a_middle_name_is_no_part_of_the_key() {
        assert_eq!(
            PersonName { middle: Some(part("Ann")), ..name("Jane", "Smith") }.key(),
            name("Jane", "Smith").key()
        );
    }

    #[test]
    fn given_and_family_names_do_not_run_into_each_other_in_a_key() {
        assert_ne!(name("a|b", "c").key(), name("a", "b|c").key());
        assert_ne!(name("ab", "c").key(), name("a", "bc").key());
    }

    #[test]
    fn a_name_of_nothing_but_marks_still_has_a_key_of_its_own() {
        assert_eq!(name("-", "'").key().as_str(), "-|'");
        assert_eq!(name("|", "\u{301}").key().as_str(), "/|\u{301}");
    }

    #[test]
    fn the_missing_half_of_a_previous_name_comes_from_the_current_name() {
        let current = name("Mary-Jane", "Smith-Taylor");
        let previous = |first: Option<&str>, last: Option<&str>| {
            PreviousName { first: first.map(part), last: last.map(part) }.key(&current).to_string()
        };
        assert_eq!(previous(None, Some("Smith")), "maryjane|smith");
        assert_eq!(previous(Some("Jane"), None), "jane|smithtaylor");
        assert_eq!(previous(Some("Jane"), Some("Smith")), "jane|smith");
        assert_eq!(previous(None, None), "maryjane|smithtaylor");
    }
}
