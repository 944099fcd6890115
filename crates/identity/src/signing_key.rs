//! A key that signs tokens, as it is kept: public part open, private part sealed.

use serde::{Deserialize, Serialize};

use crate::client::SigningAlgorithm;
use crate::clock::Time;

/// What a private key is sealed for (see [`crate::key_ring`]).
pub const SEAL_PURPOSE: &str = "signing key";

/// Where a key is in its life. Only an active key signs; every key but one that is gone is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    Pending,
    Active,
    Retiring,
    Gone,
}

impl KeyState {
    pub fn as_str(self) -> &'static str {
        match self {
            KeyState::Pending => "pending",
            KeyState::Active => "active",
            KeyState::Retiring => "retiring",
            KeyState::Gone => "gone",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SigningKey {
    /// The JWK thumbprint (RFC 7638), in base64url.
    pub kid: String,
    pub algorithm: SigningAlgorithm,
    pub state: KeyState,
    /// The public JWK (RFC 7517), in JSON.
    pub public_jwk: String,
    /// The private key (PKCS #8, DER), sealed by the key ring; empty once the key is gone.
    pub sealed_private_key: String,
    pub created_at: Time,
    /// When it came to its state; nothing for the state that it was made in.
    pub changed_at: Option<Time>,
    /// When a pending key may become active, and when a retiring one may be gone. It was fixed when the key came to its
    /// state, so that a setting that changes meanwhile takes nothing back that clients were told.
    pub due_at: Option<Time>,
}

impl SigningKey {
    /// Since when it is in its state.
    pub fn since(&self) -> Time {
        self.changed_at.unwrap_or(self.created_at)
    }

    pub fn is_due(&self, now: Time) -> bool {
        self.due_at.is_some_and(|due_at| due_at <= now)
    }
}
