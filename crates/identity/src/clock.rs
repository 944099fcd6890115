//! Time as an argument: the only way anything here learns what time it is.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// A moment, in UTC, to the microsecond: the finest that every database here keeps.
pub type Time = DateTime<Utc>;

/// Tells the time. The server makes one from the system; tests make one that stands still.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Time + Send + Sync>);

impl Clock {
    pub fn new(tell: impl Fn() -> Time + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(tell))
    }

    /// Now, truncated to the microsecond, so that a time read back equals the time written.
    pub fn now(&self) -> Time {
        (self.0)().trunc_subsecs(6)
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// A clock for tests: it stands still until it is moved on.
#[derive(Clone, Debug)]
pub struct FakeClock(Arc<Mutex<Time>>);

impl FakeClock {
    pub fn at(time: Time) -> FakeClock {
        FakeClock(Arc::new(Mutex::new(time)))
    }

    pub fn advance(&self, by: Duration) {
        let mut time = self.0.lock().expect("no test holds the clock while it panics");
        *time += by;
    }

    pub fn clock(&self) -> Clock {
        let time = self.0.clone();
        Clock::new(move || *time.lock().expect("no test holds the clock while it panics"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fake_clock_stands_still_until_it_is_moved_on() {
        let fake = FakeClock::at(DateTime::from_timestamp(1_700_000_000, 0).unwrap());
        let clock = fake.clock();
        let before = clock.now();
        assert_eq!(clock.now(), before);
        fake.advance(Duration::minutes(10));
        assert_eq!(clock.now() - before, Duration::minutes(10));
    }

    #[test]
    fn now_is_told_to_the_microsecond() {
        let clock = Clock::new(|| DateTime::from_timestamp(1_700_000_000, 123_456_789).unwrap());
        assert_eq!(clock.now().timestamp_subsec_nanos(), 123_456_000);
    }
}
