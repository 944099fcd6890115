//! How long something lives, as a setting: `60s`, `10m`, `2h`, `30d`.

use chrono::Duration;
use serde::Deserialize;

/// A length of time between `MIN` and `MAX` seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Lifetime<const MIN: i64, const MAX: i64>(Duration);

impl<const MIN: i64, const MAX: i64> Lifetime<MIN, MAX> {
    pub fn duration(self) -> Duration {
        self.0
    }
}

impl<const MIN: i64, const MAX: i64> TryFrom<String> for Lifetime<MIN, MAX> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let seconds = seconds(&text).ok_or("should be a whole number with its unit, such as 60s, 10m, 2h or 30d")?;
        if (MIN..=MAX).contains(&seconds) {
            Ok(Lifetime(Duration::seconds(seconds)))
        } else {
            Err(format!("should be between {} and {}", written(MIN), written(MAX)))
        }
    }
}

const UNITS: [(char, i64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// A whole number with its unit.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let (unit, length) = UNITS.into_iter().find(|(unit, _)| text.ends_with(*unit))?;
    text.strip_suffix(unit)?.parse::<u32>().ok().map(|count| i64::from(count) * length)
}

pub(super) fn written(seconds: i64) -> String {
    let whole = |(_, length): &(char, i64)| seconds % length == 0;
    UNITS
        .into_iter()
        .find(whole)
        .map_or_else(|| format!("{seconds}s"), |(unit, length)| format!("{}{unit}", seconds / length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<i64, String> {
        Lifetime::<60, 7_200>::try_from(text.to_owned()).map(|lifetime| lifetime.duration().num_seconds())
    }

    #[test]
    fn a_lifetime_has_a_number_and_a_unit() {
        assert_eq!(parsed("60s"), Ok(60));
        assert_eq!(parsed("10m"), Ok(600));
        assert_eq!(parsed("2h"), Ok(7_200));
        for text in ["", "10", "m", "-1m", "1.5h", "10 m", "10m ", "99999999999m"] {
            assert!(parsed(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_lifetime_out_of_range_is_told_the_range() {
        assert_eq!(parsed("59s"), Err("should be between 1m and 2h".into()));
        assert_eq!(parsed("1d"), Err("should be between 1m and 2h".into()));
    }
}
