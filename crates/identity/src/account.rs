//! An account: one person's sign-in with us.

use serde::{Deserialize, Serialize};

use crate::client::ClientId;
use crate::clock::Time;
use crate::date_of_birth::DateOfBirth;
use crate::email::Email;
use crate::id::random_id;
use crate::matching::{Identifier, MatchPolicy, Policy, Verdict};
use crate::mobile::Mobile;
use crate::name::PersonName;
use crate::nino::Nino;
use crate::preferred_name::PreferredName;
use crate::record::TeachingRecord;
use crate::trn::Trn;

random_id! {
    /// The account's id and, for relying services, the `sub` of the person (OpenID Connect Core, section 2).
    AccountId
}

/// What the search for a person's teaching record came to. The wire words are those of the claim `trn_lookup_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LookupStatus {
    /// No record, and the person claims none.
    None,
    /// Undecided: a person or a later look-up has to find out.
    Pending,
    /// Linked: the account has a TRN.
    Found,
    /// Support looked and says that there is no record.
    Failed,
}

impl LookupStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            LookupStatus::None => "None",
            LookupStatus::Pending => "Pending",
            LookupStatus::Found => "Found",
            LookupStatus::Failed => "Failed",
        }
    }
}

/// How sure we are that the record is this person's. The wire words are those of the claim `trn_match_level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MatchLevel {
    /// Three identifiers agreed.
    Low,
    /// A National Insurance number or TRN was among them and nothing disagreed, or support decided.
    Medium,
}

impl MatchLevel {
    /// What a match under this policy is worth.
    pub fn of(policy: MatchPolicy) -> MatchLevel {
        match policy {
            MatchPolicy::Default => MatchLevel::Low,
            MatchPolicy::Strict => MatchLevel::Medium,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            MatchLevel::Low => "Low",
            MatchLevel::Medium => "Medium",
        }
    }
}

/// The teaching record that an account is linked to, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLink {
    pub trn: Trn,
    pub level: MatchLevel,
    /// The match policy's name and version, as `default/1`.
    pub policy: String,
    /// None: it was linked before this was kept.
    pub matched: Option<Matched>,
}

/// What made a record a person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The identifiers that agreed.
    pub on: Vec<Identifier>,
    pub at: Time,
}

/// What there was to see in the linked record when it was last looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordSeen {
    /// The record's own, which may be another than the account's.
    pub date_of_birth: DateOfBirth,
    /// Was a prohibition open?
    pub prohibited: bool,
    pub at: Time,
}

impl RecordSeen {
    pub fn of(record: &TeachingRecord, at: Time) -> RecordSeen {
        let prohibited = record.is_prohibited(at.date_naive());
        RecordSeen { date_of_birth: record.date_of_birth, prohibited, at }
    }
}

impl RecordLink {
    /// A link that a search found under this policy.
    pub fn searched(trn: Trn, policy: MatchPolicy) -> RecordLink {
        RecordLink { trn, level: MatchLevel::of(policy), policy: Policy::named(policy).label(), matched: None }
    }

    /// The same link, with what the verdict that led to it says of this record.
    #[must_use]
    pub fn matched_by(self, verdict: &Verdict, at: Time) -> RecordLink {
        let explanation = verdict.explanations.iter().find(|explanation| explanation.trn == self.trn);
        let matched = explanation.map(|explanation| Matched { on: explanation.agreed_identifiers(), at });
        RecordLink { matched, ..self }
    }

    /// Was it found well enough for a service with this policy?
    pub fn is_enough_for(&self, policy: MatchPolicy) -> bool {
        self.level >= MatchLevel::of(policy)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub email: Email,
    /// Proved like the address, and no other account's.
    pub mobile: Option<Mobile>,
    pub official_name: PersonName,
    pub preferred_name: Option<PreferredName>,
    pub date_of_birth: Option<DateOfBirth>,
    pub nino: Option<Nino>,
    /// None while no service that wants a TRN has ever sent the person here.
    pub lookup_status: Option<LookupStatus>,
    /// Present exactly when the status is `Found`.
    pub record: Option<RecordLink>,
    /// The linked record as it was last seen, to follow its changes. None: it has not been seen yet.
    pub record_seen: Option<RecordSeen>,
    /// The service through which the person came first.
    pub registered_with: Option<ClientId>,
    pub created_at: Time,
    pub updated_at: Time,
    pub last_signed_in_at: Option<Time>,
}

/// What a person changes of their own details; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetailChanges {
    pub email: Option<Email>,
    pub mobile: Option<Mobile>,
    pub name: Option<PersonName>,
    pub preferred_name: Option<PreferredName>,
    pub date_of_birth: Option<DateOfBirth>,
    pub nino: Option<Nino>,
}

impl Account {
    pub fn trn(&self) -> Option<&Trn> {
        self.record.as_ref().map(|record| &record.trn)
    }

    /// Did the linked record have an open prohibition when it was last seen?
    pub fn is_prohibited(&self) -> bool {
        self.record_seen.is_some_and(|seen| seen.prohibited)
    }

    /// The linked record, when a service with this policy may rely on how it was found: strict ones take Medium only.
    pub fn record_for(&self, policy: MatchPolicy) -> Option<&RecordLink> {
        self.record.as_ref().filter(|link| link.is_enough_for(policy))
    }
}
