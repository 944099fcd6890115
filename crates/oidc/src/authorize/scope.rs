//! `scope` (OpenID Connect Core, sections 3.1.2.1 and 11): `openid` has to be among them. Those that nobody here knows
//! are ignored; one that we know but that this client may not have is an error.

use identity::scope::{Scope, Scopes};

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let words = asked.params.get("scope").unwrap_or_default();
    let scopes: Scopes = words.split(' ').filter_map(Scope::parse).collect();
    let invalid = |description| Err(OAuthError::new(ErrorCode::InvalidScope, description));
    if !scopes.contains(Scope::Openid) {
        return invalid("scope has to hold openid");
    }
    if !scopes.is_subset(&asked.client.scopes) {
        return invalid("scope holds one that this client may not ask for");
    }
    request.scopes = scopes;
    Ok(())
}
