//! The keys that sign tokens: made at first start, kept sealed in the store, shared by every process, and replaced by others
//! in time.

#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
mod generate;
mod keeper;
mod key;
mod signer;

use std::sync::{Arc, RwLock};

use chrono::Duration;
use identity::client::SigningAlgorithm;
use identity::clock::{Clock, Time};
use identity::key_life::{KeyTimes, due_steps};
use identity::key_ring::{KeyRing, SealError};
use identity::random::Random;
use identity::signing_key::{KeyState, SigningKey};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Constraint, Store, StoreError};

pub use keeper::{KeyKeeper, Revoked};
use key::Key;
pub(crate) use key::{Expected, TokenType};

/// Another process may have made a key since we looked, but nobody makes us look more often than this.
const LEAST_BETWEEN_LOADS: Duration = Duration::seconds(5);

/// Why the keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("the signing keys could not be read or written")]
    Store(#[from] StoreError),
    #[error("the signing key {kid} does not open with the key ring of this server")]
    Sealed { kid: String, source: SealError },
    #[error("the signing key {kid} is not a key")]
    Malformed { kid: String },
    #[error("a signing key could not be made")]
    NotMade,
    #[error("the signing keys were changed by another at the same moment")]
    Meanwhile,
}

/// Every key that is published, and for each algorithm the one that signs.
pub struct Keys {
    ring: KeyRing,
    loaded: RwLock<Loaded>,
}

#[derive(Clone)]
struct Loaded {
    keys: Arc<Vec<Key>>,
    at: Time,
}

impl Keys {
    /// Reads the keys; where an algorithm has none, makes one that is active at once: no client can have a key set that it
    /// should be in. Of two processes that start at once on an empty store both may make one, but the store keeps one active
    /// key an algorithm, and both sign with that.
    pub async fn load_or_create(
        store: &Store,
        ring: &KeyRing,
        clock: &Clock,
        random: &Random,
    ) -> Result<Keys, KeysError> {
        let stored = stored_keys(store).await?;
        let missing = SigningAlgorithm::ALL.into_iter().filter(|algorithm| !has_active(&stored, *algorithm));
        let made =
            missing.map(|algorithm| generate::key(algorithm, ring, clock, random)).collect::<Result<Vec<_>, _>>()?;
        if !made.is_empty() {
            store.transact(move |db| keep_missing(db, &made)).await?;
        }
        let loaded = load(store, ring, clock.now()).await?;
        Ok(Keys { ring: ring.clone(), loaded: RwLock::new(loaded) })
    }

    /// Seals what nobody but us has to read.
    pub(crate) fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// Signs a token (RFC 7519) with this server's key for the algorithm.
    pub(crate) fn sign(&self, algorithm: SigningAlgorithm, token_type: TokenType, claims: &impl Serialize) -> String {
        let keys = self.current().keys;
        let key = keys.iter().find(|key| key.signs(algorithm));
        let key = key.expect("loading fails unless each algorithm has an active key, and the store keeps one");
        key.sign(token_type, claims)
    }

    /// The claims of a token that one of our keys signed and that is what was expected; its times are not looked at.
    pub(crate) fn verify<T: DeserializeOwned>(&self, token: &str, expected: &Expected<'_>) -> Option<T> {
        let kid = key::kid(token)?;
        let keys = self.current().keys;
        keys.iter().find(|key| key.kid() == kid)?.verify(token, expected)
    }

    /// The public keys (RFC 7517, section 5).
    pub(crate) fn public(&self) -> JwkSet {
        JwkSet { keys: self.current().keys.iter().map(|key| key.public().clone()).collect::<Vec<Jwk>>() }
    }

    /// The keys themselves, as they were when they were last read.
    pub(crate) fn stored(&self) -> Vec<SigningKey> {
        self.current().keys.iter().map(|key| key.stored().clone()).collect()
    }

    /// Is anything to be done about the keys, as they were when they were last read?
    pub fn is_step_due(&self, times: &KeyTimes, now: Time) -> bool {
        !due_steps(&self.stored(), times, now).is_empty()
    }

    /// When the keys were last read.
    pub(crate) fn read_at(&self) -> Time {
        self.current().at
    }

    /// Looks whether another process made a key that `token` may be signed with, unless the key is known already.
    pub(crate) async fn learn_key_of(&self, token: &str, store: &Store, now: Time) -> Result<(), KeysError> {
        let known = key::kid(token).is_none_or(|kid| self.current().keys.iter().any(|key| key.kid() == kid));
        if known { Ok(()) } else { self.refresh(store, now, LEAST_BETWEEN_LOADS).await }
    }

    /// Reads the keys again: whatever another process made of them meanwhile, this one goes by from now on.
    ///
    /// # Errors
    /// When the store does not answer, or a key does not open. The keys stay as they were.
    pub async fn read_again(&self, store: &Store, now: Time) -> Result<(), KeysError> {
        let loaded = load(store, &self.ring, now).await?;
        *self.loaded.write().expect("nothing panics under this lock") = loaded;
        Ok(())
    }

    /// Reads the keys again when they were read longer ago than `max_age`.
    pub(crate) async fn refresh(&self, store: &Store, now: Time, max_age: Duration) -> Result<(), KeysError> {
        if now - self.read_at() >= max_age { self.read_again(store, now).await } else { Ok(()) }
    }

    fn current(&self) -> Loaded {
        self.loaded.read().expect("nothing panics under this lock").clone()
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.current().keys.iter().map(Key::kid)).finish()
    }
}

async fn stored_keys(store: &Store) -> Result<Vec<SigningKey>, StoreError> {
    store.read(|db| db.signing_keys().all()).await
}

/// Whoever comes second drops their own key: the first one's is read back with all the others.
fn keep_missing(db: &mut store::Db<'_>, made: &[SigningKey]) -> Result<(), StoreError> {
    for key in made {
        match db.signing_keys().create(key) {
            Ok(()) | Err(StoreError::Unique(Constraint::ActiveSigningKey)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn has_active(stored: &[SigningKey], algorithm: SigningAlgorithm) -> bool {
    stored.iter().any(|key| key.algorithm == algorithm && key.state == KeyState::Active)
}

async fn load(store: &Store, ring: &KeyRing, at: Time) -> Result<Loaded, KeysError> {
    let stored = stored_keys(store).await?;
    let live = stored.iter().filter(|key| key.state != KeyState::Gone);
    let keys = live.map(|key| Key::open(key, ring)).collect::<Result<Vec<_>, _>>()?;
    if SigningAlgorithm::ALL.into_iter().any(|algorithm| !has_active(&stored, algorithm)) {
        return Err(KeysError::NotMade);
    }
    Ok(Loaded { keys: Arc::new(keys), at })
}
