//! What a person is told once support has decided about their request.

use govuk::RenderError;
use identity::account::Account;
use identity::change_request::{ChangeRequest, Subject};
use identity::clock::Time;
use identity::outbox::OutboxMessage;
use journey::messages::{Addressee, ChangeMade, ChangeRefused, Post};

use super::Choice;

/// The email to the person whose `account` it is.
///
/// # Errors
/// A template that asks for what the letter does not have.
pub fn about_choice(
    account: &Account,
    request: &ChangeRequest,
    choice: &Choice,
    post: &Post<'_>,
    at: Time,
) -> Result<OutboxMessage, RenderError> {
    let addressee = Addressee::of(account);
    let official_name = request.wanted.subject() == Subject::OfficialName;
    let reference = request.reference.to_string();
    match choice {
        Choice::Approve => post.outgoing(&ChangeMade { addressee, official_name, reference }, &account.email, at),
        Choice::Reject { reason } => {
            let letter = ChangeRefused { addressee, official_name, reference, reason: reason.clone() };
            post.outgoing(&letter, &account.email, at)
        }
    }
}
