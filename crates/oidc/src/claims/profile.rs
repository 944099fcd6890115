//! The scope `profile` (OpenID Connect Core, section 5.4): of its fourteen claims those that we hold, and the name that a
//! person prefers.

use identity::account::Account;
use serde::Serialize;

pub(super) const CLAIMS: [&str; 7] =
    ["name", "given_name", "middle_name", "family_name", "preferred_name", "birthdate", "updated_at"];

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Profile {
    name: String,
    given_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    middle_name: Option<String>,
    family_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_name: Option<String>,
    /// YYYY-MM-DD.
    #[serde(skip_serializing_if = "Option::is_none")]
    birthdate: Option<String>,
    /// Seconds since 1970, a number.
    updated_at: i64,
}

impl Profile {
    pub(super) fn of(account: &Account) -> Profile {
        let name = &account.official_name;
        Profile {
            name: name.full(),
            given_name: name.first.as_str().into(),
            middle_name: name.middle.as_ref().map(|middle| middle.as_str().into()),
            family_name: name.last.as_str().into(),
            preferred_name: account.preferred_name.as_ref().map(|preferred| preferred.as_str().into()),
            birthdate: account.date_of_birth.map(|date| date.date().to_string()),
            updated_at: account.updated_at.timestamp(),
        }
    }
}
