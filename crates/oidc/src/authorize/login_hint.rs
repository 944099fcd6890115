//! `login_hint` (OpenID Connect Core, section 3.1.2.1): who the client thinks will sign in. Here that is an email address,
//! offered on the first page; anything else is ignored, as a hint may be.

use identity::email::Email;

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    request.login_hint = asked.params.get("login_hint").and_then(|hint| Email::parse(hint).ok());
    Ok(())
}
