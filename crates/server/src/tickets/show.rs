//! One ticket in full: who asks, what they stated, and how each candidate record compares with it.

use std::fmt;

use identity::account::Account;
use identity::matching::Identifiers;
use identity::ticket::{Reference, Ticket, TicketKind};
use store::Db;

use super::{Refusal, minute, state};

#[derive(Debug)]
pub struct Shown {
    ticket: Ticket,
    /// The account whose record is searched for, or the one that holds the record; nothing when it is deleted.
    account: Option<Account>,
    /// What the help desk's own system calls the ticket.
    help_desk_id: Option<String>,
}

impl Shown {
    pub fn read(db: &mut Db<'_>, reference: &Reference) -> Result<Shown, Refusal> {
        let ticket = db.tickets().by_reference(reference)?;
        let ticket = ticket.ok_or_else(|| Refusal::NoSuchTicket(reference.clone()))?;
        let account = match ticket.account.or(ticket.holder) {
            Some(id) => db.accounts().by_id(id)?,
            None => None,
        };
        let help_desk_id = db.tickets().help_desk_id(ticket.id)?;
        Ok(Shown { ticket, account, help_desk_id })
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ticket = &self.ticket;
        writeln!(f, "Ticket {}\n", ticket.reference)?;
        let question = match ticket.kind {
            TicketKind::RecordSearch => "which teaching record is theirs?",
            TicketKind::AccountAccess => "how do they get at the account that has their record?",
            TicketKind::AccountDeletion => "is their account to be deleted, as they ask?",
        };
        row(f, "Question", question)?;
        row(f, "State", &state(ticket))?;
        row(f, "Raised", &format!("{} UTC", minute(ticket.created_at)))?;
        row(f, "Service", ticket.client.as_ref().map_or("-", |client| client.as_str()))?;
        row(f, "At the help desk", self.help_desk_id.as_deref().unwrap_or("-"))?;
        let account = ticket.account.or(ticket.holder).map_or("-".into(), |id| id.to_string());
        row(f, "Account", &format!("{account}, {}", self.account.as_ref().map_or("deleted".into(), standing)))?;
        row(f, "Write to", ticket.contact.as_str())?;
        row(f, "Name", &ticket.name.full())?;
        row(f, "Preferred name", ticket.preferred_name.as_ref().map_or("-", |name| name.as_str()))?;
        writeln!(f, "\nWhat they stated\n")?;
        stated(f, &ticket.stated)?;
        row(f, "Says they have QTS", ticket.claims_qts.map_or("not asked", |yes| if yes { "yes" } else { "no" }))?;
        match &ticket.verdict {
            Some(verdict) => write!(f, "\n{verdict}"),
            None => f.write_str("\nNo search was made."),
        }
    }
}

fn row(f: &mut fmt::Formatter<'_>, label: &str, value: &str) -> fmt::Result {
    writeln!(f, "  {label:<26} {value}")
}

/// Where an account stands with its record.
fn standing(account: &Account) -> String {
    match (account.trn(), account.lookup_status) {
        (Some(trn), _) => format!("linked to {trn}"),
        (None, Some(status)) => format!("status {}", status.as_str()),
        (None, None) => "no record was searched for yet".into(),
    }
}

fn stated(f: &mut fmt::Formatter<'_>, stated: &Identifiers) -> fmt::Result {
    let or_not = |value: Option<String>| value.unwrap_or_else(|| "not stated".into());
    let date_of_birth = stated.date_of_birth.map(|born| born.date().format("%-d %B %Y").to_string());
    for (label, value) in [
        ("Email", stated.email.as_ref().map(ToString::to_string)),
        ("Name", stated.name.as_ref().map(ToString::to_string)),
        ("Date of birth", date_of_birth),
        ("National Insurance number", stated.nino.as_ref().map(ToString::to_string)),
        ("TRN", stated.trn.as_ref().map(ToString::to_string)),
        ("Training provider", stated.provider.as_ref().map(ToString::to_string)),
    ] {
        row(f, label, &or_not(value))?;
    }
    Ok(())
}
