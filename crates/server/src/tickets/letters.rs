//! What a person is told once support has decided about their record.

use govuk::RenderError;
use identity::account::Account;
use identity::clock::Time;
use identity::outbox::OutboxMessage;
use identity::ticket::Decision;
use journey::messages::{AccountDeleted, Addressee, Post, RecordFound, RecordNotFound};

/// The email to the person whose `account` it is, as it stands after the `decision`. None where the agent has written
/// to them already.
///
/// # Errors
/// A template that asks for what the letter does not have.
pub fn about_decision(
    account: &Account,
    decision: &Decision,
    post: &Post<'_>,
    at: Time,
) -> Result<Option<OutboxMessage>, RenderError> {
    let addressee = Addressee::of(account);
    match decision {
        Decision::Linked(trn) | Decision::FoundByItself(trn) => {
            post.outgoing(&RecordFound { addressee, trn: trn.clone() }, &account.email, at).map(Some)
        }
        Decision::NoRecord => post.outgoing(&RecordNotFound { addressee }, &account.email, at).map(Some),
        Decision::Deleted => post.outgoing(&AccountDeleted { addressee }, &account.email, at).map(Some),
        Decision::Answered | Decision::Withdrawn => Ok(None),
    }
}
