//! Why a sign-in did not come to its end, in words for whoever tries the provider out.

use std::error::Error;

use actix_web::http::StatusCode;
use openidconnect::core::CoreErrorResponseType;
use openidconnect::{RequestTokenError, StandardErrorResponse};
use thiserror::Error;

#[derive(Debug, Error)]
pub(super) enum Fault {
    /// The provider said no, in the words of OAuth (RFC 6749, sections 4.1.2.1 and 5.2).
    #[error("{error}")]
    Refused { error: String, description: Option<String> },
    #[error("The demo service has no client of that name.")]
    UnknownClient,
    #[error("This sign-in was not started in this browser, or has been finished already.")]
    UnknownState,
    #[error("The answer came from another issuer than the one that was asked.")]
    OtherIssuer,
    #[error("The answer has neither a code nor an error.")]
    EmptyAnswer,
    #[error("The provider could not be reached, or its answer could not be read: {0}")]
    Provider(String),
    #[error("The ID token is not to be trusted: {0}")]
    IdToken(String),
}

impl Fault {
    /// A failed call, with the whole chain of causes: the outermost one alone seldom says what happened.
    pub(super) fn provider(error: &dyn Error) -> Self {
        Self::Provider(chain(error))
    }

    pub(super) fn id_token(error: &dyn Error) -> Self {
        Self::IdToken(chain(error))
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            // What a person decided, or a rule that worked: no fault of anybody's.
            Self::Refused { .. } => StatusCode::OK,
            Self::UnknownClient => StatusCode::NOT_FOUND,
            Self::UnknownState | Self::OtherIssuer | Self::EmptyAnswer => StatusCode::BAD_REQUEST,
            Self::Provider(_) | Self::IdToken(_) => StatusCode::BAD_GATEWAY,
        }
    }
}

impl<E: Error + 'static> From<RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>> for Fault {
    fn from(error: RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>) -> Self {
        match error {
            RequestTokenError::ServerResponse(refusal) => Self::Refused {
                error: refusal.error().as_ref().to_owned(),
                description: refusal.error_description().cloned(),
            },
            other => Self::provider(&other),
        }
    }
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
