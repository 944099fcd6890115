//! A secret as two types: `Plain` can be shown once to whom it belongs, `Hashed` is all that a database may see.

use aws_lc_rs::{constant_time, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A secret in the clear: never stored, never logged, gone with the request. Its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Plain(String);

impl Plain {
    pub fn new(secret: impl Into<String>) -> Plain {
        Plain(secret.into())
    }

    /// The secret itself. Every call is a place to look at in a review.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Plain(..)")
    }
}

/// A keyed SHA-256 (HMAC) of a secret, as base64url: what is stored, and what is looked up.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Hashed(String);

impl Hashed {
    /// Takes back what a database kept.
    pub fn from_stored(text: impl Into<String>) -> Hashed {
        Hashed(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal, in a time that does not tell where the two differ.
    pub fn matches(&self, other: &Hashed) -> bool {
        constant_time::verify_slices_are_equal(self.0.as_bytes(), other.0.as_bytes()).is_ok()
    }
}

impl std::fmt::Debug for Hashed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hashed(..)")
    }
}

/// What a secret is for: hashes made for one purpose never equal those made for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    AuthorizationCode,
    BrowserSession,
    BrowserBinding,
    OneTimeCode,
    /// An address that found a record.
    RecordFinder,
    /// An address from which a message came back.
    UndeliverableAddress,
    /// What a carrier shows when it sends a receipt.
    CallbackToken,
    CodeBudget,
    KnownBrowser,
    /// The parameter `state` of a browser that was sent to GOV.UK One Login.
    OneLoginState,
    RefreshToken,
    /// The id of a JWT by which a client says who it is.
    ClientAssertion,
    /// The reference to a pushed authorization request.
    PushedRequest,
    /// The id of a DPoP proof.
    DpopProof,
    DpopNonce,
    /// The id of an access token that no grant stands behind.
    AccessToken,
    /// The `sub` of an account for one sector.
    PairwiseSubject,
    /// The claim `jti` of a logout token.
    LogoutNotice,
}

/// The key that turns a `Plain` into a `Hashed`. Whoever reads the database alone can neither use nor guess a secret.
#[derive(Clone)]
pub struct HashKey(hmac::Key);

impl HashKey {
    pub fn new(key: &[u8; 32]) -> HashKey {
        HashKey(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// `context` binds the hash to where it may be used (a journey, an address); empty where the secret stands alone.
    pub fn hash(&self, purpose: Purpose, context: &str, secret: &Plain) -> Hashed {
        let mut mac = hmac::Context::with_key(&self.0);
        for part in [format!("{purpose:?}").as_str(), context, secret.expose()] {
            // Each part goes in with its length, so that no two lists of parts run together into the same bytes.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        Hashed(URL_SAFE_NO_PAD.encode(mac.sign()))
    }
}

impl std::fmt::Debug for HashKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HashKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_of_a_secret_never_shows_it() {
        let plain = Plain::new("open sesame");
        let hashed = HashKey::new(&[1; 32]).hash(Purpose::OneTimeCode, "", &plain);
        assert_eq!(format!("{plain:?} {hashed:?}"), "Plain(..) Hashed(..)");
    }

    #[test]
    fn a_hash_is_bound_to_its_key_its_purpose_and_its_context() {
        let secret = Plain::new("123456");
        let key = HashKey::new(&[1; 32]);
        let hash = key.hash(Purpose::OneTimeCode, "a@example.com", &secret);
        assert!(hash.matches(&key.hash(Purpose::OneTimeCode, "a@example.com", &secret)));
        assert!(!hash.matches(&key.hash(Purpose::OneTimeCode, "b@example.com", &secret)));
        assert!(!hash.matches(&key.hash(Purpose::BrowserSession, "a@example.com", &secret)));
        assert!(!hash.matches(&HashKey::new(&[2; 32]).hash(Purpose::OneTimeCode, "a@example.com", &secret)));
    }

    #[test]
    fn moving_a_letter_from_the_context_to_the_secret_changes_the_hash() {
        let key = HashKey::new(&[1; 32]);
        let one = key.hash(Purpose::OneTimeCode, "ab", &Plain::new("c"));
        let other = key.hash(Purpose::OneTimeCode, "a", &Plain::new("bc"));
        assert!(!one.matches(&other));
    }
}
