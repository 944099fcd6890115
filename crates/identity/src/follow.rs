//! What an account takes over when the teaching record that it is linked to has changed.

use serde::{Deserialize, Serialize};

use crate::account::{Account, RecordSeen};
use crate::clock::Time;
use crate::record::TeachingRecord;
use crate::trn::Trn;

/// One thing that the account learns from its record. The values are the record's own and stay there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordChange {
    Name,
    DateOfBirth,
    /// A prohibition was opened.
    Prohibited,
    /// The last open prohibition ended.
    NoLongerProhibited,
    /// The record was merged into another, which is linked instead.
    ReplacedBy(Trn),
    /// The record is no longer active: the account is linked to none.
    Ended,
}

/// How the account differs from what its record says now. A record that has ended changes nothing else.
///
/// The official name is always the record's. The date of birth is what the person said, until the record's own changes.
pub fn changes(account: &Account, record: &TeachingRecord, now: Time) -> Vec<RecordChange> {
    if let Some(successor) = &record.merged_into {
        return vec![RecordChange::ReplacedBy(successor.clone())];
    }
    if !record.active {
        return vec![RecordChange::Ended];
    }
    let seen = RecordSeen::of(record, now);
    let mut changes = Vec::new();
    if account.official_name != record.name {
        changes.push(RecordChange::Name);
    }
    if account.date_of_birth.is_none()
        || account.record_seen.is_some_and(|last| last.date_of_birth != seen.date_of_birth)
    {
        changes.push(RecordChange::DateOfBirth);
    }
    match (account.is_prohibited(), seen.prohibited) {
        (false, true) => changes.push(RecordChange::Prohibited),
        (true, false) => changes.push(RecordChange::NoLongerProhibited),
        _ => {}
    }
    changes
}
