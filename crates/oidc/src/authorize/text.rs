//! Text of a client's own choosing that we keep or send back: any characters but control characters (RFC 6749,
//! appendix A), up to a length that is more than any honest client needs.

use super::Asked;
use crate::error::OAuthError;

const LONGEST: usize = 4096;

/// The parameter, if it is there; `wrong` says what is wrong with it.
pub(super) fn optional(asked: &Asked<'_>, name: &str, wrong: &'static str) -> Result<Option<String>, OAuthError> {
    match asked.params.get(name) {
        Some(value) if value.len() > LONGEST || value.contains(char::is_control) => {
            Err(OAuthError::invalid_request(wrong))
        }
        value => Ok(value.map(str::to_owned)),
    }
}
