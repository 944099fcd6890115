//! `[development]`: what helps to build and try the service, and must never be on where somebody real signs in.

use super::read::section;

section! {
    pub Development {
        /// Mounts /dev/outbox, which shows every message sent.
        outbox: bool,
        /// Fills the code in on the page that asks for it.
        prefill_one_time_codes: bool,
    }
}
