//! No parameter may be sent more than once (RFC 6749, section 3.1).

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;

pub(super) fn check(asked: &Asked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    if asked.params.any_repeated() {
        return Err(OAuthError::invalid_request("a parameter was sent more than once"));
    }
    Ok(())
}
