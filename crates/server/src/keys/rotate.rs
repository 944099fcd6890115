//! Making successors by hand, and what is told about it.

use std::fmt;

use identity::client::SigningAlgorithm;
use identity::key_life::{KeyStep, in_state};
use identity::signing_key::{KeyState, SigningKey};
use oidc::{KeyKeeper, KeysError};

use super::second;

/// What was done.
#[derive(Debug)]
pub struct Rotation {
    moved_on: Vec<KeyStep>,
    made: Vec<SigningKey>,
    /// Those that had a successor already.
    pending: Vec<SigningKey>,
}

impl Rotation {
    /// Takes what is due anyway, and makes a successor for the active key of each algorithm that has none.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn begin(keeper: &KeyKeeper, algorithms: &[SigningAlgorithm]) -> Result<Rotation, KeysError> {
        let moved_on = keeper.move_on().await?;
        let (mut made, mut pending) = (Vec::new(), Vec::new());
        for algorithm in algorithms {
            match keeper.make_successor(*algorithm).await? {
                Some(key) => made.push(key),
                None => {
                    let keys = keeper.store.read(|db| db.signing_keys().all()).await?;
                    pending.extend(in_state(&keys, *algorithm, KeyState::Pending).cloned());
                }
            }
        }
        Ok(Rotation { moved_on, made, pending })
    }
}

impl fmt::Display for Rotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.moved_on {
            match step {
                KeyStep::Make(algorithm) => writeln!(f, "{}: a successor was due.", algorithm.as_str())?,
                KeyStep::Activate { kid, .. } => writeln!(f, "{kid} was due, and is active now.")?,
                KeyStep::End { kid } => writeln!(f, "{kid} was due, and is gone now.")?,
            }
        }
        for (keys, word) in [(&self.made, "made now"), (&self.pending, "pending already")] {
            for key in keys {
                let SigningKey { algorithm, kid, due_at, .. } = key;
                let due_at = due_at.map(second).unwrap_or_default();
                writeln!(
                    f,
                    "{}: {kid} is {word}. It is published, and signs from {due_at} (UTC).",
                    algorithm.as_str()
                )?;
            }
        }
        f.write_str("A running server takes that step; without one, so does the next `keys rotate`.")
    }
}
