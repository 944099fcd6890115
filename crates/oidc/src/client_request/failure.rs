//! The errors of these endpoints (RFC 6749, section 5.2).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use store::StoreError;

use crate::body::BadBody;
use crate::error::{ErrorCode, OAuthError};
use crate::keys::KeysError;
use crate::response::{private_json, unavailable_json};

pub(crate) enum Failure {
    /// What was sent is wrong.
    Refused { status: StatusCode, error: OAuthError },
    /// The client did not prove who it is.
    Unauthenticated,
    /// The store did not answer.
    Unavailable(Box<dyn std::error::Error>),
}

impl Failure {
    pub(crate) fn into_response(self) -> HttpResponse {
        match self {
            Failure::Refused { status, error } => {
                tracing::info!(%error, "a client's request was refused");
                private_json(status, &error)
            }
            Failure::Unauthenticated => unauthenticated(),
            Failure::Unavailable(error) => {
                tracing::error!(error, "a client's request could not be answered");
                unavailable_json()
            }
        }
    }
}

/// One answer for an unknown client, a wrong secret and a missing one. A 401 names a way to authenticate, whichever way
/// was tried (RFC 9110, section 15.5.2).
fn unauthenticated() -> HttpResponse {
    let error = OAuthError::new(ErrorCode::InvalidClient, "the client could not be authenticated");
    let mut response = private_json(StatusCode::UNAUTHORIZED, &error);
    let challenge = HeaderValue::from_static("Basic realm=\"token\", charset=\"UTF-8\"");
    response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    response
}

impl From<OAuthError> for Failure {
    fn from(error: OAuthError) -> Failure {
        Failure::Refused { status: StatusCode::BAD_REQUEST, error }
    }
}

impl From<BadBody> for Failure {
    fn from(BadBody { status, error }: BadBody) -> Failure {
        Failure::Refused { status, error }
    }
}

impl From<KeysError> for Failure {
    fn from(error: KeysError) -> Failure {
        Failure::Unavailable(Box::new(error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Unavailable(Box::new(error))
    }
}
