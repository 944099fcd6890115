//! The keys of clients: those in a client's file as they are, those at an address kept for a while. A JWT with a kid that
//! is not among them makes us look again, but not so often that somebody could send us after a client all day.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::Duration;
use identity::client::Client;
use identity::client_authentication::{KeySets, NotFetched, PublicKeys};
use identity::clock::Time;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex as Turn;
use url::Url;

use super::Refused;

/// What was fetched counts for so long: a key that a client withdraws is not taken any longer.
const KEPT: Duration = Duration::minutes(10);
/// What could not be fetched again counts for so long, so that a service whose address fails goes on signing people in.
const KEPT_IN_NEED: Duration = Duration::hours(24);
/// The least between two requests to one address.
const FLOOR: Duration = Duration::seconds(30);

/// What clients have published at their addresses.
pub struct PublishedKeys {
    source: Arc<dyn KeySets>,
    known: Mutex<HashMap<Url, Arc<Turn<Published>>>>,
}

#[derive(Default)]
struct Published {
    keys: Arc<Vec<Jwk>>,
    fetched_at: Option<Time>,
    tried_at: Option<Time>,
}

/// RFC 7517, section 5.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// Is this a key set with a key in it that can verify, and with no private part?
pub fn check(text: &str) -> Result<(), &'static str> {
    let set: KeySet = serde_json::from_str(text).map_err(|_| "is no JSON Web Key Set (RFC 7517, section 5)")?;
    if set.keys.iter().any(|key| ["d", "k", "p"].iter().any(|part| key.get(part).is_some())) {
        return Err("holds a private key: it stays with the client, and is to be thought of as known now");
    }
    if keys(text)?.is_empty() {
        return Err("holds no key for RS256, PS256, ES256 or EdDSA");
    }
    Ok(())
}

/// The keys that can verify. Others are passed over, as section 5 has it.
fn keys(text: &str) -> Result<Vec<Jwk>, &'static str> {
    let set: KeySet = serde_json::from_str(text).map_err(|_| "what the client publishes is no key set")?;
    let keys = set.keys.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
    Ok(keys.filter(|key| DecodingKey::from_jwk(key).is_ok() && is_for_signatures(key)).collect())
}

fn is_for_signatures(key: &Jwk) -> bool {
    let signs = key.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
    signs && super::ALGORITHMS.into_iter().any(|algorithm| fits(key, algorithm))
}

/// Can a key of this kind make a signature of this algorithm, and does it not say that it makes others only?
pub(crate) fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let (kind, name) = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), Algorithm::RS256) => (true, KeyAlgorithm::RS256),
        (AlgorithmParameters::RSA(_), Algorithm::PS256) => (true, KeyAlgorithm::PS256),
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => {
            (key.curve == EllipticCurve::P256, KeyAlgorithm::ES256)
        }
        (AlgorithmParameters::OctetKeyPair(key), Algorithm::EdDSA) => {
            (key.curve == EllipticCurve::Ed25519, KeyAlgorithm::EdDSA)
        }
        _ => return false,
    };
    kind && key.common.key_algorithm.is_none_or(|stated| stated == name)
}

impl PublishedKeys {
    #[must_use]
    pub fn new(source: Arc<dyn KeySets>) -> PublishedKeys {
        PublishedKeys { source, known: Mutex::default() }
    }

    /// The client's keys that may have signed what has this header.
    pub(crate) async fn of(&self, client: &Client, header: &Header, now: Time) -> Result<Vec<Jwk>, Refused> {
        match &client.public_keys {
            PublicKeys::None => Err(Refused::Because("the client has registered no keys")),
            PublicKeys::Inline(text) => Ok(fitting(&keys(text).map_err(Refused::Because)?, header)),
            PublicKeys::At(address) => self.at(address, header, now).await,
        }
    }

    async fn at(&self, address: &Url, header: &Header, now: Time) -> Result<Vec<Jwk>, Refused> {
        let published =
            self.known.lock().expect("nothing panics under this lock").entry(address.clone()).or_default().clone();
        // One at a time asks; who waits finds what the first was told.
        let mut published = published.lock().await;
        let is_old = published.fetched_at.is_none_or(|at| now - at >= KEPT);
        let is_rested = published.tried_at.is_none_or(|at| now - at >= FLOOR);
        if is_rested && (is_old || fitting(&published.keys, header).is_empty()) {
            published.tried_at = Some(now);
            match self.fetch(address).await {
                Ok(keys) => {
                    published.keys = Arc::new(keys);
                    published.fetched_at = Some(now);
                }
                Err(error) => tracing::warn!(%error, host = address.host_str(), "a client's keys"),
            }
        }
        if published.fetched_at.is_none_or(|at| now - at >= KEPT_IN_NEED) {
            let error = NotFetched("none were fetched within a day".into());
            return Err(Refused::Unavailable(Box::new(error)));
        }
        Ok(fitting(&published.keys, header))
    }

    async fn fetch(&self, address: &Url) -> Result<Vec<Jwk>, NotFetched> {
        let text = self.source.fetch(address).await?;
        keys(&text).map_err(|what| NotFetched(what.into()))
    }
}

/// By the kid; without one, every key that fits.
fn fitting(keys: &[Jwk], header: &Header) -> Vec<Jwk> {
    let named = |key: &&Jwk| header.kid.is_none() || key.common.key_id == header.kid;
    keys.iter().filter(named).filter(|key| fits(key, header.alg)).cloned().collect()
}

impl std::fmt::Debug for PublishedKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublishedKeys(..)")
    }
}
