//! Text of a client's own choosing that we keep or send back: any characters but control characters (RFC 6749,
//! appendix A), up to a length that is more than any honest client needs. Bytes that are no UTF-8 arrive here as a
//! replacement character; they could not be sent back as they came, so they are refused.

use super::Asked;
use crate::error::OAuthError;
use crate::params::Params;

const LONGEST: usize = 4096;

/// The parameter, if it is there; `wrong` says what is wrong with it.
pub(super) fn optional(asked: &Asked<'_>, name: &str, wrong: &'static str) -> Result<Option<String>, OAuthError> {
    match (asked.params.get(name), fit(asked.params, name)) {
        (Some(_), None) => Err(OAuthError::invalid_request(wrong)),
        (_, value) => Ok(value.map(str::to_owned)),
    }
}

/// The parameter, if it is there and may be sent back.
pub(super) fn fit<'p>(params: &'p Params, name: &str) -> Option<&'p str> {
    params.get(name).filter(|value| value.len() <= LONGEST && !value.contains(is_unfit))
}

fn is_unfit(c: char) -> bool {
    c.is_control() || c == char::REPLACEMENT_CHARACTER
}
