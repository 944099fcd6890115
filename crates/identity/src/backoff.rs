//! How long to wait before something is tried again.

use chrono::Duration;

use crate::random::Random;

/// Doubles after each attempt, from the first wait to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    pub first: Duration,
    pub longest: Duration,
}

impl Backoff {
    /// The wait after so many attempts; up to a quarter less, so that those who wait for one thing do not all come back at once.
    pub fn wait(self, attempts: u32, random: &Random) -> Duration {
        let doubled = self.first * 2i32.pow(attempts.saturating_sub(1).min(20));
        let wait = doubled.min(self.longest).num_milliseconds();
        let less = i64::from(random.bytes::<1>()[0]) * wait / (4 * 256);
        Duration::milliseconds(wait - less)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Backoff = Backoff { first: Duration::seconds(5), longest: Duration::hours(1) };

    #[test]
    fn the_wait_doubles_from_the_first_to_the_longest_and_is_never_longer() {
        let random = Random::seeded(1);
        for (attempts, longest) in [(0, 5), (1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (40, 3600)] {
            for _ in 0..100 {
                let wait = BACKOFF.wait(attempts, &random).num_milliseconds();
                assert!(wait <= longest * 1000 && wait >= longest * 750, "{attempts}: {wait}");
            }
        }
    }

    #[test]
    fn those_who_wait_for_one_thing_do_not_all_come_back_at_once() {
        let random = Random::seeded(1);
        let waits: Vec<Duration> = (0..20).map(|_| BACKOFF.wait(3, &random)).collect();
        assert!(waits.iter().any(|wait| *wait != waits[0]));
    }
}
