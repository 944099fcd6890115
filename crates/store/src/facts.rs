//! What a transaction has done to accounts, tickets and requests for a change, and how it is told at its end.

use identity::account::{Account, AccountId};
use identity::change_request::ChangeRequest;
use identity::teller::Teller;
use identity::ticket::{Ticket, TicketId};

use crate::db::Db;
use crate::error::StoreError;

/// Nothing is noted where nobody tells it.
#[derive(Default)]
pub(crate) struct Facts {
    are_told: bool,
    /// Each account as it was before the transaction touched it; nothing where there was none.
    accounts: Vec<(AccountId, Option<Account>)>,
    raised: Vec<TicketId>,
    closed: Vec<TicketId>,
    /// The tickets that went with an account, and what the help desk called them.
    gone: Vec<(Ticket, Option<String>)>,
    changes: Vec<ChangeRequest>,
}

impl Facts {
    /// Has to be noted how this account was?
    pub(crate) fn want(&self, id: AccountId) -> bool {
        self.are_told && !self.accounts.iter().any(|(noted, _)| *noted == id)
    }

    pub(crate) fn was(&mut self, id: AccountId, before: Option<Account>) {
        self.accounts.push((id, before));
    }

    pub(crate) fn raised(&mut self, ticket: TicketId) {
        self.raised.push(ticket);
    }

    pub(crate) fn closed(&mut self, ticket: TicketId) {
        self.closed.push(ticket);
    }

    pub(crate) fn are_told(&self) -> bool {
        self.are_told
    }

    pub(crate) fn gone(&mut self, ticket: Ticket, help_desk_id: Option<String>) {
        self.gone.push((ticket, help_desk_id));
    }

    pub(crate) fn change_asked(&mut self, request: &ChangeRequest) {
        if self.are_told {
            self.changes.push(request.clone());
        }
    }
}

impl Db<'_> {
    /// From now on it is noted what is done.
    pub(crate) fn note_facts(&mut self) {
        self.facts.are_told = true;
    }

    /// Puts into the outbox what the teller makes of all that was done.
    pub(crate) fn tell(&mut self, teller: &dyn Teller) -> Result<(), StoreError> {
        let facts = std::mem::take(&mut self.facts);
        let mut messages = Vec::new();
        for (id, before) in facts.accounts {
            match (before, self.accounts().by_id(id)?) {
                (None, Some(after)) => messages.extend(teller.account_created(&after)),
                (Some(before), Some(after)) if before != after => {
                    messages.extend(teller.account_changed(&before, &after));
                }
                // A deletion is told by nobody yet.
                _ => {}
            }
        }
        for id in facts.raised {
            if let Some(ticket) = self.tickets().by_id(id)? {
                messages.extend(teller.ticket_raised(&ticket));
            }
        }
        for id in facts.closed {
            if let Some(ticket) = self.tickets().by_id(id)? {
                let help_desk_id = self.tickets().help_desk_id(id)?;
                messages.extend(teller.ticket_closed(&ticket, help_desk_id.as_deref()));
            }
        }
        for (ticket, help_desk_id) in facts.gone {
            messages.extend(teller.ticket_closed(&ticket, help_desk_id.as_deref()));
        }
        for request in facts.changes {
            messages.extend(teller.change_asked(&request));
        }
        messages.iter().try_for_each(|message| self.outbox().put(message))
    }
}
