//! Records, and what people state of themselves.

use std::time::Duration;

use chrono::NaiveDate;
use identity::date_of_birth::DateOfBirth;
use identity::matching::{Identifiers, StatedName};
use identity::name::{NamePart, PersonName, PreviousName};
use identity::record::TeachingRecord;
use identity::secret::Plain;
use identity::trn::Trn;
use partners::http::Address;
use partners::records::RecordsApi;
use partners::simulators::records::{RecordsServer, SAMPLE_KEY};
use partners::simulators::{Fault, Switch};
use url::Url;

pub(crate) const BUDGET: Duration = Duration::from_millis(500);

pub(crate) fn api(base: Url) -> RecordsApi {
    api_with_key(base, SAMPLE_KEY)
}

pub(crate) fn api_with_key(base: Url, key: &str) -> RecordsApi {
    RecordsApi::new(Address::new(base, BUDGET), Plain::new(key)).unwrap()
}

pub(crate) fn register(records: impl IntoIterator<Item = TeachingRecord>) -> RecordsServer {
    let listen = ([127, 0, 0, 1], 0).into();
    RecordsServer::start(listen, Switch::new(Fault::None), SAMPLE_KEY, records).unwrap()
}

pub(crate) fn part(text: &str) -> NamePart {
    NamePart::parse(text).unwrap()
}

pub(crate) fn name(first: &str, last: &str) -> PersonName {
    PersonName { first: part(first), middle: None, last: part(last) }
}

pub(crate) fn previous(first: &str, last: &str) -> PreviousName {
    PreviousName { first: NamePart::parse(first).ok(), last: NamePart::parse(last).ok() }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn trn(text: &str) -> Trn {
    Trn::parse(text).unwrap()
}

/// Jane Smith, born on 1 February 1980, with something to compare for each of the six.
pub(crate) fn jane() -> TeachingRecord {
    TeachingRecord {
        trn: trn("1234567"),
        name: PersonName { middle: Some(part("Ann")), ..name("Jane", "Smith") },
        previous_names: vec![previous("Jane", "Taylor")],
        date_of_birth: DateOfBirth::new(day("1980-02-01")),
        nino: "AB123456C".parse().ok(),
        emails: vec!["jane@example.com".parse().unwrap(), "j.smith@school.example".parse().unwrap()],
        training_providers: vec!["University of Leeds".parse().unwrap()],
        qts_date: Some(day("2003-08-01")),
        alerts: Vec::new(),
        // As every record that comes by the API.
        portal_locked: true,
        active: true,
        merged_into: None,
    }
}

pub(crate) fn merged(old: TeachingRecord, into: &str) -> TeachingRecord {
    TeachingRecord { active: false, merged_into: Some(trn(into)), ..old }
}

/// What Jane states, but for her numbers.
pub(crate) fn stated() -> Identifiers {
    Identifiers {
        email: "JANE@example.com".parse().ok(),
        name: Some(StatedName::only(name("jane", "smith"))),
        date_of_birth: Some(DateOfBirth::new(day("1980-02-01"))),
        ..Identifiers::default()
    }
}
