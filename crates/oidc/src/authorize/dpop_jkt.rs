//! `dpop_jkt` (RFC 9449, section 10): the thumbprint of the key that the client will prove when it redeems the code. Then
//! the code is worth nothing to anybody else.

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;
use crate::sha256;

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let sent = asked.params.get("dpop_jkt");
    if sent.is_some_and(|sent| !sha256::is_one(sent)) {
        return Err(OAuthError::invalid_request("dpop_jkt is not a SHA-256 thumbprint in base64url"));
    }
    request.dpop_jkt = sent.map(str::to_owned);
    Ok(())
}
