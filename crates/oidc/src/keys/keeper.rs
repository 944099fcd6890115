//! Takes the steps of the keys' lives (`identity::key_life` says when). One server at a time should; if two do, each step
//! is taken once.

use std::fmt;

use actix_web::web;
use identity::client::SigningAlgorithm;
use identity::clock::{Clock, Time};
use identity::key_life::{KeyStep, KeyTimes, due_steps, in_state};
use identity::key_ring::KeyRing;
use identity::random::Random;
use identity::signing_key::{KeyState, SigningKey};
use store::{Constraint, Store, StoreError};

use super::{KeysError, generate, stored_keys};

/// How often to start over when the keys change under a revocation.
const ATTEMPTS: u32 = 5;

/// What it takes to move keys on.
#[derive(Clone)]
pub struct KeyKeeper {
    pub store: Store,
    pub ring: KeyRing,
    pub clock: Clock,
    pub random: Random,
    pub times: KeyTimes,
}

/// What became of a key that was to be revoked.
#[derive(Debug, PartialEq)]
pub enum Revoked {
    NotThere,
    /// It was gone already.
    Before,
    /// It is gone now, from the state that it was in; where that was active, another is active instead.
    Now {
        from: KeyState,
        replaced_by: Option<String>,
    },
}

impl KeyKeeper {
    /// Takes each step that is due, and says which it took.
    ///
    /// # Errors
    /// When the store does not answer. The steps that were taken by then stay taken.
    pub async fn move_on(&self) -> Result<Vec<KeyStep>, KeysError> {
        let now = self.clock.now();
        let mut taken = Vec::new();
        for step in due_steps(&stored_keys(&self.store).await?, &self.times, now) {
            if self.take(step.clone(), now).await? {
                taken.push(step);
            }
        }
        Ok(taken)
    }

    async fn take(&self, step: KeyStep, now: Time) -> Result<bool, KeysError> {
        let retired_until = now + self.times.until_gone();
        match step {
            KeyStep::Make(algorithm) => {
                let times = self.times;
                let is_due = move |keys: &[SigningKey]| due_steps(keys, &times, now).contains(&step);
                Ok(self.make(algorithm, is_due).await?.is_some())
            }
            KeyStep::Activate { kid, instead_of } => {
                let activate = move |db: &mut store::Db<'_>| {
                    db.signing_keys().activate(&kid, instead_of.as_deref(), now, retired_until)
                };
                Ok(self.store.transact(activate).await?)
            }
            KeyStep::End { kid } => {
                Ok(self.store.transact(move |db| db.signing_keys().end(&kid, KeyState::Retiring, now)).await?)
            }
        }
    }

    /// Makes a successor of the active key now, however old that is; nothing where there is one.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn make_successor(&self, algorithm: SigningAlgorithm) -> Result<Option<SigningKey>, KeysError> {
        self.make(algorithm, |_| true).await
    }

    async fn make(
        &self,
        algorithm: SigningAlgorithm,
        is_wanted: impl FnOnce(&[SigningKey]) -> bool + Send + 'static,
    ) -> Result<Option<SigningKey>, KeysError> {
        let due_at = Some(self.clock.now() + self.times.until_everywhere());
        let key = SigningKey { state: KeyState::Pending, due_at, ..self.generate(algorithm).await? };
        let made = self.store.transact(move |db| {
            // As they are now: it took a while to make the key.
            if !is_wanted(&db.signing_keys().all()?) {
                return Ok(None);
            }
            match db.signing_keys().create(&key) {
                Ok(()) => Ok(Some(key)),
                Err(StoreError::Unique(Constraint::PendingSigningKey)) => Ok(None),
                Err(error) => Err(error),
            }
        });
        Ok(made.await?)
    }

    /// Ends a key at once: whatever it signed stops verifying. An active one is replaced at once, by its successor if that is
    /// published already, since some clients know that one.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn revoke(&self, kid: &str) -> Result<Revoked, KeysError> {
        for _ in 1..ATTEMPTS {
            match self.try_to_revoke(kid).await {
                Err(KeysError::Meanwhile) => {}
                result => return result,
            }
        }
        self.try_to_revoke(kid).await
    }

    async fn try_to_revoke(&self, kid: &str) -> Result<Revoked, KeysError> {
        let keys = stored_keys(&self.store).await?;
        let Some(key) = keys.iter().find(|key| key.kid == kid) else { return Ok(Revoked::NotThere) };
        let replacement = match key.state {
            KeyState::Gone => return Ok(Revoked::Before),
            KeyState::Pending | KeyState::Retiring => None,
            KeyState::Active => match in_state(&keys, key.algorithm, KeyState::Pending) {
                Some(successor) => Some(successor.clone()),
                None => Some(self.generate(key.algorithm).await?),
            },
        };
        let revoked = Revoked::Now { from: key.state, replaced_by: replacement.as_ref().map(|key| key.kid.clone()) };
        let (kid, from, now) = (kid.to_owned(), key.state, self.clock.now());
        let replace = self.store.transact(move |db| {
            let mut keys = db.signing_keys();
            if !keys.end(&kid, from, now)? {
                return Err(KeysError::Meanwhile);
            }
            let replaced = match replacement {
                Some(key) if key.state == KeyState::Pending => keys.activate(&key.kid, None, now, now)?,
                Some(key) => keys.create(&key).map(|()| true)?,
                None => true,
            };
            if replaced { Ok(()) } else { Err(KeysError::Meanwhile) }
        });
        replace.await.map(|()| revoked)
    }

    /// On a thread that may be busy for the tenths of a second that an RSA key takes.
    async fn generate(&self, algorithm: SigningAlgorithm) -> Result<SigningKey, KeysError> {
        let KeyKeeper { ring, clock, random, .. } = self.clone();
        let made = web::block(move || generate::key(algorithm, &ring, &clock, &random));
        made.await.map_err(|_| KeysError::NotMade)?
    }
}

impl fmt::Debug for KeyKeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyKeeper").field("times", &self.times).finish_non_exhaustive()
    }
}
