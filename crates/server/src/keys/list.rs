//! The keys, one a line, and what happens to each next.

use std::cmp::Reverse;
use std::fmt;

use identity::key_life::{KeyTimes, NextStep, next_step};
use identity::signing_key::{KeyState, SigningKey};
use store::{Db, StoreError};

use super::second;

#[derive(Debug)]
pub struct List {
    keys: Vec<SigningKey>,
    times: KeyTimes,
}

impl List {
    /// `gone` ones too, or not; the keys of an algorithm in the order in which they sign.
    ///
    /// # Errors
    /// When the store does not answer.
    pub fn read(db: &mut Db<'_>, gone: bool, times: KeyTimes) -> Result<List, StoreError> {
        let mut keys = db.signing_keys().all()?;
        keys.retain(|key| gone || key.state != KeyState::Gone);
        keys.sort_by_key(|key| (key.algorithm, Reverse(key.state), key.created_at));
        Ok(List { keys, times })
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<43} {:<9} {:<8} {:<19} NEXT", "KID", "ALGORITHM", "STATE", "SINCE (UTC)")?;
        for key in &self.keys {
            let SigningKey { kid, algorithm, state, .. } = key;
            let (algorithm, state, since) = (algorithm.as_str(), state.as_str(), second(key.since()));
            write!(f, "\n{kid:<43} {algorithm:<9} {state:<8} {since} ")?;
            match next_step(key, &self.keys, &self.times) {
                Some((step, at)) => write!(f, "{} {}", words(step), second(at))?,
                None if key.state == KeyState::Active => f.write_str("stays until `keys rotate`")?,
                None => f.write_str("-")?,
            }
        }
        Ok(())
    }
}

/// What happens at a time that follows, or soon after it.
fn words(step: NextStep) -> &'static str {
    match step {
        NextStep::SuccessorIsMade => "has a successor made at",
        NextStep::BecomesActive => "becomes active at",
        NextStep::Retires => "retires at",
        NextStep::IsGone => "is gone at",
    }
}
