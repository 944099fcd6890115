//! Bearer tokens (RFC 6750): where one may be, and what is said when it is not there or does not do.

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;

const REALM: &str = "userinfo";

/// Section 3.1.
#[derive(Debug, PartialEq)]
pub(super) enum Refusal {
    /// No token at all: the challenge says no more than that one is needed.
    NoToken,
    BadRequest(&'static str),
    InvalidToken,
    InsufficientScope,
}

/// Section 2.1. The scheme's name is written in any case.
pub(super) fn in_header(http: &HttpRequest) -> Result<String, Refusal> {
    let header = http.headers().get(AUTHORIZATION).ok_or(Refusal::NoToken)?;
    let header = header.to_str().map_err(|_| Refusal::InvalidToken)?;
    match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer") => Ok(token.trim().into()),
        _ => Err(Refusal::NoToken),
    }
}

/// Section 2: in the header or in the form, but a client uses one way only.
pub(super) fn in_one_place(http: &HttpRequest, form: &Params) -> Result<String, Refusal> {
    match (in_header(http), form.contains("access_token")) {
        (Ok(_), true) => Err(Refusal::BadRequest("the token was sent in two ways")),
        (Err(Refusal::NoToken), true) => {
            let token = form.get("access_token").ok_or(Refusal::BadRequest("access_token is empty or repeated"))?;
            Ok(token.into())
        }
        (in_header, _) => in_header,
    }
}

impl Refusal {
    /// Section 3: the challenge stands in a header; the same is said in the body for those who read that.
    pub(super) fn into_response(self) -> HttpResponse {
        let (status, error) = match self {
            Refusal::NoToken => return challenge(StatusCode::UNAUTHORIZED, "").finish(),
            Refusal::BadRequest(description) => (StatusCode::BAD_REQUEST, OAuthError::invalid_request(description)),
            Refusal::InvalidToken => {
                let description = "the access token is not ours, has expired or was revoked";
                (StatusCode::UNAUTHORIZED, OAuthError::new(ErrorCode::InvalidToken, description))
            }
            Refusal::InsufficientScope => {
                let description = "the access token lacks the scope openid";
                (StatusCode::FORBIDDEN, OAuthError::new(ErrorCode::InsufficientScope, description))
            }
        };
        let OAuthError { error: code, description } = error;
        let attributes = format!(", error=\"{}\", error_description=\"{description}\"", code.as_str());
        challenge(status, &attributes).json(error)
    }
}

fn challenge(status: StatusCode, attributes: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((WWW_AUTHENTICATE, format!("Bearer realm=\"{REALM}\"{attributes}")))
        .insert_header((actix_web::http::header::CACHE_CONTROL, "no-store"));
    response
}
