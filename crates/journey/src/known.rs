//! As much of an account and of a teaching record as a walk needs to know.

use chrono::NaiveDate;
use identity::account::{Account, AccountId, LookupStatus, RecordLink};
use identity::change_request::{ChangeRequest, Subject};
use identity::clock::Time;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::matching::Identifiers;
use identity::mobile::Mobile;
use identity::name::PersonName;
use identity::nino::Nino;
use identity::preferred_name::PreferredName;
use identity::record::TeachingRecord;
use identity::search::RecordSearch;
use identity::trn::Trn;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownAccount {
    pub id: AccountId,
    pub email: Email,
    pub mobile: Option<Mobile>,
    pub name: PersonName,
    pub preferred_name: Option<PreferredName>,
    pub date_of_birth: Option<DateOfBirth>,
    pub nino: Option<Nino>,
    /// None: nobody has looked for this person's record yet.
    pub lookup_status: Option<LookupStatus>,
    pub record: Option<RecordLink>,
    /// As of when the record was last seen.
    pub prohibited: bool,
    /// As of when the record was last seen.
    pub recorded_date_of_birth: Option<DateOfBirth>,
    /// What the search that found no record was made with.
    pub searched_with: Option<Identifiers>,
    /// What support has been asked to change and has not decided yet.
    pub pending: Vec<PendingChange>,
}

/// A request that waits for support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingChange {
    pub subject: Subject,
    pub asked_at: Time,
}

impl KnownAccount {
    pub fn of(account: Account, search: Option<RecordSearch>, requests: &[ChangeRequest]) -> KnownAccount {
        let prohibited = account.is_prohibited();
        KnownAccount {
            id: account.id,
            email: account.email,
            mobile: account.mobile,
            name: account.official_name,
            preferred_name: account.preferred_name,
            date_of_birth: account.date_of_birth,
            nino: account.nino,
            lookup_status: account.lookup_status,
            record: account.record,
            prohibited,
            recorded_date_of_birth: account.record_seen.map(|seen| seen.date_of_birth),
            searched_with: search.map(|search| search.stated),
            pending: requests.iter().map(PendingChange::of).collect(),
        }
    }

    /// Since when support has been asked for a change of this.
    pub(crate) fn waits_for(&self, subject: Subject) -> Option<Time> {
        self.pending.iter().find(|pending| pending.subject == subject).map(|pending| pending.asked_at)
    }
}

impl PendingChange {
    pub(crate) fn of(request: &ChangeRequest) -> PendingChange {
        PendingChange { subject: request.wanted.subject(), asked_at: request.created_at }
    }
}

/// What a record says that decides how a walk goes on, and what it says otherwise than the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRecord {
    pub name: PersonName,
    pub date_of_birth: DateOfBirth,
    pub standing: Standing,
    pub has_qts: bool,
    pub prohibited: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Current,
    /// Merged into the record of this TRN.
    ReplacedBy(Trn),
    Ended,
}

impl KnownRecord {
    pub fn of(record: &TeachingRecord, today: NaiveDate) -> KnownRecord {
        let standing = match &record.merged_into {
            Some(successor) => Standing::ReplacedBy(successor.clone()),
            None if record.active => Standing::Current,
            None => Standing::Ended,
        };
        KnownRecord {
            name: record.name.clone(),
            date_of_birth: record.date_of_birth,
            standing,
            has_qts: record.qts_date.is_some(),
            prohibited: record.is_prohibited(today),
        }
    }
}
