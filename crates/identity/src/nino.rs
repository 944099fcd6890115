//! National Insurance numbers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{is_hyphen, is_unseen, text_word};

/// Why a National Insurance number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum NinoError {
    /// Nothing was typed, or nothing but spaces.
    #[error("the National Insurance number is missing")]
    Missing,
    /// Not two letters, six digits and at most one letter.
    #[error("the National Insurance number is not in the right format")]
    Malformed,
}

/// A National Insurance number in its normal form: upper case, without spaces and hyphens ("AB123456C").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nino(String);
text_word!(Nino, NinoError);

impl Nino {
    /// Two letters (the first not D, F, I, Q, U or V; the second neither, nor O), six digits, and a last letter of A, B,
    /// C, D, F or M, which may be missing. Case, spaces and hyphens are ignored.
    pub fn parse(typed: &str) -> Result<Self, NinoError> {
        let mut seen = typed.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c) && !is_unseen(*c)).peekable();
        if seen.peek().is_none() {
            return Err(NinoError::Missing);
        }
        // One more than the longest, so that a longer one is seen to be so without reading all of it.
        let normal: String = seen.take(10).map(|c| c.to_ascii_uppercase()).collect();
        if is_nino(normal.as_bytes()) { Ok(Self(normal)) } else { Err(NinoError::Malformed) }
    }

    /// The number in its normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_nino(number: &[u8]) -> bool {
    let [first, second, rest @ ..] = number else { return false };
    let Some((digits, suffix)) = rest.split_at_checked(6) else { return false };
    is_prefix_letter(*first)
        && is_prefix_letter(*second)
        && *second != b'O'
        && digits.iter().all(u8::is_ascii_digit)
        && matches!(suffix, [] | [b'A'..=b'D' | b'F' | b'M'])
}

fn is_prefix_letter(letter: u8) -> bool {
    letter.is_ascii_uppercase() && !b"DFIQUV".contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nino_is_read_whatever_its_case_and_spacing() {
        for (typed, normal) in [
            ("AB123456C", "AB123456C"),
            ("AB123456", "AB123456"),
            (" AB 12 3 456 C ", "AB123456C"),
            ("Ab123456c", "AB123456C"),
            ("ab-12-34-56-m", "AB123456M"),
            ("AB\u{A0}123\u{2011}456\u{200B}F", "AB123456F"),
        ] {
            assert_eq!(Nino::parse(typed).map(String::from), Ok(normal.to_owned()));
        }
    }

    #[test]
    fn anything_else_is_malformed() {
        for typed in [
            "AB123456X",
            "AB123456Cx",
            "AB123456E",
            "AB12345",
            "AB1234567",
            "A1123456C",
            "1B123456C",
            "ABC23456C",
            "AB12345６C",
            "ÀB123456C",
            "AB123456C\0",
            "😀",
            "A",
        ] {
            assert_eq!(Nino::parse(typed), Err(NinoError::Malformed), "{typed}");
        }
        assert_eq!(Nino::parse(&"AB123456C".repeat(1_000)), Err(NinoError::Malformed));
    }

    #[test]
    fn some_letters_never_begin_a_nino() {
        for letter in "DFIQUV".chars() {
            assert_eq!(Nino::parse(&format!("{letter}B123456C")), Err(NinoError::Malformed));
            assert_eq!(Nino::parse(&format!("A{letter}123456C")), Err(NinoError::Malformed));
        }
        assert!(Nino::parse("OA123456C").is_ok());
        assert_eq!(Nino::parse("AO123456C"), Err(NinoError::Malformed));
    }

    #[test]
    fn nothing_but_spaces_and_hyphens_is_missing() {
        for typed in ["", "  ", " - ", "\u{200B}"] {
            assert_eq!(Nino::parse(typed), Err(NinoError::Missing));
        }
    }
}
