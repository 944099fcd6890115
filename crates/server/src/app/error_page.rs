//! A page for every error that nobody made one for. Programs get what their protocol says instead.

use actix_web::HttpResponse;
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::ServiceRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap};
use serde_json::json;

use super::Site;
use super::request_id::RequestId;
use super::site::Page;

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Person,
    /// An error of OAuth in JSON (RFC 6749, section 5.2).
    Client,
    /// Some other program: the status says enough.
    Program,
}

/// Addresses that only programs ask for.
const CLIENTS: [&str; 5] = ["/oauth2/token", "/oauth2/par", "/oauth2/revoke", "/oauth2/introspect", "/oauth2/userinfo"];
const PROGRAMS: [&str; 5] = ["/oauth2/jwks", "/.well-known/", "/health/", "/assets/", "/dev/outbox.json"];

impl Reader {
    pub(super) fn of(request: &ServiceRequest) -> Reader {
        let path = request.path();
        if CLIENTS.contains(&path) {
            Reader::Client
        } else if PROGRAMS.iter().any(|program| path.starts_with(program)) || !takes_html(request.headers()) {
            Reader::Program
        } else {
            Reader::Person
        }
    }
}

fn takes_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    ["text/html", "text/*", "*/*"].iter().any(|kind| accepted.contains(kind))
}

/// The answer as it was, or with a page where it is an error without one. Its headers stay.
pub(super) fn explained(site: &Site, reader: Reader, id: &RequestId, answer: HttpResponse) -> HttpResponse {
    if !lacks_words(&answer) {
        return answer;
    }
    let words = match reader {
        Reader::Person => page(site, answer.status(), id),
        Reader::Client => match oauth_error(answer.status()) {
            Some(words) => words,
            None => return answer,
        },
        Reader::Program => return answer,
    };
    let (words, body) = words.into_parts();
    let (mut answer, _) = answer.into_parts();
    for name in [CONTENT_TYPE, CONTENT_SECURITY_POLICY] {
        if let Some(value) = words.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer.set_body(body)
}

fn lacks_words(answer: &HttpResponse) -> bool {
    let status = answer.status();
    if !status.is_client_error() && !status.is_server_error() {
        return false;
    }
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    matches!(answer.body().size(), BodySize::None | BodySize::Sized(0))
        || kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

fn page(site: &Site, status: StatusCode, id: &RequestId) -> HttpResponse {
    let (template, title) = match status {
        StatusCode::NOT_FOUND => ("errors/not-found.html", "Page not found"),
        StatusCode::PAYLOAD_TOO_LARGE => ("errors/too-large.html", "Your answer is too long"),
        StatusCode::REQUEST_TIMEOUT => ("errors/too-slow.html", "We did not get your answer"),
        StatusCode::SERVICE_UNAVAILABLE => ("errors/unavailable.html", "Sorry, the service is unavailable"),
        _ if status.is_server_error() => ("errors/problem.html", "Sorry, there is a problem with the service"),
        _ => ("errors/bad-request.html", "You cannot use this page in this way"),
    };
    let view = json!({ "reference": id.as_str() });
    site.draw(Page { status, template, title, client: None, view, policy: govuk::csp::policy(&[]) })
}

/// None where the endpoint left the words out on purpose, as RFC 6750, section 3.1 wants it of a request without a token.
fn oauth_error(status: StatusCode) -> Option<HttpResponse> {
    let (error, description) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => ("invalid_request", "the body is too large"),
        StatusCode::REQUEST_TIMEOUT => ("invalid_request", "the body did not come in time"),
        StatusCode::SERVICE_UNAVAILABLE => ("temporarily_unavailable", "try again in a few seconds"),
        _ if status.is_server_error() => ("server_error", "something went wrong here"),
        _ => return None,
    };
    Some(HttpResponse::build(status).json(json!({ "error": error, "error_description": description })))
}
