//! Access tokens as they are presented: where one may be (RFC 6750, section 2; RFC 9449, section 7.1), and what is said when
//! it is not there or does not do.

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse};

use crate::dpop::{self, Unproved};
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::response::{private_json, unavailable_json};

const REALM: &str = "userinfo";

/// A token, and how it was sent.
#[derive(Debug, PartialEq)]
pub(super) struct Presented {
    pub(super) token: String,
    /// With the scheme `DPoP`, and so with a proof.
    pub(super) with_proof: bool,
}

/// RFC 6750, section 3.1; RFC 9449, section 7.1.
#[derive(Debug)]
pub(super) enum Refusal {
    /// No token at all: the challenge says no more than that one is needed.
    NoToken,
    BadRequest(&'static str),
    InvalidToken(&'static str),
    InsufficientScope,
    Unproved(Unproved),
}

impl Refusal {
    pub(super) const INVALID_TOKEN: Refusal =
        Refusal::InvalidToken("the access token is not ours, has expired or was revoked");
}

/// The scheme's name is written in any case.
pub(super) fn in_header(http: &HttpRequest) -> Result<Presented, Refusal> {
    let header = http.headers().get(AUTHORIZATION).ok_or(Refusal::NoToken)?;
    let header = header.to_str().map_err(|_| Refusal::INVALID_TOKEN)?;
    let (scheme, token) = header.split_once(' ').ok_or(Refusal::NoToken)?;
    let with_proof = scheme.eq_ignore_ascii_case("DPoP");
    if !with_proof && !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Refusal::NoToken);
    }
    Ok(Presented { token: token.trim().into(), with_proof })
}

/// RFC 6750, section 2: in the header or in the form, but a client uses one way only.
pub(super) fn in_one_place(http: &HttpRequest, form: &Params) -> Result<Presented, Refusal> {
    match (in_header(http), form.contains("access_token")) {
        (Ok(_), true) => Err(Refusal::BadRequest("the token was sent in two ways")),
        (Err(Refusal::NoToken), true) => {
            let token = form.get("access_token").ok_or(Refusal::BadRequest("access_token is empty or repeated"))?;
            Ok(Presented { token: token.into(), with_proof: false })
        }
        (in_header, _) => in_header,
    }
}

impl Refusal {
    /// The challenges stand in headers; the same is said in the body for those who read that.
    pub(super) fn into_response(self) -> HttpResponse {
        let (status, scheme, error) = match self {
            Refusal::NoToken => return challenged(HttpResponse::Unauthorized().finish(), None),
            Refusal::BadRequest(why) => (StatusCode::BAD_REQUEST, "Bearer", OAuthError::invalid_request(why)),
            Refusal::InvalidToken(why) => {
                (StatusCode::UNAUTHORIZED, "Bearer", OAuthError::new(ErrorCode::InvalidToken, why))
            }
            Refusal::InsufficientScope => {
                let description = "the access token lacks the scope openid";
                (StatusCode::FORBIDDEN, "Bearer", OAuthError::new(ErrorCode::InsufficientScope, description))
            }
            Refusal::Unproved(unproved) => match unproved.error() {
                Some(error) => (StatusCode::UNAUTHORIZED, "DPoP", error),
                None => return unavailable_json(),
            },
        };
        challenged(private_json(status, &error), Some((scheme, error)))
    }
}

/// One challenge for each scheme; what is wrong is said with the scheme that it is about.
fn challenged(mut response: HttpResponse, wrong: Option<(&str, OAuthError)>) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(actix_web::http::header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let algorithms = format!(", algs=\"{}\"", dpop::algorithms());
    for (scheme, more) in [("Bearer", ""), ("DPoP", algorithms.as_str())] {
        let said = match &wrong {
            Some((about, OAuthError { error, description })) if *about == scheme => {
                format!(", error=\"{}\", error_description=\"{description}\"", error.as_str())
            }
            _ => String::new(),
        };
        let challenge = HeaderValue::from_str(&format!("{scheme} realm=\"{REALM}\"{said}{more}"));
        headers.append(WWW_AUTHENTICATE, challenge.expect("fixed text is a valid header"));
    }
    response
}
