//! A key that signs tokens, as it is kept: public part open, private part sealed.

use serde::{Deserialize, Serialize};

use crate::client::SigningAlgorithm;
use crate::clock::Time;

/// Where a key is in its life. Only an active key signs; every key but one that is gone is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    Pending,
    Active,
    Retiring,
    Gone,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SigningKey {
    /// The JWK thumbprint (RFC 7638), in base64url.
    pub kid: String,
    pub algorithm: SigningAlgorithm,
    pub state: KeyState,
    /// The public JWK (RFC 7517), in JSON.
    pub public_jwk: String,
    /// The private key (PKCS #8, DER), sealed by the key ring.
    pub sealed_private_key: String,
    pub created_at: Time,
}
