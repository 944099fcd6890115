//! The register of teachers, by the API of the department. docs/decisions/0013 has what we rely on.
//!
//! The API finds, and `identity::matching` judges what it has found. So `find` is asked for TRNs only; each record is read
//! whole afterwards, for `find` leaves out what a verdict is explained by.

mod change_requests;
mod find;
mod providers;
mod wire;

use std::collections::BTreeMap;
use std::time::Instant;

use async_trait::async_trait;
use futures_util::future::{join_all, try_join};
use identity::matching::{Identifiers, StatedName};
use identity::provider::TrainingProvider;
use identity::record::{Records, RecordsUnavailable, TeachingRecord, Unlocking};
use identity::secret::Plain;
use identity::trn::Trn;
use reqwest::Method;
use serde::de::DeserializeOwned;
use url::Url;

pub use self::change_requests::{RecordChanges, TokenOf};
use self::find::{FindAnswer, Row, query};
use self::providers::Providers;
use self::wire::Teacher;
use crate::http::{Address, Answer, CallError, NotSetUp, Partner, Repeat};

/// Parts of a record that are left out unless they are asked for.
const INCLUDE: &str = "PreviousNames,InitialTeacherTraining,Alerts,_AllowIdSignInWithProhibitions";
/// The version of the API in which a TRN says what has become of it.
const TRNS_VERSION: (&str, &str) = ("X-Api-Version", "20250905");
/// Records that are read at the same time.
const AT_ONCE: usize = 4;
/// Whoever agrees on three identifiers with more people than this is found by nobody but support.
const MOST: usize = 20;
/// So often a record may have been merged into another.
const MERGES: usize = 10;

pub struct RecordsApi {
    partner: Partner,
    api_key: Plain,
    providers: Providers,
}

impl RecordsApi {
    /// # Errors
    /// When it cannot be called at all.
    pub fn new(address: Address, api_key: Plain) -> Result<RecordsApi, NotSetUp> {
        Ok(RecordsApi { partner: Partner::new("records", address)?, api_key, providers: Providers::default() })
    }

    async fn get(&self, endpoint: &'static str, url: &Url) -> Result<Answer, CallError> {
        let make = |client: &reqwest::Client| client.get(url.clone()).bearer_auth(self.api_key.expose());
        self.partner.call(endpoint, Repeat::Yes, make).await
    }

    async fn found(&self, stated: &Identifiers) -> Result<Vec<Row>, CallError> {
        let mut url = self.partner.url("v2/teachers/find");
        query(&mut url, stated);
        let answer: FindAnswer = self.read("find", &self.get("find", &url).await?)?;
        let mut rows = answer.rows();
        if rows.len() > MOST {
            tracing::warn!(rows = rows.len(), "the register finds more people than can be looked at");
            rows.truncate(MOST);
        }
        Ok(rows)
    }

    /// The record that the API has under this TRN, or what it says has become of it.
    async fn teacher(&self, trn: &Trn) -> Result<Option<TeachingRecord>, CallError> {
        let mut url = self.partner.url(&format!("v3/teachers/{trn}"));
        url.query_pairs_mut().append_pair("include", INCLUDE);
        let answer = self.get("teacher", &url).await?;
        match answer.status {
            404 => self.fate(trn).await,
            301 | 308 | 410 => Ok(ended(trn, &answer)),
            _ => {
                let teacher: Teacher = self.read("teacher", &answer)?;
                if !teacher.is_of(trn) {
                    return Err(CallError::Unreadable("it is about somebody else".into()));
                }
                let record = teacher.record(trn);
                if record.is_none() {
                    tracing::warn!("a teaching record has no name or no date of birth, and cannot be used");
                }
                Ok(record)
            }
        }
    }

    /// A TRN without a record may be that of one which was merged into another, or is not active any more.
    async fn fate(&self, trn: &Trn) -> Result<Option<TeachingRecord>, CallError> {
        let url = self.partner.url(&format!("v3/trns/{trn}"));
        let make = |client: &reqwest::Client| {
            client.get(url.clone()).bearer_auth(self.api_key.expose()).header(TRNS_VERSION.0, TRNS_VERSION.1)
        };
        let answer = self.partner.call("trn", Repeat::Yes, make).await?;
        match answer.status {
            204 | 404 => Ok(None),
            301 | 308 | 410 => Ok(ended(trn, &answer)),
            _ => Err(refused("trn", &answer)),
        }
    }

    /// The record of a TRN that somebody stated, and those that it was merged into.
    async fn with_successors(&self, stated: Option<&Trn>) -> Result<Vec<TeachingRecord>, CallError> {
        let (mut read, mut next) = (Vec::<TeachingRecord>::new(), stated.cloned());
        while let Some(trn) = next.filter(|next| read.len() < MERGES && read.iter().all(|record| record.trn != *next)) {
            let Some(record) = self.teacher(&trn).await? else { break };
            next = record.merged_into.clone();
            read.push(record);
        }
        Ok(read)
    }

    /// By its own details a record is found again, with the id that the API unlocks it by.
    async fn id_of(&self, trn: &Trn) -> Result<Option<String>, CallError> {
        let Some(record) = self.teacher(trn).await? else { return Ok(None) };
        let itself = Identifiers {
            email: record.emails.first().cloned(),
            name: Some(StatedName::only(record.name)),
            date_of_birth: Some(record.date_of_birth),
            nino: record.nino,
            trn: Some(record.trn),
            provider: None,
        };
        let rows = self.found(&itself).await?;
        Ok(rows.into_iter().find(|row| row.trn == *trn).and_then(|row| row.uid))
    }

    async fn unlock(&self, trn: &Trn) -> Result<Unlocking, CallError> {
        let Some(id) = self.id_of(trn).await? else {
            return Err(CallError::Unreadable("it does not say how the account is unlocked".into()));
        };
        let mut url = self.partner.url("v2/unlock-teacher/");
        url.path_segments_mut().expect("a base has a path").pop_if_empty().push(&id);
        let make =
            |client: &reqwest::Client| client.request(Method::PUT, url.clone()).bearer_auth(self.api_key.expose());
        let answer = self.partner.call("unlock", Repeat::Yes, make).await?;
        Ok(self.read::<wire::Unlocked>("unlock", &answer)?.into())
    }

    fn read<T: DeserializeOwned>(&self, endpoint: &'static str, answer: &Answer) -> Result<T, CallError> {
        if answer.is_success() { answer.json() } else { Err(refused(endpoint, answer)) }
    }
}

/// The API has no record for this one, or not any more.
fn ended(trn: &Trn, answer: &Answer) -> Option<TeachingRecord> {
    let successor = answer.location().and_then(wire::trn_in_path);
    // A redirect to nobody tells nothing.
    (successor.is_some() || answer.status == 410).then(|| wire::ended(trn, successor))
}

/// An answer that means that we are wrong: its key, most likely.
fn refused(endpoint: &'static str, answer: &Answer) -> CallError {
    tracing::error!(partner = "records", endpoint, status = answer.status, "the call was refused");
    CallError::Failed(answer.status)
}

#[async_trait]
impl Records for RecordsApi {
    async fn candidates(&self, stated: &Identifiers) -> Result<Vec<TeachingRecord>, RecordsUnavailable> {
        let (rows, named) = try_join(self.found(stated), self.with_successors(stated.trn.as_ref())).await?;
        let mut candidates: BTreeMap<Trn, TeachingRecord> =
            named.into_iter().map(|record| (record.trn.clone(), record)).collect();
        for rows in rows.chunks(AT_ONCE) {
            let read = join_all(rows.iter().map(|row| async {
                if candidates.contains_key(&row.trn) { Ok(None) } else { self.teacher(&row.trn).await }
            }));
            for record in read.await {
                if let Some(record) = record? {
                    candidates.insert(record.trn.clone(), record);
                }
            }
        }
        for row in rows {
            if let Some(record) = candidates.get_mut(&row.trn) {
                row.add_emails(record);
            }
        }
        Ok(candidates.into_values().collect())
    }

    async fn by_trn(&self, trn: &Trn) -> Result<Option<TeachingRecord>, RecordsUnavailable> {
        Ok(self.teacher(trn).await?)
    }

    async fn unlock_portal(&self, trn: &Trn) -> Result<Unlocking, RecordsUnavailable> {
        Ok(self.unlock(trn).await?)
    }

    async fn training_providers(&self) -> Result<Vec<TrainingProvider>, RecordsUnavailable> {
        if let Some(fresh) = self.providers.fresh(Instant::now()) {
            return Ok(fresh);
        }
        let answer = self.get("providers", &self.partner.url("v2/itt-providers")).await;
        match answer.and_then(|answer| self.read::<wire::ProvidersAnswer>("providers", &answer)) {
            Ok(listed) => Ok(self.providers.keep(listed.names(), Instant::now())),
            Err(error) => Ok(self.providers.stale(Instant::now()).ok_or(error)?),
        }
    }
}

impl From<CallError> for RecordsUnavailable {
    fn from(error: CallError) -> RecordsUnavailable {
        RecordsUnavailable::new(error)
    }
}
