//! One-time codes: six digits that prove an address.

use chrono::Duration;
use uuid::Uuid;

use crate::clock::Time;
use crate::interaction::InteractionId;
use crate::secret::{Hashed, Plain};

pub const DIGITS: u32 = 6;
/// Wrong or right, so many guesses may be made at one code.
pub const MAX_TRIES: u32 = 5;
/// An expired code that is younger than this is replaced by a new one without the person having to ask.
pub const REPLACED_WITHIN: Duration = Duration::hours(2);

/// What a code proves, and so which codes replace each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodePurpose {
    SignIn,
}

impl CodePurpose {
    pub fn as_str(self) -> &'static str {
        match self {
            CodePurpose::SignIn => "sign_in",
        }
    }
}

/// A code as it is kept. At most one per address and purpose is live: issuing another retires the ones before.
#[derive(Clone, Debug, PartialEq)]
pub struct OneTimeCode {
    pub id: Uuid,
    pub interaction: InteractionId,
    /// The canonical address that it was sent to.
    pub address: String,
    pub purpose: CodePurpose,
    pub code: Hashed,
    pub created_at: Time,
    pub expires_at: Time,
    pub tries: u32,
    /// Used, or retired by a newer one: dead either way.
    pub ended_at: Option<Time>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFormError {
    #[error("nothing was entered")]
    Missing,
    #[error("something other than digits was entered")]
    NotDigits,
    #[error("fewer than six digits were entered")]
    TooShort,
    #[error("more than six digits were entered")]
    TooLong,
}

/// Reads what a person typed; spaces and hyphens do not count.
pub fn parse(typed: &str) -> Result<Plain, CodeFormError> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && !"-‐‑‒–—\u{ad}\u{200b}".contains(*c)).collect();
    let length = digits.chars().count();
    match length {
        0 => Err(CodeFormError::Missing),
        _ if !digits.chars().all(|c| c.is_ascii_digit()) => Err(CodeFormError::NotDigits),
        _ if length < DIGITS as usize => Err(CodeFormError::TooShort),
        _ if length > DIGITS as usize => Err(CodeFormError::TooLong),
        _ => Ok(Plain::new(digits)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_hyphens_in_what_is_typed_are_ignored() {
        for typed in ["123456", " 123 456 ", "123-456", "12\u{2013}34\u{a0}56"] {
            assert_eq!(parse(typed).unwrap().expose(), "123456", "{typed:?}");
        }
    }

    #[test]
    fn each_way_to_be_malformed_has_its_own_error() {
        assert_eq!(parse("  "), Err(CodeFormError::Missing));
        assert_eq!(parse("12345a"), Err(CodeFormError::NotDigits));
        assert_eq!(parse("١٢٣٤٥٦"), Err(CodeFormError::NotDigits));
        assert_eq!(parse("12345"), Err(CodeFormError::TooShort));
        assert_eq!(parse("1234567"), Err(CodeFormError::TooLong));
    }
}
