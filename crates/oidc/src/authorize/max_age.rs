//! `max_age` (OpenID Connect Core, section 3.1.2.1): the most seconds that may lie between the person's proof of who they
//! are and now; 0 always asks for a new one.

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    if let Some(sent) = asked.params.get("max_age") {
        let wrong = || OAuthError::invalid_request("max_age is not a number of seconds");
        request.max_age = Some(sent.parse().map_err(|_| wrong())?);
    }
    Ok(())
}
