//! The passkeys of an account: which there are, one more, another name for one, and one less.

mod add;
mod change;
mod list;

use actix_web::web::{ServiceConfig, get, post};
use govuk::form::{Errors, FieldError};
use identity::passkey::{PasskeyName, PasskeyNameError};

use crate::form::Form;

/// Under the account pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .route("/passkeys", get().to(list::show))
        .route("/passkeys", post().to(add::submit))
        .route("/passkeys/challenge", post().to(add::challenge))
        .route("/passkeys/prove", post().to(add::prove))
        .route("/passkeys/{id}/rename", get().to(change::ask_name))
        .route("/passkeys/{id}/rename", post().to(change::rename))
        .route("/passkeys/{id}/remove", get().to(change::ask_to_remove))
        .route("/passkeys/{id}/remove", post().to(change::remove));
}

/// What came of a visit to a page that leads back to the list: its word in the address, and what the list then says.
const DONE: [(&str, &str); 3] = [
    ("added", "You have added a passkey: you can use it the next time you sign in"),
    ("renamed", "You have renamed the passkey"),
    ("removed", "You have removed the passkey: nobody can sign in with it any more"),
];

/// The name that a form gives to a passkey, or what is wrong with it.
fn name(form: &Form) -> Result<PasskeyName, Errors> {
    PasskeyName::parse(form.get("name")).map_err(|error| {
        let message = match error {
            PasskeyNameError::Missing => "Enter a name for the passkey",
            PasskeyNameError::TooLong => "The name of the passkey must be 50 characters or fewer",
            PasskeyNameError::Unprintable => "The name has a character that we cannot read: type it again",
        };
        FieldError::new("name", message).into()
    })
}
