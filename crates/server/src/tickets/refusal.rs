//! Why a ticket cannot be resolved as asked. An account is named by its id and a person by nothing.

use identity::account::AccountId;
use identity::ticket::Reference;
use store::StoreError;
use thiserror::Error;

/// Whichever it is, nothing has changed.
#[derive(Debug, Error)]
pub enum Refusal {
    #[error("There is no ticket {0}.")]
    NoSuchTicket(Reference),
    #[error("Ticket {0} is closed already. `tickets show` says how.")]
    Closed(Reference),
    #[error("Ticket {0} asks which record is theirs: answer with --trn or --no-record.")]
    AsksForRecord(Reference),
    #[error("Ticket {0} asks for access to an account: write to the person, and close it with --answered.")]
    AsksForAccess(Reference),
    #[error(
        "Ticket {0} asks for an account to be deleted: answer with --delete, or write to the person and use --answered."
    )]
    AsksForDeletion(Reference),
    #[error("Account {0} is deleted: there is nobody to link a record to.")]
    Deleted(AccountId),
    #[error("Account {0} has a TRN already.")]
    HasTrn(AccountId),
    #[error("No teaching record has this TRN.")]
    NoSuchRecord,
    #[error("The teaching record of this TRN is not active.")]
    Inactive,
    #[error("The teaching record of this TRN was merged into another: give the TRN of that one.")]
    Merged,
    #[error("The teaching record of this TRN belongs to account {0} already.")]
    Held(AccountId),
    #[error("the database did not take the decision: {0}")]
    Store(#[from] StoreError),
    #[error("the letter to the person cannot be written: {0}")]
    Letter(#[from] govuk::RenderError),
}
