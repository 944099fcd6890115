//! The errors of these endpoints (RFC 6749, section 5.2).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use store::StoreError;

use crate::body::BadBody;
use crate::client_jwt::Refused;
use crate::error::{ErrorCode, OAuthError};
use crate::keys::KeysError;
use crate::response::{private_json, unavailable_json};
use crate::secrets::Crowded;

pub(crate) enum Failure {
    /// What was sent is wrong.
    Refused { status: StatusCode, error: OAuthError },
    /// The client did not prove who it is. The text is for its developer.
    Unauthenticated(&'static str),
    /// Too many ask in the name of this client, and do not prove that they are it.
    Crowded,
    /// The store did not answer.
    Unavailable(Box<dyn std::error::Error>),
}

impl Failure {
    /// One answer for an unknown client, a wrong secret and a missing one.
    pub(crate) const UNAUTHENTICATED: Failure = Failure::Unauthenticated("the client could not be authenticated");

    pub(crate) fn into_response(self) -> HttpResponse {
        match self {
            Failure::Refused { status, error } => {
                tracing::info!(%error, "a client's request was refused");
                private_json(status, &error)
            }
            Failure::Unauthenticated(description) => unauthenticated(description),
            Failure::Crowded => {
                tracing::warn!("a client's secret was not looked at: too many wait for that already");
                unavailable_json()
            }
            Failure::Unavailable(error) => {
                tracing::error!(error, "a client's request could not be answered");
                unavailable_json()
            }
        }
    }
}

/// A 401 names a way to authenticate, whichever way was tried (RFC 9110, section 15.5.2).
fn unauthenticated(description: &'static str) -> HttpResponse {
    let error = OAuthError::new(ErrorCode::InvalidClient, description);
    tracing::info!(%error, "a client did not authenticate");
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

impl From<Crowded> for Failure {
    fn from(Crowded: Crowded) -> Failure {
        Failure::Crowded
    }
}

/// What a client signed to say who it is was not good.
impl From<Refused> for Failure {
    fn from(refused: Refused) -> Failure {
        match refused {
            Refused::Because(why) => Failure::Unauthenticated(why),
            Refused::Unavailable(error) => Failure::Unavailable(error),
        }
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
