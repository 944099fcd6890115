//! Decides a ticket: account, ticket, event and letter are written in one transaction.

use govuk::RenderError;
use identity::account::{Account, AccountId, MatchLevel, RecordLink, RecordSeen};
use identity::clock::{Clock, Time};
use identity::event::{Event, EventKind};
use identity::matching::{Policy, decide};
use identity::outbox::OutboxMessage;
use identity::random::Random;
use identity::record::TeachingRecord;
use identity::ticket::{Agent, Decision, Reference, Ticket, TicketKind};
use identity::trn::Trn;
use store::{Constraint, Db, Store, StoreError};

use super::Refusal;

/// What is kept as the match policy of a link that a person decided on.
const POLICY: &str = "support/1";

/// What an agent found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Record(Trn),
    NoRecord,
    /// The person has been written to, or called.
    Answered,
    /// The account goes, as its owner asked.
    Delete,
}

#[derive(Clone, Debug)]
pub struct Resolution {
    pub reference: Reference,
    pub answer: Answer,
    pub by: Agent,
}

/// Writes the letter about a decision, if there is one to write.
type Writes<'a> = dyn Fn(&Account, &Decision, Time) -> Result<Option<OutboxMessage>, RenderError> + 'a;

/// What comes from outside: time, chance, the record, and the letter to the person.
pub struct Around<'a> {
    pub clock: Clock,
    pub random: Random,
    /// The record that the answer names, as its source has it now.
    pub record: Option<TeachingRecord>,
    pub letter: &'a Writes<'a>,
}

/// Does what the agent says, all of it or nothing. Blocks.
pub fn resolve(store: &Store, resolution: &Resolution, around: &Around<'_>) -> Result<Decision, Refusal> {
    store.transact_blocking(|db| Resolving { db, resolution, around, at: around.clock.now() }.run())
}

struct Resolving<'r, 'c> {
    db: &'r mut Db<'c>,
    resolution: &'r Resolution,
    around: &'r Around<'r>,
    at: Time,
}

impl Resolving<'_, '_> {
    fn run(mut self) -> Result<Decision, Refusal> {
        let reference = &self.resolution.reference;
        let ticket = self.db.tickets().by_reference(reference)?;
        let ticket = ticket.ok_or_else(|| Refusal::NoSuchTicket(reference.clone()))?;
        // First of all, so that of two agents one has to give up before anything is written.
        let decision = self.decision(&ticket)?;
        if !self.db.tickets().close(ticket.id, &decision, &self.resolution.by, self.at)? {
            return Err(Refusal::Closed(reference.clone()));
        }
        if let Some(account) = ticket.account
            && decision == Decision::Deleted
        {
            self.delete(account, &ticket)?;
        } else if let Some(account) = ticket.account
            && ticket.kind == TicketKind::RecordSearch
        {
            let kind = self.settle(account, &ticket)?;
            self.tell(account, &ticket, kind, &decision)?;
        }
        Ok(decision)
    }

    /// The decision that the answer is, where it answers what the ticket asks.
    fn decision(&self, ticket: &Ticket) -> Result<Decision, Refusal> {
        match (ticket.kind, &self.resolution.answer) {
            (TicketKind::RecordSearch, Answer::Record(trn)) => Ok(Decision::Linked(trn.clone())),
            (TicketKind::RecordSearch, Answer::NoRecord) => Ok(Decision::NoRecord),
            (TicketKind::AccountAccess | TicketKind::AccountDeletion, Answer::Answered) => Ok(Decision::Answered),
            (TicketKind::AccountDeletion, Answer::Delete) => Ok(Decision::Deleted),
            (TicketKind::RecordSearch, _) => Err(Refusal::AsksForRecord(ticket.reference.clone())),
            (TicketKind::AccountAccess, _) => Err(Refusal::AsksForAccess(ticket.reference.clone())),
            (TicketKind::AccountDeletion, _) => Err(Refusal::AsksForDeletion(ticket.reference.clone())),
        }
    }

    /// Writes the answer to the account that waits for it; what that is in the audit trail.
    fn settle(&mut self, account: AccountId, ticket: &Ticket) -> Result<EventKind, Refusal> {
        let by = self.resolution.by.clone();
        let (written, kind) = match &self.resolution.answer {
            Answer::Record(trn) => {
                let kind = EventKind::RecordAssigned { trn: trn.clone(), by };
                (self.link(account, trn, ticket)?, kind)
            }
            _ => (self.db.accounts().deny_record(account, self.at)?, EventKind::RecordDenied { by }),
        };
        match written {
            true => Ok(kind),
            false if self.db.accounts().by_id(account)?.is_none() => Err(Refusal::Deleted(account)),
            false => Err(Refusal::HasTrn(account)),
        }
    }

    /// The link keeps what the person had stated and the record agrees with, beside the policy that says who decided.
    fn link(&mut self, account: AccountId, trn: &Trn, ticket: &Ticket) -> Result<bool, Refusal> {
        let record = self.current_record(trn)?;
        let compared = decide(&Policy::DEFAULT, &ticket.stated, std::slice::from_ref(&record));
        let link = RecordLink { trn: trn.clone(), level: MatchLevel::Medium, policy: POLICY.into(), matched: None };
        let link = link.matched_by(&compared, self.at);
        match self.db.accounts().assign_record(account, &link, &record.name, self.at) {
            Err(StoreError::Unique(Constraint::AccountTrn)) => match self.db.accounts().by_trn(trn)? {
                Some(holder) => Err(Refusal::Held(holder.id)),
                None => Err(Refusal::Store(StoreError::Unique(Constraint::AccountTrn))),
            },
            written => {
                self.db.record_searches().end(account)?;
                self.db.accounts().see_record(account, Some(&RecordSeen::of(&record, self.at)))?;
                Ok(written?)
            }
        }
    }

    fn current_record(&self, trn: &Trn) -> Result<TeachingRecord, Refusal> {
        let record = self.around.record.clone().filter(|record| record.trn == *trn).ok_or(Refusal::NoSuchRecord)?;
        match (record.is_current(), &record.merged_into) {
            (true, _) => Ok(record),
            (false, Some(_)) => Err(Refusal::Merged),
            (false, None) => Err(Refusal::Inactive),
        }
    }

    /// The account is emptied, and with it goes all that hangs on it but the audit trail and this ticket. The letter is
    /// written before: afterwards nobody knows whom to.
    fn delete(&mut self, id: AccountId, ticket: &Ticket) -> Result<(), Refusal> {
        let kind = EventKind::AccountDeleted { by: self.resolution.by.clone() };
        self.tell(id, ticket, kind, &Decision::Deleted)?;
        self.db.browser_sessions().end_all_of(id, None, self.at)?;
        self.db.grants().revoke_all_of(id, self.at)?;
        self.db.record_searches().end(id)?;
        self.db.passkeys().remove_all_of(id)?;
        self.db.one_logins().unlink_all_of(id)?;
        self.db.change_requests().delete_of(id)?;
        self.db.tickets().delete_of(id, ticket.id)?;
        self.db.accounts().delete(id, self.at)?;
        Ok(())
    }

    /// Leaves an event for the audit trail and a letter for the person.
    fn tell(
        &mut self,
        account: AccountId,
        ticket: &Ticket,
        kind: EventKind,
        decision: &Decision,
    ) -> Result<(), Refusal> {
        let (id, client) = (self.around.random.uuid_at(self.at), ticket.client.clone());
        self.db.events().record(&Event { id, at: self.at, kind, account, client })?;
        let account = self.db.accounts().by_id(account)?.ok_or(Refusal::Deleted(account))?;
        if let Some(letter) = (self.around.letter)(&account, decision, self.at)? {
            self.db.outbox().put(&letter)?;
        }
        Ok(())
    }
}
