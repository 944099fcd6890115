//! `[outbox]`: how what leaves is handed over.

use std::num::NonZeroU32;

use super::lifetime::Lifetime;
use super::read::section;

section! {
    pub Outbox {
        enabled: bool,
        /// Messages of one channel that a server hands over at the same time.
        at_once: NonZeroU32,
        /// How long a message is tried.
        give_up_after: Lifetime<3_600, { 30 * 86_400 }>,
    }
}
