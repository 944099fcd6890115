//! What happened to somebody's account.

use identity::email::Email;
use identity::passkey::PasskeyName;
use serde::Serialize;

use super::addressee::reads_as_address;
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

/// A passkey was added. The owner of the account is told, who may not have done it.
#[derive(Debug, Serialize)]
pub struct PasskeyAdded {
    #[serde(flatten)]
    addressee: Addressee,
    called: Option<String>,
}

impl PasskeyAdded {
    pub fn new(addressee: Addressee, name: &PasskeyName) -> PasskeyAdded {
        PasskeyAdded { addressee, called: repeatable(name) }
    }
}

/// The name, unless a mail program would make a link of it: who added the passkey may have typed it for that.
fn repeatable(name: &PasskeyName) -> Option<String> {
    (!reads_as_address(name.as_str())).then(|| name.as_str().to_owned())
}

impl Letter for PasskeyAdded {
    const NAME: &'static str = "passkey-added";
}

/// A passkey was removed.
#[derive(Debug, Serialize)]
pub struct PasskeyRemoved {
    #[serde(flatten)]
    addressee: Addressee,
    called: Option<String>,
}

impl PasskeyRemoved {
    pub fn new(addressee: Addressee, name: &PasskeyName) -> PasskeyRemoved {
        PasskeyRemoved { addressee, called: repeatable(name) }
    }
}

impl Letter for PasskeyRemoved {
    const NAME: &'static str = "passkey-removed";
}
