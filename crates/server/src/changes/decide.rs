//! Decides a request: account, request, event and letter are written in one transaction.
//!
//! To approve is to say that the teaching record has been changed. The account follows its record, every night and at each
//! sign-in, so a change that is not in the record would be undone: it is refused.

use govuk::RenderError;
use identity::account::{Account, DetailChanges};
use identity::change_request::{ChangeDecision, ChangeRequest, Wanted};
use identity::clock::{Clock, Time};
use identity::event::{Event, EventKind};
use identity::outbox::OutboxMessage;
use identity::random::Random;
use identity::record::TeachingRecord;
use identity::ticket::{Agent, Reference};
use store::{Db, Store};

use super::Refusal;

/// What an agent decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Approve,
    /// With a sentence or two to the person.
    Reject {
        reason: String,
    },
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub reference: Reference,
    pub choice: Choice,
    pub by: Agent,
}

/// Writes the letter about a decision.
type Writes<'a> = dyn Fn(&Account, &ChangeRequest, &Choice, Time) -> Result<OutboxMessage, RenderError> + 'a;

/// What comes from outside: time, chance, the record, and the letter to the person.
pub struct Around<'a> {
    pub clock: Clock,
    pub random: Random,
    /// The record that the account is linked to, as its source has it now.
    pub record: Option<TeachingRecord>,
    pub letter: &'a Writes<'a>,
}

/// Does what the agent says, all of it or nothing. Blocks.
pub fn decide(store: &Store, answer: &Answer, around: &Around<'_>) -> Result<(), Refusal> {
    store.transact_blocking(|db| decided(db, answer, around))
}

fn decided(db: &mut Db<'_>, answer: &Answer, around: &Around<'_>) -> Result<(), Refusal> {
    let (Answer { reference, choice, by }, at) = (answer, around.clock.now());
    let request = db.change_requests().by_reference(reference)?;
    let request = request.ok_or_else(|| Refusal::NoSuchRequest(reference.clone()))?;
    let decision = match choice {
        Choice::Approve => ChangeDecision::Approved,
        Choice::Reject { .. } => ChangeDecision::Rejected,
    };
    // First of all, so that of two agents one has to give up before anything is written.
    if !db.change_requests().decide(request.id, decision, by, at)? {
        return Err(Refusal::Decided(reference.clone()));
    }
    let account = db.accounts().by_id(request.account)?.ok_or(Refusal::Deleted(request.account))?;
    if *choice == Choice::Approve {
        change(db, &account, (&request.wanted, around.record.as_ref()), at)?;
    }
    let kind = EventKind::ChangeDecided { reference: reference.clone(), decision, by: by.clone() };
    let (id, client) = (around.random.uuid_at(at), request.client.clone());
    db.events().record(&Event { id, at, kind, account: account.id, client })?;
    // With the name that they have now.
    let account = db.accounts().by_id(request.account)?.ok_or(Refusal::Deleted(request.account))?;
    let letter = (around.letter)(&account, &request, choice, at)?;
    Ok(db.outbox().put(&letter)?)
}

fn change(
    db: &mut Db<'_>,
    account: &Account,
    (wanted, record): (&Wanted, Option<&TeachingRecord>),
    at: Time,
) -> Result<(), Refusal> {
    if let Some(trn) = account.trn()
        && !record.is_some_and(|record| record.trn == *trn && wanted.is_in(record))
    {
        return Err(Refusal::NotInRecord);
    }
    let details = match wanted.clone() {
        Wanted::OfficialName(name) => DetailChanges { name: Some(name), ..DetailChanges::default() },
        Wanted::DateOfBirth(born) => DetailChanges { date_of_birth: Some(born), ..DetailChanges::default() },
    };
    Ok(db.accounts().change_details(account.id, &details, at)?)
}
