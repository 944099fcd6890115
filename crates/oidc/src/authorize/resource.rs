//! `resource` (RFC 8707): what the access token is to be for, where that is not this server. A client may name those that
//! its file has, and more than one.

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let sent = asked.params.values_of("resource");
    if !sent.iter().all(|resource| asked.client.resources.contains(resource)) {
        return Err(OAuthError::new(ErrorCode::InvalidTarget, "resource is not one that this client may use"));
    }
    request.resources = sent.to_vec();
    Ok(())
}
