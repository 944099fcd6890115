//! Responses that several endpoints give.

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, LOCATION, PRAGMA, RETRY_AFTER};
use identity::client::Client;
use serde::Serialize;

use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::{Provider, refusals};

/// 303 See Other, so that no browser ever repeats a POST to where it is sent (RFC 9700, section 4.12).
pub(crate) fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, location)).finish()
}

/// What servers and proxies commonly take as the first line of a request, and half of what actix does.
const LONGEST_ADDRESS: usize = 32 * 1024;

/// Asks the browser to come again by GET with the same parameters, and now with our cookies: they are `SameSite=Lax`, so
/// what another site POSTs comes without them.
pub(crate) fn come_again(provider: &Provider, path: &str, params: &Params) -> HttpResponse {
    let address = format!("{path}?{}", params.encode());
    if address.len() <= LONGEST_ADDRESS {
        see_other(&address)
    } else {
        let reason = "the parameters do not fit into an address";
        refused_page(provider, None, (StatusCode::PAYLOAD_TOO_LARGE, reason), params)
    }
}

/// JSON that nobody may keep (RFC 6749, section 5.1).
pub(crate) fn private_json(status: StatusCode, body: &impl Serialize) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((PRAGMA, "no-cache"))
        .json(body)
}

/// The store did not answer: for programs.
pub(crate) fn unavailable_json() -> HttpResponse {
    let error = OAuthError::new(ErrorCode::TemporarilyUnavailable, "try again in a few seconds");
    let mut response = private_json(StatusCode::SERVICE_UNAVAILABLE, &error);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

/// The store did not answer: for people.
pub(crate) fn unavailable_page(provider: &Provider, cause: &(dyn std::error::Error + 'static)) -> HttpResponse {
    let reference = reference(provider);
    tracing::error!(reference, cause, "a request could not be answered");
    let page = provider.pages.unavailable(&reference);
    let mut response = with_status(page, StatusCode::SERVICE_UNAVAILABLE);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

/// [`refused_page`] for a request that has no parameters, or none that could be read.
pub(crate) fn request_error_page(
    provider: &Provider,
    client: Option<&Client>,
    status: StatusCode,
    reason: &str,
) -> HttpResponse {
    refused_page(provider, client, (status, reason), &Params::default())
}

/// The page for a request that cannot be answered to the client. The reason goes to the log, and with what was sent to where
/// the client's developer can ask for it.
pub(crate) fn refused_page(
    provider: &Provider,
    client: Option<&Client>,
    (status, reason): (StatusCode, &str),
    params: &Params,
) -> HttpResponse {
    let reference = reference(provider);
    let client_id = client.map(|client| client.id.as_str());
    tracing::warn!(reference, client_id, reason, "a request was refused on a page of ours");
    refusals::keep(provider, &reference, (client, reason), params);
    with_status(provider.pages.request_error(&reference, client), status)
}

fn with_status(mut response: HttpResponse, status: StatusCode) -> HttpResponse<BoxBody> {
    *response.status_mut() = status;
    response
}

/// Ten digits that a person can read out and a log can be searched for.
fn reference(provider: &Provider) -> String {
    format!("{}-{}", provider.random.digits(5).expose(), provider.random.digits(5).expose())
}
