//! What keeps a page from being answered at all. The log has the causes; the person has a reason to try again.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use store::StoreError;

use crate::scribe::NotWritten;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Render(#[from] govuk::RenderError),
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
    #[error("the same journey was changed too often at the same moment")]
    Busy,
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Failure::Store(error) | Failure::NotWritten(NotWritten::Store(error)) if error.is_unavailable() => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Failure::Store(_) | Failure::Render(_) | Failure::NotWritten(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Failure::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        if self.status_code() == StatusCode::SERVICE_UNAVAILABLE {
            answer.insert_header((RETRY_AFTER, "5"));
        }
        tracing::error!(error = self as &dyn std::error::Error, "a page cannot be answered");
        answer.finish()
    }
}
