//! `resource` at the token endpoint (RFC 8707, section 2.2): those that were granted, or fewer.

use crate::client_request::Failure;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;

/// What the access token is for. None at all means this server.
pub(super) fn asked(params: &Params, granted: &[String]) -> Result<Vec<String>, Failure> {
    let asked = params.values_of("resource");
    if !asked.iter().all(|resource| granted.contains(resource)) {
        let description = "resource is not one that was granted";
        return Err(OAuthError::new(ErrorCode::InvalidTarget, description).into());
    }
    Ok(if asked.is_empty() { granted.to_vec() } else { asked.to_vec() })
}
