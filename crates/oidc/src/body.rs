//! Reading the body of a POST: a form, of a size that we are willing to read.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Payload;

use crate::error::OAuthError;
use crate::params::Params;

/// More than any honest request here has, and little enough to keep in memory.
const LIMIT: usize = 64 * 1024;

/// Why a body is no form of ours, with the HTTP status that says so.
#[derive(Debug)]
pub(crate) struct BadBody {
    pub(crate) status: StatusCode,
    pub(crate) error: OAuthError,
}

impl BadBody {
    fn new(status: StatusCode, description: &'static str) -> BadBody {
        BadBody { status, error: OAuthError::invalid_request(description) }
    }
}

/// Reads `application/x-www-form-urlencoded` (RFC 6749, section 3.2), at most 64 KiB of it.
pub(crate) async fn form(request: &HttpRequest, payload: Payload) -> Result<Params, BadBody> {
    if !is_form(request) {
        let description = "the body has to be application/x-www-form-urlencoded";
        return Err(BadBody::new(StatusCode::BAD_REQUEST, description));
    }
    match payload.to_bytes_limited(LIMIT).await {
        Ok(Ok(bytes)) => Ok(Params::parse(&bytes)),
        Ok(Err(_)) => Err(BadBody::new(StatusCode::BAD_REQUEST, "the body could not be read to its end")),
        Err(_) => Err(BadBody::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large")),
    }
}

pub(crate) fn is_form(request: &HttpRequest) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
