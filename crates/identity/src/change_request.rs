//! Requests to change what a teaching record says: a person shows evidence, and support decides.

use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::client::ClientId;
use crate::clock::Time;
use crate::date_of_birth::DateOfBirth;
use crate::evidence::{Evidence, EvidenceId, EvidenceKind, FileName};
use crate::id::random_id;
use crate::name::PersonName;
use crate::record::TeachingRecord;
use crate::ticket::{Agent, Reference};

random_id! {
    ChangeRequestId
}

/// What a request is about. An account waits for one of each at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    OfficialName,
    DateOfBirth,
}

impl Subject {
    pub fn as_str(self) -> &'static str {
        match self {
            Subject::OfficialName => "official_name",
            Subject::DateOfBirth => "date_of_birth",
        }
    }
}

/// What the record should say instead.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    OfficialName(PersonName),
    DateOfBirth(DateOfBirth),
}

impl Wanted {
    pub fn subject(&self) -> Subject {
        match self {
            Wanted::OfficialName(_) => Subject::OfficialName,
            Wanted::DateOfBirth(_) => Subject::DateOfBirth,
        }
    }

    /// Whether the record says so by now. A register may write names in capitals; an accent or a hyphen is part of a name.
    pub fn is_in(&self, record: &TeachingRecord) -> bool {
        match self {
            Wanted::OfficialName(name) => record.name.full().to_lowercase() == name.full().to_lowercase(),
            Wanted::DateOfBirth(date) => record.date_of_birth == *date,
        }
    }
}

/// The file that a request rests on, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceFile {
    /// Nothing once the file has outlived its use and is gone.
    pub id: Option<EvidenceId>,
    pub kind: EvidenceKind,
    pub name: FileName,
    pub size: u32,
}

impl EvidenceFile {
    pub fn of(id: EvidenceId, evidence: &Evidence) -> EvidenceFile {
        let size = u32::try_from(evidence.size()).expect("nothing larger than 3 MiB is evidence");
        EvidenceFile { id: Some(id), kind: evidence.kind, name: evidence.name.clone(), size }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeDecision {
    /// The record says so now, and the account follows it.
    Approved,
    Rejected,
    /// The person took it back.
    Withdrawn,
}

impl ChangeDecision {
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeDecision::Approved => "approved",
            ChangeDecision::Rejected => "rejected",
            ChangeDecision::Withdrawn => "withdrawn",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeState {
    Pending,
    Decided { decision: ChangeDecision, at: Time, by: Agent },
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRequest {
    pub id: ChangeRequestId,
    /// What support and the person call it by.
    pub reference: Reference,
    pub account: AccountId,
    pub wanted: Wanted,
    pub evidence: EvidenceFile,
    /// The service that the person came from.
    pub client: Option<ClientId>,
    pub state: ChangeState,
    pub created_at: Time,
}

impl ChangeRequest {
    pub fn is_pending(&self) -> bool {
        self.state == ChangeState::Pending
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::name::NamePart;
    use crate::trn::Trn;

    fn name(first: &str, last: &str) -> PersonName {
        let part = |text| NamePart::parse(text).unwrap();
        PersonName { first: part(first), middle: None, last: part(last) }
    }

    fn record(name: PersonName) -> TeachingRecord {
        TeachingRecord {
            trn: Trn::parse("1234567").unwrap(),
            name,
            previous_names: Vec::new(),
            date_of_birth: DateOfBirth::new(NaiveDate::from_ymd_opt(1985, 3, 14).unwrap()),
            nino: None,
            emails: Vec::new(),
            training_providers: Vec::new(),
            qts_date: None,
            alerts: Vec::new(),
            portal_locked: false,
            active: true,
            merged_into: None,
        }
    }

    #[test]
    fn a_record_in_capitals_says_what_was_asked_and_one_without_the_accent_does_not() {
        let wanted = Wanted::OfficialName(name("Zoë", "Smith-Jones"));
        for (first, last, is) in [
            ("Zoë", "Smith-Jones", true),
            ("ZOË", "SMITH-JONES", true),
            ("Zoe", "Smith-Jones", false),
            ("Zoë", "Smith Jones", false),
            ("Zoë", "Smith", false),
        ] {
            assert_eq!(wanted.is_in(&record(name(first, last))), is, "{first} {last}");
        }
    }
}
