//! As much of an account and of a teaching record as a walk needs to know.

use chrono::NaiveDate;
use identity::account::{Account, AccountId, LookupStatus, RecordLink};
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
    /// What the search that found no record was made with.
    pub searched_with: Option<Identifiers>,
}

impl KnownAccount {
    pub fn of(account: Account, search: Option<RecordSearch>) -> KnownAccount {
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
            searched_with: search.map(|search| search.stated),
        }
    }
}

/// What a record says that decides how a walk goes on. Whom it is about is known by its TRN alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRecord {
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
        KnownRecord { standing, has_qts: record.qts_date.is_some(), prohibited: record.is_prohibited(today) }
    }
}
