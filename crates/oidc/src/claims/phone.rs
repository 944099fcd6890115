//! The scope `phone` (OpenID Connect Core, section 5.4). Both claims are absent where the person has given no number.

use identity::account::Account;
use serde::Serialize;

pub(super) const CLAIMS: [&str; 2] = ["phone_number", "phone_number_verified"];

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Phone {
    /// E.164, as section 5.1 recommends.
    phone_number: String,
    phone_number_verified: bool,
}

impl Phone {
    pub(super) fn of(account: &Account) -> Option<Phone> {
        // No number comes into an account without a one-time code sent to it.
        let number = account.mobile.as_ref()?.e164();
        Some(Phone { phone_number: number.into(), phone_number_verified: true })
    }
}
