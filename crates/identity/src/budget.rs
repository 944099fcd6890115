//! Budgets: how often something may be done, whoever counts. A budget fills up again steadily, and all that has to be
//! kept of one is the time at which it will be whole.

use std::fmt;

use chrono::Duration;

use crate::clock::Time;

/// So many at once, and the time in which a spent budget comes back whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    burst: u32,
    period: Duration,
}

/// So many a second are not too many for one part.
const PART: i64 = 50;
const MOST_PARTS: u32 = 64;

impl Rate {
    /// None where nothing would ever be allowed, or the period is none.
    pub fn new(burst: u32, period: Duration) -> Option<Rate> {
        (burst > 0 && period > Duration::zero()).then_some(Rate { burst, period })
    }

    /// Takes one out of a budget that will be whole at `full_at` (None: it is). Then it will be whole at the time given.
    ///
    /// # Errors
    /// Too early: the first time at which there is one to take. A refusal changes nothing, so asking again and again does
    /// not put it off.
    pub fn take(&self, now: Time, full_at: Option<Time>) -> Result<Time, Time> {
        let full_at = full_at.map_or(now, |full_at| full_at.max(now));
        let early = full_at - self.latest(now);
        if early <= Duration::zero() { Ok(full_at + self.interval()) } else { Err(now + early) }
    }

    /// A budget that will be whole at this time, or is earlier, has one to take.
    pub fn latest(&self, now: Time) -> Time {
        now + self.whole() - self.interval()
    }

    /// In how many equal parts it is better kept, when everybody takes from it: what is kept of a part is changed by one at a
    /// time. One that allows little is kept whole, and so to the last.
    pub fn parts(&self) -> u32 {
        let a_second = i64::from(self.burst) / self.period.num_seconds().max(1);
        u32::try_from(a_second / PART).unwrap_or(MOST_PARTS).clamp(1, MOST_PARTS)
    }

    /// One of so many parts.
    #[must_use]
    pub fn part(&self) -> Rate {
        Rate { burst: self.burst / self.parts(), ..*self }
    }

    /// The time in which one comes back. Rounded up to what databases keep, so that a period never has one too many.
    pub fn interval(&self) -> Duration {
        let (period, burst) = (self.period.num_microseconds().unwrap_or(i64::MAX), i64::from(self.burst));
        Duration::microseconds(period / burst + i64::from(period % burst != 0))
    }

    fn whole(&self) -> Duration {
        let burst = i32::try_from(self.burst).unwrap_or(i32::MAX);
        self.interval() * burst
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}s", self.burst, self.period.num_seconds())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(burst: u32, seconds: i64) -> Rate {
        Rate::new(burst, Duration::seconds(seconds)).unwrap()
    }

    fn at(microseconds: i64) -> Time {
        Time::from_timestamp(1_790_000_000, 0).unwrap() + Duration::microseconds(microseconds)
    }

    #[test]
    fn a_rate_that_allows_nothing_is_none() {
        assert_eq!(Rate::new(0, Duration::hours(1)), None);
        assert_eq!(Rate::new(1, Duration::zero()), None);
        assert_eq!(Rate::new(1, Duration::seconds(-1)), None);
    }

    #[test]
    fn a_budget_is_spent_at_once_and_comes_back_one_by_one() {
        let three = rate(3, 60);
        let mut full_at = None;
        for _ in 0..3 {
            full_at = Some(three.take(at(0), full_at).unwrap());
        }
        assert_eq!(full_at, Some(at(60_000_000)), "spent, it is whole after its period");
        assert_eq!(three.take(at(0), full_at), Err(at(20_000_000)));
        assert_eq!(three.take(at(19_999_999), full_at), Err(at(20_000_000)));
        let again = three.take(at(20_000_000), full_at).unwrap();
        assert_eq!(three.take(at(20_000_000), Some(again)), Err(at(40_000_000)));
    }

    #[test]
    fn a_budget_that_nobody_touched_for_its_period_is_whole_and_never_more() {
        let two = rate(2, 60);
        let mut full_at = Some(at(0));
        for _ in 0..2 {
            full_at = Some(two.take(at(3_600_000_000), full_at).unwrap());
        }
        assert!(two.take(at(3_600_000_000), full_at).is_err());
    }

    #[test]
    fn a_period_that_cannot_be_shared_out_evenly_has_none_too_many() {
        let seven = rate(7, 1);
        let mut full_at = None;
        for _ in 0..7 {
            full_at = Some(seven.take(at(0), full_at).unwrap());
        }
        assert!(full_at.unwrap() >= at(1_000_000));
    }

    #[test]
    fn a_budget_that_allows_much_is_kept_in_parts_that_allow_no_more_together() {
        for (burst, seconds, parts) in
            [(3_000, 3600, 1), (99, 1, 1), (100, 1, 2), (1_000_001, 60, 64), (u32::MAX, 1, 64)]
        {
            let rate = rate(burst, seconds);
            assert_eq!(rate.parts(), parts, "{rate}");
            let together = u64::from(rate.part().burst) * u64::from(parts);
            assert!(together <= burst.into() && together + 64 > burst.into(), "{rate}");
            assert_eq!(rate.part().period, rate.period);
        }
    }

    proptest! {
        /// Of attempts at any times, those that pass keep to the rule in every window, those that fail change nothing,
        /// and each is told exactly when it would have passed.
        #[test]
        fn whatever_is_attempted_the_rule_holds(
            burst in 1u32..12,
            seconds in 1i64..600,
            gaps in proptest::collection::vec(0i64..90_000_000, 1..150),
        ) {
            let rate = rate(burst, seconds);
            let (mut now, mut full_at) = (0, None);
            let mut passed: Vec<i64> = Vec::new();
            for gap in gaps {
                now += gap;
                match rate.take(at(now), full_at) {
                    Ok(taken) => {
                        passed.push(now);
                        full_at = Some(taken);
                    }
                    Err(again) => {
                        prop_assert!(again > at(now));
                        prop_assert!(rate.take(again, full_at).is_ok());
                        prop_assert!(rate.take(again - Duration::microseconds(1), full_at).is_err());
                    }
                }
            }
            let interval = rate.interval().num_microseconds().unwrap();
            for (first, from) in passed.iter().enumerate() {
                for (last, to) in passed.iter().enumerate().skip(first) {
                    let came_back = (to - from) / interval;
                    prop_assert!((last - first + 1) as i64 <= i64::from(burst) + came_back);
                }
            }
        }
    }
}
