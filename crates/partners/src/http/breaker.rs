//! A partner that has failed several times in a row is left alone for a while: nobody waits for it, and it can get well.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// So many failures in a row are no accident.
const FAILURES: u32 = 5;
/// Then one call is let through, to see.
const REST: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
pub(crate) struct Breaker(Mutex<Condition>);

#[derive(Debug, Default)]
struct Condition {
    failures: u32,
    rests_until: Option<Instant>,
}

impl Breaker {
    /// How long the partner rests still; nothing, when it may be called. Of many who ask when the rest is over, one may.
    pub(crate) fn rests(&self, now: Instant) -> Option<Duration> {
        let mut condition = self.condition();
        let until = condition.rests_until?;
        if until > now {
            return Some(until - now);
        }
        let is_on_trial = condition.failures >= FAILURES;
        condition.rests_until = is_on_trial.then(|| now + REST);
        None
    }

    pub(crate) fn succeeded(&self) {
        *self.condition() = Condition::default();
    }

    pub(crate) fn failed(&self, now: Instant) {
        let mut condition = self.condition();
        condition.failures = condition.failures.saturating_add(1);
        if condition.failures >= FAILURES {
            condition.rests_until = Some(now + REST);
        }
    }

    /// The partner has said itself for how long.
    pub(crate) fn is_busy(&self, until: Instant) {
        let mut condition = self.condition();
        condition.failures = 0;
        condition.rests_until = Some(until);
    }

    fn condition(&self) -> std::sync::MutexGuard<'_, Condition> {
        self.0.lock().expect("nothing panics under this lock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_failures_in_a_row_it_rests_and_then_one_may_try() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..FAILURES {
            assert_eq!(breaker.rests(start), None);
            breaker.failed(start);
        }
        assert_eq!(breaker.rests(start + Duration::from_secs(4)), Some(Duration::from_secs(6)));
        assert_eq!(breaker.rests(start + REST), None, "one may try");
        assert!(breaker.rests(start + REST).is_some(), "and the others wait for what comes of it");
        breaker.succeeded();
        assert_eq!(breaker.rests(start + REST), None);
    }

    #[test]
    fn failures_with_a_success_between_them_are_accidents() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..3 {
            (0..FAILURES - 1).for_each(|_| breaker.failed(start));
            breaker.succeeded();
        }
        assert_eq!(breaker.rests(start), None);
    }

    #[test]
    fn a_busy_partner_is_left_alone_for_as_long_as_it_says_and_then_everybody_may_call() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        breaker.is_busy(start + Duration::from_secs(3));
        assert_eq!(breaker.rests(start), Some(Duration::from_secs(3)));
        assert_eq!(breaker.rests(start + Duration::from_secs(3)), None);
        assert_eq!(breaker.rests(start + Duration::from_secs(3)), None);
    }
}
