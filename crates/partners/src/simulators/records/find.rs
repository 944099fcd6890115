//! `GET /v2/teachers/find`: by the default policy, whoever agrees on three of what is stated; by the strict one, on the date
//! of birth and the TRN, and on the National Insurance number, or on the name where the record has no such number.

use chrono::NaiveDate;
use identity::date_of_birth::DateOfBirth;
use identity::matching::{Agreement, Explanation, Identifiers, Policy, StatedName, decide};
use identity::name::{NamePart, PersonName, PreviousName};
use identity::record::TeachingRecord;
use serde::Deserialize;

use super::register::Register;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Asked {
    first_name: String,
    last_name: String,
    previous_first_name: String,
    previous_last_name: String,
    date_of_birth: Option<NaiveDate>,
    national_insurance_number: String,
    itt_provider_name: String,
    email_address: String,
    trn: String,
    match_policy: Option<MatchPolicy>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum MatchPolicy {
    Default,
    Strict,
}

impl Asked {
    /// Those who agree, in the order of their TRNs. Nobody whose record has ended.
    pub(super) fn find<'r>(&self, register: &'r Register) -> Vec<&'r TeachingRecord> {
        let stated = self.identifiers();
        let verdict = decide(&Policy::DEFAULT, &stated, &register.candidates(&stated));
        let agree = verdict.explanations.iter().filter(|explanation| explanation.agreed() >= 3);
        let found = agree.filter_map(|explanation| Some((explanation, register.by_trn(&explanation.trn)?)));
        let strict = self.match_policy == Some(MatchPolicy::Strict);
        found
            .filter(|(explanation, record)| !strict || is_strict(explanation, record))
            .map(|(_, record)| record)
            .collect()
    }

    fn identifiers(&self) -> Identifiers {
        let part = |text: &str| NamePart::parse(text).ok();
        let current = part(&self.first_name).zip(part(&self.last_name));
        let before = PreviousName { first: part(&self.previous_first_name), last: part(&self.previous_last_name) };
        Identifiers {
            email: self.email_address.parse().ok(),
            name: current.map(|(first, last)| StatedName {
                current: PersonName { first, middle: None, last },
                previous: (before != PreviousName::default()).then_some(before),
            }),
            date_of_birth: self.date_of_birth.map(DateOfBirth::new),
            nino: self.national_insurance_number.parse().ok(),
            trn: self.trn.parse().ok(),
            provider: self.itt_provider_name.parse().ok(),
        }
    }
}

fn is_strict(explanation: &Explanation, record: &TeachingRecord) -> bool {
    let agreed = |agreement| agreement == Agreement::Agreed;
    let by_name = record.nino.is_none() && agreed(explanation.name);
    agreed(explanation.date_of_birth) && agreed(explanation.stated_trn) && (agreed(explanation.nino) || by_name)
}
