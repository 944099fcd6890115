//! `response_type` (RFC 6749, section 3.1.1; RFC 9700, section 2.1.2): the code flow and no other, since the others put
//! tokens into addresses.

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};

pub(crate) const RESPONSE_TYPES: [&str; 1] = ["code"];

pub(super) fn check(asked: &Asked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    match asked.params.get("response_type") {
        Some(sent) if RESPONSE_TYPES.contains(&sent) => Ok(()),
        Some(_) => Err(OAuthError::new(ErrorCode::UnsupportedResponseType, "the only response_type is code")),
        None => Err(OAuthError::invalid_request("response_type is missing")),
    }
}
