//! The list of tickets, one a line, without what anybody stated.

use std::fmt;

use identity::ticket::Ticket;
use store::{Db, StoreError, TicketFilter};

use super::{minute, question, state};

#[derive(Debug)]
pub struct List {
    tickets: Vec<Ticket>,
    filter: TicketFilter,
    has_more: bool,
}

impl List {
    pub fn read(db: &mut Db<'_>, filter: TicketFilter, limit: u32) -> Result<List, StoreError> {
        // One more than is shown, to know whether there are more.
        let mut tickets = db.tickets().list(filter, limit.saturating_add(1), None)?;
        let has_more = tickets.len() > limit as usize;
        tickets.truncate(limit as usize);
        Ok(List { tickets, filter, has_more })
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tickets.is_empty() {
            return f.write_str(match self.filter {
                TicketFilter::Open => "No ticket is open.",
                TicketFilter::All => "There is no ticket.",
            });
        }
        write!(f, "{:<15} {:<17} {:<18} {:<24} STATE", "REFERENCE", "RAISED (UTC)", "QUESTION", "SERVICE")?;
        for ticket in &self.tickets {
            let client = ticket.client.as_ref().map_or("-", |client| client.as_str());
            let (raised, question) = (minute(ticket.created_at), question(ticket));
            write!(f, "\n{:<15} {raised:<17} {question:<18} {client:<24} ", ticket.reference.as_str())?;
            f.write_str(&state(ticket))?;
        }
        if self.has_more {
            f.write_str("\nThere are more: ask for them with --limit.")?;
        }
        Ok(())
    }
}
