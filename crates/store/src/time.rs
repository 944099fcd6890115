//! Times as both databases keep them: UTC without a zone, to the microsecond.
//!
//! SQLite keeps them as text, "2026-01-31 09:00:00.123456", in which a later time is also the greater text.

use chrono::{NaiveDateTime, SubsecRound};
use identity::clock::Time;

pub(crate) fn stored(time: Time) -> NaiveDateTime {
    time.naive_utc().trunc_subsecs(6)
}

pub(crate) fn told(stored: NaiveDateTime) -> Time {
    stored.and_utc()
}
