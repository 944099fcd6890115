//! Passkeys: keys on people's own devices that prove an account with one touch. What a key itself says is checked where
//! WebAuthn is known; here is what we keep of it.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::account::AccountId;
use crate::browser_session::SessionId;
use crate::clock::Time;
use crate::id::random_id;
use crate::interaction::InteractionId;
use crate::text::{from_text_fault, text_word, tidy};

/// So many passkeys an account may have.
pub const MAX_PER_ACCOUNT: usize = 20;
/// How long a browser may take from being given a challenge to answering it.
pub const CEREMONY_LIFETIME: Duration = Duration::minutes(5);

random_id! {
    /// Our own name for a passkey, which its owner's pages lead by. Never the key's.
    PasskeyId
}

random_id! {
    CeremonyId
}

/// Why a name was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum PasskeyNameError {
    #[error("the name is missing")]
    Missing,
    /// More than 50 characters.
    #[error("the name is longer than 50 characters")]
    TooLong,
    #[error("the name has a character that cannot be printed")]
    Unprintable,
}
from_text_fault!(PasskeyNameError);

/// What its owner calls a passkey, to tell it from their others: "Work laptop".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PasskeyName(String);
text_word!(PasskeyName, PasskeyNameError);

impl PasskeyName {
    pub const MAX_CHARS: usize = 50;

    pub fn parse(typed: &str) -> Result<Self, PasskeyNameError> {
        let name = tidy(typed)?;
        if name.chars().count() > Self::MAX_CHARS { Err(PasskeyNameError::TooLong) } else { Ok(Self(name)) }
    }

    /// The name as it was typed, tidied.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Passkey {
    pub id: PasskeyId,
    pub account: AccountId,
    /// The key's name for itself, as base64url: what a browser sends, and what the key is found by.
    pub credential_id: String,
    /// The public key, its counter and what it said of itself, in JSON. Only the journey reads it.
    pub credential: String,
    pub name: PasskeyName,
    pub created_at: Time,
    pub last_used_at: Option<Time>,
}

/// Whose a ceremony is: nobody else can end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CeremonyOwner {
    /// Somebody signs in.
    Interaction(InteractionId),
    /// Somebody who is signed in adds a passkey.
    Session(SessionId),
}

impl std::fmt::Display for CeremonyOwner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CeremonyOwner::Interaction(id) => write!(f, "interaction {id}"),
            CeremonyOwner::Session(id) => write!(f, "session {id}"),
        }
    }
}

/// A challenge that a browser was given, and that it may answer once.
#[derive(Clone, Debug, PartialEq)]
pub struct Ceremony {
    pub id: CeremonyId,
    pub owner: CeremonyOwner,
    /// What has to be known to check the answer, in JSON. Only the journey reads it.
    pub state: String,
    pub expires_at: Time,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_free_text_of_at_most_fifty_characters_tidied() {
        assert_eq!(PasskeyName::parse("  Work \u{202E} laptop 😀 ").unwrap().as_str(), "Work laptop 😀");
        assert_eq!(PasskeyName::parse(" \t"), Err(PasskeyNameError::Missing));
        assert_eq!(PasskeyName::parse("a\0"), Err(PasskeyNameError::Unprintable));
        assert!(PasskeyName::parse(&"é".repeat(50)).is_ok());
        for letters in [51, 201] {
            assert_eq!(PasskeyName::parse(&"é".repeat(letters)), Err(PasskeyNameError::TooLong));
        }
    }
}
