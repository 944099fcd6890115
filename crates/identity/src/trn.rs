//! Teacher reference numbers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{is_unseen, text_word};

/// Why a teacher reference number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum TrnError {
    /// Nothing was typed, or nothing but spaces.
    #[error("the teacher reference number is missing")]
    Missing,
    /// Not exactly seven digits in all.
    #[error("the teacher reference number does not have 7 digits")]
    Malformed,
}

/// A teacher reference number: seven digits, leading zeros kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Trn(String);
text_word!(Trn, TrnError);

impl Trn {
    const DIGITS: usize = 7;

    /// Takes the digits (0 to 9) from among whatever else was typed, "RP99/12345" for one. There must be seven.
    pub fn parse(typed: &str) -> Result<Self, TrnError> {
        if typed.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
            return Err(TrnError::Missing);
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).take(Self::DIGITS + 1).collect();
        if digits.len() == Self::DIGITS { Ok(Self(digits)) } else { Err(TrnError::Malformed) }
    }

    /// The seven digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_are_found_among_other_characters() {
        for (typed, digits) in [
            ("1234567", "1234567"),
            ("RP99/12345", "9912345"),
            (" 0012345 ", "0012345"),
            ("12 34-567", "1234567"),
            ("TRN: 12/34567\0😀", "1234567"),
        ] {
            assert_eq!(Trn::parse(typed).map(String::from), Ok(digits.to_owned()));
        }
    }

    #[test]
    fn more_or_fewer_than_seven_digits_are_malformed() {
        for typed in ["123456", "1234567 8", "abc", "１２３４５６７", "-"] {
            assert_eq!(Trn::parse(typed), Err(TrnError::Malformed), "{typed}");
        }
        assert_eq!(Trn::parse(&"1".repeat(10_000)), Err(TrnError::Malformed));
    }

    #[test]
    fn nothing_to_be_seen_is_missing() {
        assert_eq!(Trn::parse(" \t\u{200B}"), Err(TrnError::Missing));
        assert_eq!(Trn::parse(""), Err(TrnError::Missing));
    }
}
