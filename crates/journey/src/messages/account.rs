//! What happened to somebody's account.

use identity::email::Email;
use serde::Serialize;

use super::{Addressee, Letter, tell};

/// The account has another address. Both are told, the old one first of all: its owner may not have done it.
#[derive(Debug, Serialize)]
pub struct EmailChanged {
    #[serde(flatten)]
    pub addressee: Addressee,
    /// The new address, in the letter to the old one, which shows it only in part.
    #[serde(serialize_with = "tell::redacted")]
    pub moved_to: Option<Email>,
}

impl Letter for EmailChanged {
    const NAME: &'static str = "email-changed";
}

/// Which details were changed; never to what, and one of them at least.
#[derive(Debug, Serialize)]
pub struct DetailsChanged {
    #[serde(flatten)]
    pub addressee: Addressee,
    pub preferred_name: bool,
    pub official_name: bool,
    pub date_of_birth: bool,
    pub mobile: bool,
}

impl Letter for DetailsChanged {
    const NAME: &'static str = "details-changed";
}

/// Somebody who registered with another address signed in to this account instead, by proving this address.
#[derive(Debug, Serialize)]
pub struct AccountClaimed {
    #[serde(flatten)]
    pub addressee: Addressee,
    /// The address that the account has now, where it is not the one that is written to. Shown only in part.
    #[serde(serialize_with = "tell::redacted")]
    pub moved_to: Option<Email>,
}

impl Letter for AccountClaimed {
    const NAME: &'static str = "account-claimed";
}

/// Somebody signed in with the account's number instead of its address. The link undoes it.
#[derive(Debug, Serialize)]
pub struct SignedInByMobile {
    #[serde(flatten)]
    pub addressee: Addressee,
    /// Only in part.
    pub mobile: String,
    pub link: String,
}

impl Letter for SignedInByMobile {
    const NAME: &'static str = "signed-in-by-mobile";

    fn link(&self) -> Option<&str> {
        Some(&self.link)
    }
}

/// The owner said that it was not they who signed in with the number: it is theirs no longer.
#[derive(Debug, Serialize)]
pub struct MobileDropped {
    #[serde(flatten)]
    pub addressee: Addressee,
    /// Only in part.
    pub mobile: String,
}

impl Letter for MobileDropped {
    const NAME: &'static str = "mobile-dropped";
}
