//! `state` (RFC 6749, section 4.1.1): the client's own, sent back unchanged with every answer.

use super::request::AuthorizationRequest;
use super::{Asked, text};
use crate::error::OAuthError;

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let wrong = "state is longer than 4096 bytes, or has control characters or bytes that are no UTF-8";
    request.reply_to.state = text::optional(asked, "state", wrong)?;
    Ok(())
}
