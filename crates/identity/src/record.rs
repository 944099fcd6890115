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
    /// The teacher's account at the self-service portal is locked.
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

/// A source of teaching records: the embedded extract, or a service elsewhere.
#[async_trait]
pub trait Records: Send + Sync {
    /// The records that might agree with `stated` on three identifiers, complete for any three of the six, and maybe
    /// some that do not: those with the email, the NINO or the TRN, and those with the date of birth and a name key.
    async fn candidates(&self, stated: &Identifiers) -> Result<Vec<TeachingRecord>, RecordsUnavailable>;

    /// The record of this TRN, current or not.
    async fn by_trn(&self, trn: &Trn) -> Result<Option<TeachingRecord>, RecordsUnavailable>;

    /// The training providers that the records name, to suggest while somebody types.
    async fn training_providers(&self) -> Result<Vec<TrainingProvider>, RecordsUnavailable>;
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
