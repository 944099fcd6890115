//! How we prove to One Login who we are: a JWT of our own, signed with our key (OpenID Connect Core, section 9,
//! private_key_jwt; RFC 7523).

use std::fmt;

use chrono::Duration;
use identity::clock::Time;
use identity::random::Random;
use identity::secret::Plain;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::json;

/// For how long an assertion is good: it is used at once.
const LIFETIME: Duration = Duration::minutes(2);

/// The key that we have registered there. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct ClientKey {
    key: EncodingKey,
    algorithm: Algorithm,
    /// By which One Login finds the public part, where we publish a key set.
    kid: Option<String>,
}

#[derive(Debug, thiserror::Error)]
#[error("is no private key for ES256 or RS256 in PEM (PKCS #8)")]
pub struct NotAKey;

impl ClientKey {
    /// # Errors
    /// When this is no private key that signs with ES256 or RS256.
    pub fn from_pem(pem: &Plain, kid: Option<String>) -> Result<ClientKey, NotAKey> {
        let bytes = pem.expose().as_bytes();
        let elliptic = EncodingKey::from_ec_pem(bytes).map(|key| (key, Algorithm::ES256));
        let (key, algorithm) = elliptic
            .or_else(|_| EncodingKey::from_rsa_pem(bytes).map(|key| (key, Algorithm::RS256)))
            .map_err(|_| NotAKey)?;
        let key = ClientKey { key, algorithm, kid };
        // A key of another kind than its wrapping says is found out now, and not by the first person who signs in.
        key.sign(&json!({})).map(|_| key.clone())
    }

    pub(super) fn assertion(&self, client_id: &str, audience: &str, now: Time, random: &Random) -> Plain {
        let claims = json!({
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "jti": random.uuid(),
            "iat": now.timestamp(),
            "exp": (now + LIFETIME).timestamp(),
        });
        Plain::new(self.sign(&claims).expect("a key that has signed once signs again"))
    }

    fn sign(&self, claims: &serde_json::Value) -> Result<String, NotAKey> {
        let header = Header { kid: self.kid.clone(), ..Header::new(self.algorithm) };
        encode(&header, claims, &self.key).map_err(|_| NotAKey)
    }
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientKey(..)")
    }
}
