//! `request`, `request_uri`, `registration` (OpenID Connect Core, sections 6 and 7.2.1): a server that does not support
//! them says so, and never goes on as if they had not been sent.

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};

const UNSUPPORTED: [(&str, ErrorCode, &str); 3] = [
    ("request", ErrorCode::RequestNotSupported, "request objects are not supported"),
    ("request_uri", ErrorCode::RequestUriNotSupported, "request_uri is not supported"),
    ("registration", ErrorCode::RegistrationNotSupported, "registration is not supported"),
];

pub(super) fn check(asked: &Asked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    match UNSUPPORTED.into_iter().find(|(name, ..)| asked.params.get(name).is_some()) {
        Some((_, error, description)) => Err(OAuthError::new(error, description)),
        None => Ok(()),
    }
}
