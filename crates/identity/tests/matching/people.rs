//! Short ways to write a record and what a person states, for the tests of matching.

use chrono::NaiveDate;
use identity::date_of_birth::DateOfBirth;
use identity::matching::{Identifiers, StatedName};
use identity::name::{NamePart, PersonName, PreviousName};
use identity::record::TeachingRecord;

pub(crate) fn part(text: &str) -> NamePart {
    NamePart::parse(text).expect("a name")
}

/// "Jane Smith", or "Jane Ann Smith": the given name, any middle one, the family name.
pub(crate) fn name(text: &str) -> PersonName {
    let parts: Vec<&str> = text.split(' ').collect();
    let (first, middle, last) = match parts.as_slice() {
        [first, last] => (first, None, last),
        [first, middle, last] => (first, Some(part(middle)), last),
        _ => panic!("two or three names, not {text}"),
    };
    PersonName { first: part(first), middle, last: part(last) }
}

/// "Jane|Smith", either half maybe empty.
pub(crate) fn previous(text: &str) -> PreviousName {
    let (first, last) = text.split_once('|').expect("two halves");
    PreviousName { first: NamePart::parse(first).ok(), last: NamePart::parse(last).ok() }
}

pub(crate) fn stated(current: &str, before: Option<&str>) -> StatedName {
    StatedName { current: name(current), previous: before.map(previous) }
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Jane Smith, born on 1 February 1980, with something to compare for each of the six.
pub(crate) fn jane() -> TeachingRecord {
    TeachingRecord {
        trn: "1234567".parse().expect("a TRN"),
        name: name("Jane Smith"),
        previous_names: Vec::new(),
        date_of_birth: DateOfBirth::new(date("1980-02-01")),
        nino: Some("AB123456C".parse().expect("a NINO")),
        emails: vec![
            "jane@example.com".parse().expect("an email"),
            "j.smith@school.example".parse().expect("an email"),
        ],
        training_providers: vec!["University of Leeds".parse().expect("a provider")],
        qts_date: None,
        alerts: Vec::new(),
        portal_locked: false,
        active: true,
        merged_into: None,
    }
}

/// All six identifiers, as Jane's record has them.
pub(crate) fn all_of_jane() -> Identifiers {
    Identifiers {
        email: "JANE@example.com".parse().ok(),
        name: Some(stated("Jane Smith", None)),
        date_of_birth: Some(DateOfBirth::new(date("1980-02-01"))),
        nino: "ab 12 34 56 c".parse().ok(),
        trn: "RP12/34567".parse().ok(),
        provider: "university of leeds".parse().ok(),
    }
}
