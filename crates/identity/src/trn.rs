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
