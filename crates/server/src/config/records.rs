//! `[records]`: the job that repeats searches for teaching records and lets accounts follow theirs.

use super::lifetime::Lifetime;
use super::read::section;

section! {
    pub Records {
        enabled: bool,
        interval: Lifetime<1, 86_400>,
        /// How old the last look at a linked record may be.
        follow_after: Lifetime<60, { 30 * 86_400 }>,
    }
}
