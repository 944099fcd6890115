//! The world outside, as the program meets it: the time. Everything else is handed it.

use identity::clock::Clock;

/// A clock that tells the time of this machine.
#[allow(clippy::disallowed_methods, reason = "this is the one place where time comes in")]
pub fn clock() -> Clock {
    Clock::new(chrono::Utc::now)
}
