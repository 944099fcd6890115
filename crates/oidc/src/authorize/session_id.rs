//! `session_id`: an extension of ours. The client's own name for its visitor, kept with the request so that its trail and
//! ours can be laid side by side.

use super::request::AuthorizationRequest;
use super::{Asked, text};
use crate::error::OAuthError;

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let wrong = "session_id is longer than 4096 bytes, or has control characters or bytes that are no UTF-8";
    request.session_id = text::optional(asked, "session_id", wrong)?;
    Ok(())
}
