//! `id_token_hint` (OpenID Connect Core, section 3.1.2.1): an ID token of ours, expired or not, that says whom the client
//! expects. Anybody else who is signed in does not do.

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;
use crate::id_token::IdTokenHint;

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    if let Some(sent) = asked.params.get("id_token_hint") {
        let hint = IdTokenHint::verify(sent, asked.provider);
        let hint = hint.ok_or_else(|| OAuthError::invalid_request("id_token_hint is not an ID token of ours"))?;
        request.hint = Some(hint);
    }
    Ok(())
}
