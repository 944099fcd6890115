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

    /// Whether the record says so by now.
    pub fn is_in(&self, record: &TeachingRecord) -> bool {
        match self {
            Wanted::OfficialName(name) => record.name == *name,
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
