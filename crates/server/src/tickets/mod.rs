//! Tickets as the help desk works on them: which there are, what each says, and what is decided.

pub mod letters;
mod list;
mod refusal;
mod resolve;
mod show;
#[cfg(test)]
mod tests;

use identity::clock::Time;
use identity::ticket::{Decision, Ticket, TicketKind, TicketState};

pub use list::List;
pub use refusal::Refusal;
pub use resolve::{Answer, Around, Resolution, resolve};
pub use show::Shown;

/// What a ticket asks, in words.
fn question(ticket: &Ticket) -> &'static str {
    match ticket.kind {
        TicketKind::RecordSearch => "which record?",
        TicketKind::AccountAccess => "access to account",
        TicketKind::AccountDeletion => "delete account",
    }
}

/// Whether a ticket is open, or how it was closed, in words.
fn state(ticket: &Ticket) -> String {
    let TicketState::Closed { decision, at, by } = &ticket.state else { return "open".into() };
    let decision = match decision {
        Decision::Linked(trn) => format!("linked to {trn}"),
        Decision::NoRecord => "no record".into(),
        Decision::FoundByItself(trn) => format!("found {trn} by itself"),
        Decision::Answered => "answered".into(),
        Decision::Deleted => "account deleted".into(),
        Decision::Withdrawn => "withdrawn".into(),
    };
    format!("{decision}, by {by}, {}", minute(*at))
}

fn minute(time: Time) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}
