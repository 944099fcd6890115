//! Dates of birth, as three text boxes give them.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{TextFault, tidy};

/// Some of the three boxes of a date, to name them in a message or to highlight them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateParts {
    pub day: bool,
    pub month: bool,
    pub year: bool,
}

impl DateParts {
    /// The date as a whole.
    pub const ALL: Self = Self { day: true, month: true, year: true };

    fn any(self) -> bool {
        self.day || self.month || self.year
    }
}

/// Why a date of birth was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum DateError {
    /// All three boxes are empty.
    #[error("the date is missing")]
    Missing,
    /// Some boxes are empty: these.
    #[error("a part of the date is missing")]
    Incomplete(DateParts),
    /// There is no such date. These parts cannot be right; all of them where only the whole cannot (31 February).
    #[error("the date is not a real date")]
    NotReal(DateParts),
    /// After today.
    #[error("the date is in the future")]
    Future,
    /// Before 1900.
    #[error("the date is before 1900")]
    TooEarly,
}

/// A date of birth. Written YYYY-MM-DD wherever it is not shown to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateOfBirth(NaiveDate);

impl DateOfBirth {
    /// The first year that anybody alive may name.
    pub const EARLIEST_YEAR: i32 = 1900;

    /// Reads three boxes. The month may be a number, an English name or the short form of one; the year has four
    /// digits. Neither before 1900 nor after `today`.
    pub fn parse(day: &str, month: &str, year: &str, today: NaiveDate) -> Result<Self, DateError> {
        let (day, month, year) = (tidy(day), tidy(month), tidy(year));
        let empty = DateParts { day: is_missing(&day), month: is_missing(&month), year: is_missing(&year) };
        if empty == DateParts::ALL {
            return Err(DateError::Missing);
        }
        if empty.any() {
            return Err(DateError::Incomplete(empty));
        }
        let day = day.ok().and_then(|text| number(&text, 1..=2)).filter(|day| (1..=31).contains(day));
        let month = month.ok().and_then(|text| month_number(&text));
        let year = year.ok().and_then(|text| number(&text, 4..=4));
        let (Some(day), Some(month), Some(year)) = (day, month, year) else {
            let wrong = DateParts { day: day.is_none(), month: month.is_none(), year: year.is_none() };
            return Err(DateError::NotReal(wrong));
        };
        let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
        match date.ok_or(DateError::NotReal(DateParts::ALL))? {
            date if date > today => Err(DateError::Future),
            date if date.year() < Self::EARLIEST_YEAR => Err(DateError::TooEarly),
            date => Ok(Self(date)),
        }
    }

    /// A date that is known to be one, from a teaching record or a database.
    pub fn new(date: NaiveDate) -> Self {
        Self(date)
    }

    /// The date.
    pub fn date(self) -> NaiveDate {
        self.0
    }
}

impl std::fmt::Display for DateOfBirth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

fn is_missing(part: &Result<String, TextFault>) -> bool {
    *part == Err(TextFault::Missing)
}

/// A number written with ASCII digits only, so many of them: no sign, no fraction.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let only_digits = digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    only_digits.then(|| text.parse().ok()).flatten()
}

fn month_number(text: &str) -> Option<u32> {
    if let Some(month) = number(text, 1..=2) {
        return (1..=12).contains(&month).then_some(month);
    }
    // "Sept" is as usual as "Sep".
    let lower = text.to_lowercase();
    let position = MONTHS
        .iter()
        .position(|name| lower == *name || lower == name[..3] || (lower == "sept" && *name == "september"))?;
    u32::try_from(position + 1).ok()
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: DateParts = DateParts { day: true, month: false, year: false };
    const MONTH: DateParts = DateParts { day: false, month: true, year: false };
    const YEAR: DateParts = DateParts { day: false, month: false, year: true };

    fn parse(day: &str, month: &str, year: &str) -> Result<String, DateError> {
        let today = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        DateOfBirth::parse(day, month, year, today).map(|date| date.to_string())
    }

    #[test]
    fn a_date_is_read_from_three_boxes() {
        for (day, month, year, date) in [
            ("1", "2", "1980", "1980-02-01"),
            (" 01 ", "02", "1980\t", "1980-02-01"),
            ("29", "February", "1980", "1980-02-29"),
            ("3", "SEP", "1999", "1999-09-03"),
            ("3", "sept", "1999", "1999-09-03"),
            ("1", "1", "1900", "1900-01-01"),
            ("29", "2", "2024", "2024-02-29"),
        ] {
            assert_eq!(parse(day, month, year), Ok(date.to_owned()));
        }
    }

    #[test]
    fn empty_boxes_are_named() {
        assert_eq!(parse("", " ", "\u{200B}"), Err(DateError::Missing));
        assert_eq!(parse("", "2", "1980"), Err(DateError::Incomplete(DAY)));
        assert_eq!(parse("1", "", "1980"), Err(DateError::Incomplete(MONTH)));
        assert_eq!(parse("1", "2", ""), Err(DateError::Incomplete(YEAR)));
        let all_but_day = DateParts { day: false, ..DateParts::ALL };
        assert_eq!(parse("x", "", ""), Err(DateError::Incomplete(all_but_day)));
    }

    #[test]
    fn parts_that_cannot_be_right_are_named() {
        for day in ["0", "32", "x", "1.5", "+1", "-1", "001", "１", "1\0", "😀"] {
            assert_eq!(parse(day, "2", "1980"), Err(DateError::NotReal(DAY)), "{day}");
        }
        for month in ["0", "13", "Febr", "J", "+2", "-2", "février", "2\0", "😀"] {
            assert_eq!(parse("1", month, "1980"), Err(DateError::NotReal(MONTH)), "{month}");
        }
        for year in ["80", "980", "19800", "198O", "+980", "-1980", "１９８０", "1980\0"] {
            assert_eq!(parse("1", "2", year), Err(DateError::NotReal(YEAR)), "{year}");
        }
        let long = "1".repeat(10_000);
        assert_eq!(parse(&long, &long, &long), Err(DateError::NotReal(DateParts::ALL)));
    }

    #[test]
    fn a_day_that_its_month_does_not_have_is_wrong_as_a_whole() {
        assert_eq!(parse("31", "2", "1980"), Err(DateError::NotReal(DateParts::ALL)));
        assert_eq!(parse("29", "2", "1981"), Err(DateError::NotReal(DateParts::ALL)));
        assert_eq!(parse("31", "April", "1980"), Err(DateError::NotReal(DateParts::ALL)));
    }

    #[test]
    fn a_date_lies_between_1900_and_today() {
        assert_eq!(parse("1", "3", "2024"), Err(DateError::Future));
        assert_eq!(parse("31", "12", "9999"), Err(DateError::Future));
        assert_eq!(parse("31", "12", "1899"), Err(DateError::TooEarly));
        assert_eq!(parse("1", "1", "0000"), Err(DateError::TooEarly));
    }

    #[test]
    fn a_date_is_stored_as_year_month_day() {
        let date = DateOfBirth::new(NaiveDate::from_ymd_opt(1980, 2, 1).unwrap());
        assert_eq!(serde_json::to_string(&date).unwrap(), r#""1980-02-01""#);
        assert_eq!(serde_json::from_str::<DateOfBirth>(r#""1980-02-01""#).unwrap(), date);
        assert!(serde_json::from_str::<DateOfBirth>(r#""1980-02-31""#).is_err());
    }
}
