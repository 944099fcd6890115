//! One ticket in full: who asks, what they stated, and how each candidate record compares with it.

use std::fmt;

use identity::account::Account;
use identity::matching::{Agreement, Decision, Explanation, Identifier, Identifiers, StatedName, Verdict};
use identity::ticket::{Reference, Ticket, TicketKind};
use store::Db;

use super::{Refusal, minute, state};

#[derive(Debug)]
pub struct Shown {
    ticket: Ticket,
    /// The account whose record is searched for, or the one that holds the record; nothing when it is deleted.
    account: Option<Account>,
}

impl Shown {
    pub fn read(db: &mut Db<'_>, reference: &Reference) -> Result<Shown, Refusal> {
        let ticket = db.tickets().by_reference(reference)?;
        let ticket = ticket.ok_or_else(|| Refusal::NoSuchTicket(reference.clone()))?;
        let account = match ticket.account.or(ticket.holder) {
            Some(id) => db.accounts().by_id(id)?,
            None => None,
        };
        Ok(Shown { ticket, account })
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
        let account = ticket.account.or(ticket.holder).map_or("-".into(), |id| id.to_string());
        row(f, "Account", &format!("{account}, {}", self.account.as_ref().map_or("deleted".into(), standing)))?;
        row(f, "Write to", ticket.contact.as_str())?;
        row(f, "Name", &ticket.name.full())?;
        row(f, "Preferred name", ticket.preferred_name.as_ref().map_or("-", |name| name.as_str()))?;
        writeln!(f, "\nWhat they stated\n")?;
        stated(f, &ticket.stated)?;
        row(f, "Says they have QTS", ticket.claims_qts.map_or("not asked", |yes| if yes { "yes" } else { "no" }))?;
        match &ticket.verdict {
            Some(verdict) => found(f, verdict),
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
        ("Name", stated.name.as_ref().map(name)),
        ("Date of birth", date_of_birth),
        ("National Insurance number", stated.nino.as_ref().map(ToString::to_string)),
        ("TRN", stated.trn.as_ref().map(ToString::to_string)),
        ("Training provider", stated.provider.as_ref().map(ToString::to_string)),
    ] {
        row(f, label, &or_not(value))?;
    }
    Ok(())
}

/// A half of a previous name that was not stated did not change.
fn name(stated: &StatedName) -> String {
    let current = stated.current.full();
    let Some(previous) = &stated.previous else { return current };
    let first = previous.first.as_ref().unwrap_or(&stated.current.first);
    let last = previous.last.as_ref().unwrap_or(&stated.current.last);
    format!("{current}, before: {first} {last}")
}

fn found(f: &mut fmt::Formatter<'_>, verdict: &Verdict) -> fmt::Result {
    let decision = match &verdict.decision {
        Decision::One(trn) => format!("one record, {trn}"),
        Decision::Several(trns) => format!("{} records that each reach three", trns.len()),
        Decision::None => "no record".into(),
        Decision::Unsure => "unsure, since the records did not answer in time".into(),
    };
    write!(f, "\nWhat matching found, by the policy {}: {decision}.", verdict.policy)?;
    verdict.explanations.iter().try_for_each(|explanation| candidate(f, explanation))
}

fn candidate(f: &mut fmt::Formatter<'_>, explanation: &Explanation) -> fmt::Result {
    write!(f, "\n\n  Record {}", explanation.trn)?;
    for (label, agreement) in [
        ("agree", Agreement::Agreed),
        ("disagree", Agreement::Disagreed),
        ("not stated or not on record", Agreement::Absent),
    ] {
        let these = explanation.each().into_iter().filter(|(_, this)| *this == agreement);
        let these: Vec<&str> = these.map(|(identifier, _)| word(identifier)).collect();
        let these = if these.is_empty() { "-".into() } else { these.join(", ") };
        write!(f, "\n    {label:<28} {these}")?;
    }
    Ok(())
}

fn word(identifier: Identifier) -> &'static str {
    match identifier {
        Identifier::Email => "email",
        Identifier::Name => "name",
        Identifier::DateOfBirth => "date of birth",
        Identifier::Nino => "National Insurance number",
        Identifier::Trn => "TRN",
        Identifier::TrainingProvider => "training provider",
    }
}
