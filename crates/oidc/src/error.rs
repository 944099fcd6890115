//! OAuth errors: a word from a spec's list for the client's program, and a sentence for its developer.

use serde::Serialize;

/// The `error` of a response: an error_code from RFC 6749 (sections 4.1.2.1 and 5.2), OpenID Connect Core (3.1.2.6), RFC
/// 6750 (3.1), RFC 8707 (2), RFC 9101 (7), RFC 9449 (5 and 8), or OpenID Connect Core Error Code
/// unmet_authentication_requirements 1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ErrorCode {
    AccessDenied,
    InsufficientScope,
    InteractionRequired,
    InvalidClient,
    InvalidDpopProof,
    InvalidGrant,
    InvalidRequest,
    InvalidRequestObject,
    InvalidScope,
    InvalidTarget,
    InvalidToken,
    LoginRequired,
    RegistrationNotSupported,
    RequestNotSupported,
    RequestUriNotSupported,
    TemporarilyUnavailable,
    UnauthorizedClient,
    UnmetAuthenticationRequirements,
    UnsupportedGrantType,
    UnsupportedResponseType,
    UseDpopNonce,
}

impl ErrorCode {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ErrorCode::AccessDenied => "access_denied",
            ErrorCode::InsufficientScope => "insufficient_scope",
            ErrorCode::InteractionRequired => "interaction_required",
            ErrorCode::InvalidClient => "invalid_client",
            ErrorCode::InvalidDpopProof => "invalid_dpop_proof",
            ErrorCode::InvalidGrant => "invalid_grant",
            ErrorCode::InvalidRequest => "invalid_request",
            ErrorCode::InvalidRequestObject => "invalid_request_object",
            ErrorCode::InvalidScope => "invalid_scope",
            ErrorCode::InvalidTarget => "invalid_target",
            ErrorCode::InvalidToken => "invalid_token",
            ErrorCode::LoginRequired => "login_required",
            ErrorCode::RegistrationNotSupported => "registration_not_supported",
            ErrorCode::RequestNotSupported => "request_not_supported",
            ErrorCode::RequestUriNotSupported => "request_uri_not_supported",
            ErrorCode::TemporarilyUnavailable => "temporarily_unavailable",
            ErrorCode::UnauthorizedClient => "unauthorized_client",
            ErrorCode::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            ErrorCode::UnsupportedGrantType => "unsupported_grant_type",
            ErrorCode::UnsupportedResponseType => "unsupported_response_type",
            ErrorCode::UseDpopNonce => "use_dpop_nonce",
        }
    }
}

/// What goes onto the wire. The description is fixed text, so that nothing that was sent can come back in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}: {description}", error.as_str())]
pub(crate) struct OAuthError {
    pub(crate) error: ErrorCode,
    #[serde(rename = "error_description")]
    pub(crate) description: &'static str,
}

impl OAuthError {
    pub(crate) fn new(error: ErrorCode, description: &'static str) -> OAuthError {
        OAuthError { error, description }
    }

    pub(crate) fn invalid_request(description: &'static str) -> OAuthError {
        OAuthError::new(ErrorCode::InvalidRequest, description)
    }
}
