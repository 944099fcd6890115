//! What happened to the passkeys of an account. Its owner is told, who may not have done it.

use identity::passkey::PasskeyName;
use serde::Serialize;

use super::addressee::reads_as_address;
use super::{Addressee, Letter};

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

impl Letter for PasskeyAdded {
    const NAME: &'static str = "passkey-added";
}

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

/// The name, unless a mail program would make a link of it: who added the passkey may have typed it for that.
fn repeatable(name: &PasskeyName) -> Option<String> {
    (!reads_as_address(name.as_str())).then(|| name.as_str().to_owned())
}
