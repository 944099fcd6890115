//! Requests to change what a teaching record says, as the help desk works on them: which wait, what each asks, and what is
//! decided. The record itself is changed in the register; here is said that it was, or why not.

mod decide;
pub mod letters;
mod list;
mod refusal;
mod show;
#[cfg(test)]
mod tests;

use identity::change_request::{ChangeDecision, ChangeRequest, ChangeState, Subject, Wanted};
use identity::clock::Time;
use identity::ticket::Reference;
use identity::trn::Trn;
use store::{Db, StoreError};

pub use decide::{Answer, Around, Choice, decide};
pub use list::List;
pub use refusal::Refusal;
pub use show::Shown;

/// The TRN of the record that a request is about, where it is one.
pub fn linked_record(db: &mut Db<'_>, reference: &Reference) -> Result<Option<Trn>, StoreError> {
    let Some(request) = db.change_requests().by_reference(reference)? else { return Ok(None) };
    let account = db.accounts().by_id(request.account)?;
    Ok(account.and_then(|account| account.trn().cloned()))
}

fn subject(request: &ChangeRequest) -> &'static str {
    match request.wanted.subject() {
        Subject::OfficialName => "official name",
        Subject::DateOfBirth => "date of birth",
    }
}

fn wanted(request: &ChangeRequest) -> String {
    match &request.wanted {
        Wanted::OfficialName(name) => name.full(),
        Wanted::DateOfBirth(born) => born.date().format("%-d %B %Y").to_string(),
    }
}

/// Whether a request waits, or how it was decided, in words.
fn state(request: &ChangeRequest) -> String {
    let ChangeState::Decided { decision, at, by } = &request.state else { return "pending".into() };
    let decision = match decision {
        ChangeDecision::Approved => "approved",
        ChangeDecision::Rejected => "rejected",
        ChangeDecision::Withdrawn => "withdrawn",
    };
    format!("{decision}, by {by}, {}", minute(*at))
}

fn minute(time: Time) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}
