//! Teaching records, and the trait by which a source of them answers.

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::date_of_birth::DateOfBirth;
use crate::email::Email;
use crate::matching::Identifiers;
use crate::name::{NameKey, PersonName, PreviousName};
use crate::nino::Nino;
use crate::provider::TrainingProvider;
use crate::trn::Trn;

/// What the register of teachers holds about one person under one TRN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeachingRecord {
    pub trn: Trn,
    pub name: PersonName,
    pub previous_names: Vec<PreviousName>,
    pub date_of_birth: DateOfBirth,
    pub nino: Option<Nino>,
    pub emails: Vec<Email>,
    pub training_providers: Vec<TrainingProvider>,
    /// When qualified teacher status was awarded; nothing when it was not.
    pub qts_date: Option<NaiveDate>,
    pub alerts: Vec<Alert>,
    /// The teacher's account at the self-service portal is locked; or may be, where the source cannot tell.
    pub portal_locked: bool,
    pub active: bool,
    /// The record that replaced this one.
    pub merged_into: Option<Trn>,
}

impl TeachingRecord {
    /// The keys of the current name and of each previous one, without repeats, the current one first.
    pub fn name_keys(&self) -> Vec<NameKey> {
        let mut keys = vec![self.name.key()];
        for previous in &self.previous_names {
            let key = previous.key(&self.name);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// Whether the record may be matched: active, and not merged into another.
    pub fn is_current(&self) -> bool {
        self.active && self.merged_into.is_none()
    }

    /// Whether a prohibition is open on this day: the person may not teach.
    pub fn is_prohibited(&self, today: NaiveDate) -> bool {
        self.alerts.iter().any(|alert| alert.is_open(today) && alert.kind.eq_ignore_ascii_case(Alert::PROHIBITION))
    }

    pub fn has_open_alert(&self, today: NaiveDate) -> bool {
        self.alerts.iter().any(|alert| alert.is_open(today))
    }
}

/// Something on a record that whoever relies on it should know, a prohibition for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The kind as the register writes it ("prohibition").
    pub kind: String,
    pub start: NaiveDate,
    /// The day it ended; nothing while it is open.
    pub end: Option<NaiveDate>,
}

impl Alert {
    /// The kind that bars from teaching, in any case of letters.
    pub const PROHIBITION: &'static str = "prohibition";

    /// The day on which it ends is the first on which it no longer counts.
    fn is_open(&self, today: NaiveDate) -> bool {
        self.start <= today && self.end.is_none_or(|end| end > today)
    }
}

/// A source of teaching records: the embedded extract, or a service elsewhere.
#[async_trait]
pub trait Records: Send + Sync {
    /// The records that might agree with `stated` on three identifiers, complete for any three of the six, and maybe
    /// some that do not: those with the email, the NINO or the TRN, and those with the date of birth and a name key.
    async fn candidates(&self, stated: &Identifiers) -> Result<Vec<TeachingRecord>, RecordsUnavailable>;

    /// The record of this TRN, current or not.
    async fn by_trn(&self, trn: &Trn) -> Result<Option<TeachingRecord>, RecordsUnavailable>;

    /// Unlocks the teacher's account at the self-service portal. Unlocking one that is not locked does nothing.
    async fn unlock_portal(&self, trn: &Trn) -> Result<Unlocking, RecordsUnavailable>;

    /// The training providers that the records name, to suggest while somebody types.
    async fn training_providers(&self) -> Result<Vec<TrainingProvider>, RecordsUnavailable>;
}

/// What came of unlocking an account at the self-service portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlocking {
    Unlocked,
    WasNotLocked,
}

/// The source of teaching records did not answer, or not in time.
#[derive(Debug, Error)]
#[error("the teaching records are unavailable")]
pub struct RecordsUnavailable(#[source] Box<dyn std::error::Error + Send + Sync>);

impl RecordsUnavailable {
    /// Keeps the `cause` for the log; a plain text will do.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::NamePart;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn with(kind: &str, start: &str, end: Option<&str>) -> TeachingRecord {
        let part = |text| NamePart::parse(text).unwrap();
        TeachingRecord {
            trn: Trn::parse("1234567").unwrap(),
            name: PersonName { first: part("Victor"), middle: None, last: part("Hargreave") },
            previous_names: vec![],
            date_of_birth: DateOfBirth::new(day("1971-05-08")),
            nino: None,
            emails: vec![],
            training_providers: vec![],
            qts_date: None,
            alerts: vec![Alert { kind: kind.into(), start: day(start), end: end.map(day) }],
            portal_locked: false,
            active: true,
            merged_into: None,
        }
    }

    #[test]
    fn a_prohibition_counts_from_its_first_day_to_the_day_before_it_ends() {
        for (record, today, prohibited) in [
            (with("Prohibition", "2019-03-01", None), "2026-01-01", true),
            (with("prohibition", "2019-03-01", None), "2019-03-01", true),
            (with("Prohibition", "2019-03-01", None), "2019-02-28", false),
            (with("Prohibition", "2019-03-01", Some("2021-03-01")), "2021-02-28", true),
            (with("Prohibition", "2019-03-01", Some("2021-03-01")), "2021-03-01", false),
            (with("Reprimand", "2019-03-01", None), "2026-01-01", false),
        ] {
            assert_eq!(record.is_prohibited(day(today)), prohibited, "{:?} on {today}", record.alerts);
        }
        assert!(with("Reprimand", "2019-03-01", None).has_open_alert(day("2026-01-01")));
        assert!(!with("Reprimand", "2019-03-01", Some("2020-01-01")).has_open_alert(day("2026-01-01")));
    }
}
