//! `[code_budgets]`: how many one-time codes may be sent and tried.

use chrono::Duration;
use identity::budget::Rate;
use serde::Deserialize;

use super::lifetime::seconds;
use super::read::section;

section! {
    pub CodeBudgets {
        send_per_address: RateSetting,
        send_per_known_browser: RateSetting,
        send_per_journey: RateSetting,
        send_per_prefix: RateSetting,
        send_in_all: RateSetting,
        send_sms_in_all: RateSetting,
        send_sms_abroad_in_all: RateSetting,
        try_per_address: RateSetting,
        try_per_known_browser: RateSetting,
        try_per_journey: RateSetting,
        try_per_prefix: RateSetting,
        try_in_all: RateSetting,
    }
}

/// So many at once, and the time in which they come back: `5 in 1h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RateSetting(Rate);

const MOST: u32 = 1_000_000;
const LONGEST: i64 = 30 * 86_400;

impl RateSetting {
    pub fn rate(self) -> Rate {
        self.0
    }
}

impl TryFrom<String> for RateSetting {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once(" in ").and_then(|(count, time)| Some((count.parse().ok()?, seconds(time)?)));
        let (count, seconds) = parts.ok_or("should be a whole number and a time, such as 5 in 1h")?;
        let sound = (1..=MOST).contains(&count) && (1..=LONGEST).contains(&seconds);
        let rate = Rate::new(count, Duration::seconds(seconds)).filter(|_| sound);
        rate.map(RateSetting).ok_or_else(|| format!("should be between 1 and {MOST}, and between 1s and 30d"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::DateTime;

    use super::*;
    use crate::config::Config;

    fn parsed(text: &str) -> Result<Rate, String> {
        RateSetting::try_from(text.to_owned()).map(RateSetting::rate)
    }

    #[test]
    fn a_rate_has_a_number_and_a_time() {
        assert_eq!(parsed("5 in 1h"), Ok(Rate::new(5, Duration::hours(1)).unwrap()));
        assert_eq!(parsed("1000000 in 30d"), Ok(Rate::new(1_000_000, Duration::days(30)).unwrap()));
        for text in ["", "5", "5 in", "5 in 1", "in 1h", "5 per 1h", "-5 in 1h", "5in1h", "5 in 1h ", "5.5 in 1h"] {
            assert_eq!(parsed(text), Err("should be a whole number and a time, such as 5 in 1h".into()), "{text:?}");
        }
        for text in ["0 in 1h", "1000001 in 1h", "5 in 0s", "5 in 31d"] {
            assert!(parsed(text).unwrap_err().starts_with("should be between 1 and 1000000"), "{text:?}");
        }
    }

    /// The budgets as they come, with nothing configured.
    fn defaults() -> CodeBudgets {
        let files: [&Path; 0] = [];
        let key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        let own = [
            ("GAI__SERVER__ISSUER", "https://identity.example".to_owned()),
            ("GAI__SECRETS__HASH_KEY", key.to_owned()),
            ("GAI__SECRETS__SEALING_KEYS", format!("a:{key}")),
            ("GAI__SERVER__PROFILE", "test".to_owned()),
        ];
        Config::load(&files, own.map(|(name, value)| (name.to_owned(), value))).unwrap().code_budgets
    }

    /// Takes whenever there is something to take, for so long; how often that was, and the longest wait for the next.
    fn greedy(rate: Rate, time: Duration) -> (u32, Duration) {
        let start = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let (mut now, mut full_at, mut taken, mut longest) = (start, None, 0, Duration::zero());
        while now <= start + time {
            match rate.take(now, full_at) {
                Ok(then) => (full_at, taken) = (Some(then), taken + 1),
                Err(again) => {
                    longest = longest.max(again - now);
                    now = again;
                }
            }
        }
        (taken, longest)
    }

    #[test]
    fn by_default_the_odds_against_an_address_are_one_in_ten_thousand_a_day_at_most() {
        let budgets = defaults();
        for rate in [budgets.try_per_address, budgets.try_per_known_browser] {
            let (guesses, _) = greedy(rate.rate(), Duration::days(1));
            assert_eq!(guesses, 84, "docs/security.md says so");
            assert!(f64::from(guesses) / 1e6 <= 1.0 / 10_000.0);
        }
    }

    #[test]
    fn by_default_an_address_that_an_attacker_leaves_is_free_again_within_half_an_hour() {
        let budgets = defaults();
        for rate in [budgets.try_per_address, budgets.send_per_address] {
            assert_eq!(greedy(rate.rate(), Duration::days(1)).1, Duration::minutes(20), "docs/security.md says so");
        }
    }

    #[test]
    fn by_default_sixty_people_behind_one_prefix_sign_in_at_once_with_a_second_code_and_a_mistake_each() {
        let budgets = defaults();
        for (rate, each) in [(budgets.send_per_prefix, 2), (budgets.try_per_prefix, 3)] {
            assert!(greedy(rate.rate(), Duration::microseconds(1)).0 >= 60 * each);
        }
    }
}
