//! The scope `email` (OpenID Connect Core, section 5.4).

use identity::account::Account;
use serde::Serialize;

pub(super) const CLAIMS: [&str; 2] = ["email", "email_verified"];

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Email {
    email: String,
    email_verified: bool,
}

impl Email {
    pub(super) fn of(account: &Account) -> Email {
        // No account comes to be, and no address into an account, without a one-time code sent to that address.
        Email { email: account.email.as_str().into(), email_verified: true }
    }
}
