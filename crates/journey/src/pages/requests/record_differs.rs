//! The record that was found just now has another name or date of birth than the person gave: they see both, and may ask
//! for a change of the record before they go on.

use identity::change_request::Subject;
use identity::date_of_birth::DateOfBirth;
use identity::name::PersonName;
use serde_json::{Value, json};

use super::{in_words, key_of, page_of};
use crate::ending::Request;
use crate::page::{Given, Question, kept_in, only_to_go_on};
use crate::summary::{day, detail};

pub(crate) struct RecordDiffers<'a> {
    /// What the person gave and what the record has, where that is another.
    pub names: Option<(&'a PersonName, &'a PersonName)>,
    pub dates_of_birth: Option<(DateOfBirth, DateOfBirth)>,
    pub requests: &'a [Request],
}

impl RecordDiffers<'_> {
    fn rows(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        if let Some((given, recorded)) = self.names {
            rows.push(detail("Name that you gave us", given.full(), None));
            rows.push(detail("Name on your teaching record", recorded.full(), None));
            rows.extend(self.request(Subject::OfficialName));
        }
        if let Some((given, recorded)) = self.dates_of_birth {
            rows.push(detail("Date of birth that you gave us", day(given), None));
            rows.push(detail("Date of birth on your teaching record", day(recorded), None));
            rows.extend(self.request(Subject::DateOfBirth));
        }
        rows
    }

    fn request(&self, subject: Subject) -> Option<Value> {
        let request = self.requests.iter().find(|request| request.wanted.subject() == subject)?;
        Some(detail(key_of(subject), in_words(&request.wanted), Some(page_of(subject))))
    }

    /// What there is to ask for, and is not asked for yet.
    fn ways(&self) -> Vec<Value> {
        let asked = |subject| self.requests.iter().any(|request| request.wanted.subject() == subject);
        let way = |subject, text| json!({ "href": page_of(subject), "text": text });
        let name = self.names.filter(|_| !asked(Subject::OfficialName));
        let date = self.dates_of_birth.filter(|_| !asked(Subject::DateOfBirth));
        let name = name.map(|_| way(Subject::OfficialName, "Ask us to change the name on your teaching record"));
        let date =
            date.map(|_| way(Subject::DateOfBirth, "Ask us to change the date of birth on your teaching record"));
        name.into_iter().chain(date).collect()
    }
}

impl Question for RecordDiffers<'_> {
    const PATH: &'static str = "record-differs";
    const TITLE: &'static str = "Your teaching record has other details";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = bool;

    kept_in!(record_differs_seen);

    fn given(&self) -> Given {
        Given::facts([
            ("rows", self.rows().into()),
            ("ways", self.ways().into()),
            ("renamed", self.names.is_some().into()),
        ])
    }

    fn sample_given() -> Given {
        let part = |text| identity::name::NamePart::parse(text).expect("this is a name");
        let name = |last| PersonName { first: part("Asha"), middle: None, last: part(last) };
        RecordDiffers { names: Some((&name("Jones"), &name("Bennett"))), dates_of_birth: None, requests: &[] }.given()
    }

    only_to_go_on!(bool = true, "continue");
}
