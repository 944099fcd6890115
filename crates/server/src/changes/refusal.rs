//! Why a request cannot be decided as asked. An account is named by its id and a person by nothing.

use identity::account::AccountId;
use identity::ticket::Reference;
use store::StoreError;
use thiserror::Error;

/// Whichever it is, nothing has changed.
#[derive(Debug, Error)]
pub enum Refusal {
    #[error("There is no request {0}.")]
    NoSuchRequest(Reference),
    #[error("Request {0} is decided already. `changes show` says how.")]
    Decided(Reference),
    #[error("Account {0} is deleted.")]
    Deleted(AccountId),
    #[error("The teaching record does not say what was asked for: change it in the register first, and import it.")]
    NotInRecord,
    #[error("the database did not take the decision: {0}")]
    Store(#[from] StoreError),
    #[error("the letter to the person cannot be written: {0}")]
    Letter(#[from] govuk::RenderError),
}
