//! `[keys]`: the life of the keys that sign tokens.

use super::lifetime::Lifetime;
use super::read::section;

section! {
    pub Keys {
        /// Is a successor made for each key by itself?
        enabled: bool,
        rotate_every: Lifetime<1, { 3_650 * 86_400 }>,
        /// What clients are told: how long they may keep the keys.
        jwks_max_age: Lifetime<1, 86_400>,
        /// How often each server reads the keys again.
        read_every: Lifetime<1, 600>,
    }
}
