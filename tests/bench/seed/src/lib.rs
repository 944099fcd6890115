//! Fills an empty database as if so many teachers had registered, for `make bench`: an invented extract of teaching
//! records, accounts that are linked to some of them, and lists of whom to sign in as.
//!
//! All rows go through the store's own doors, so that they are what the program itself would have written. The seed
//! decides who there is; the time comes in.

mod cast;
mod census;
mod choice;
mod fill;
mod lists;
mod registration;

use std::path::Path;

use chrono::Duration;
use identity::client::ClientId;
use identity::clock::Time;
use identity::record::TeachingRecord;
use serde::Serialize;
use server::records::sample;
use store::{Store, StoreError};
use thiserror::Error;

use crate::cast::{Cast, Part};
use crate::fill::Batch;
use crate::lists::Lists;

/// How many, and who.
#[derive(Clone, Debug)]
pub struct Plan {
    pub accounts: usize,
    pub records: usize,
    pub seed: u64,
    /// The service through which everybody came first.
    pub client: ClientId,
    /// When the last of them registered, and all records were last looked at.
    pub now: Time,
}

impl Plan {
    fn extract(&self) -> impl Iterator<Item = TeachingRecord> {
        sample::records(self.seed).take(self.records)
    }
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Seeded {
    pub accounts: usize,
    pub records: usize,
    pub listed_accounts: usize,
    pub new_people: usize,
}

#[derive(Debug, Error)]
pub enum SeedError {
    #[error("the database has teaching records or accounts already: seed an empty one")]
    Inhabited,
    #[error("{current} records are in use, too few for {wanted} accounts")]
    TooFewRecords { current: usize, wanted: usize },
    #[error("the database did not take it: {0}")]
    Store(#[from] StoreError),
    #[error("a list cannot be written: {0}")]
    List(#[from] csv::Error),
    #[error("all that write to the database have stopped")]
    Stopped,
}

/// Makes the extract and the accounts, so many writers at once, and writes into the folder whom to sign in as.
///
/// # Errors
/// When the database holds anybody already, when the extract is too small, and when something cannot be written: then a
/// part of it is there.
pub fn seed(store: &Store, writers: usize, plan: &Plan, folder: &Path) -> Result<Seeded, SeedError> {
    if is_inhabited(store, plan.now)? {
        return Err(SeedError::Inhabited);
    }
    let mut cast = Cast::of(plan)?;
    let mut lists = Lists::create(folder)?;
    let mut seeded = Seeded::default();
    fill::fill(store, writers, |writing| {
        let mut batch = Batch::default();
        for record in plan.extract() {
            match cast.part(&record) {
                Part::Account { registration, is_listed } => {
                    if is_listed {
                        lists.account(&registration.account)?;
                        seeded.listed_accounts += 1;
                    }
                    batch.registrations.push(*registration);
                    seeded.accounts += 1;
                }
                Part::NewPerson(email) => {
                    lists.new_person(&email, &record)?;
                    seeded.new_people += 1;
                }
                Part::None => {}
            }
            batch.records.push(record);
            seeded.records += 1;
            if batch.is_full() {
                writing.send(std::mem::take(&mut batch)).map_err(|_| SeedError::Stopped)?;
            }
        }
        writing.send(batch).map_err(|_| SeedError::Stopped)
    })?;
    lists.finish()?;
    store.transact_blocking(|db| db.records().refresh_training_providers())?;
    Ok(seeded)
}

/// An account that was seeded is linked to a record, which nobody can have looked at tomorrow.
fn is_inhabited(store: &Store, now: Time) -> Result<bool, StoreError> {
    store.transact_blocking(|db| {
        let linked = db.accounts().with_record_unseen_since(now + Duration::days(1), None, 1)?;
        Ok(!linked.is_empty() || db.records().count()? > 0)
    })
}
