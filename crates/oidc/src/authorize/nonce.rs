//! `nonce` (OpenID Connect Core, section 3.1.2.1): put into the ID token unchanged. In the code flow a client may leave
//! it out.

use super::request::AuthorizationRequest;
use super::{Asked, text};
use crate::error::OAuthError;

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let wrong = "nonce is longer than 4096 bytes, or has control characters or bytes that are no UTF-8";
    request.nonce = text::optional(asked, "nonce", wrong)?;
    Ok(())
}
