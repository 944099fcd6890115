//! What happens to every request: it gets an id, its body is read, it is answered come what may, the answer gets its
//! headers, and the log gets one line.
//!
//! The line has the pattern of the route and never the address itself, which holds ids and more.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use journey::upload;
use tracing::Instrument;

use super::error_page::{self, Reader};
use super::request_id::{self, RequestId};
use super::{Site, body, headers, metrics};

/// What is to be remembered of a request while others deal with it.
struct Asked {
    id: RequestId,
    method: Method,
    route: String,
    reader: Reader,
    started: Instant,
}

/// The middleware around all others.
pub fn around(request: ServiceRequest, next: Next<BoxBody>) -> LocalBoxFuture<'static, Result<ServiceResponse, Error>> {
    Box::pin(answer(request, next))
}

async fn answer(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse, Error> {
    let site = request.app_data::<Data<Site>>().expect("every application has one").clone();
    let asked = Asked {
        id: RequestId::of(&request, &site),
        method: request.method().clone(),
        route: request.match_pattern().unwrap_or_else(|| "none".to_owned()),
        reader: Reader::of(&request),
        started: Instant::now(),
    };
    // Of the highest level, so that every line within has the id whatever level is written.
    let span = tracing::error_span!("request", id = %asked.id);
    within(request, next, &site, &asked).instrument(span).await
}

async fn within(
    mut request: ServiceRequest,
    next: Next<BoxBody>,
    site: &Site,
    asked: &Asked,
) -> Result<ServiceResponse, Error> {
    if let Err(status) = read_body(&mut request, site).await {
        let answer = asked.finish(site, HttpResponse::new(status));
        return Ok(request.into_response(answer));
    }
    match AssertUnwindSafe(async { next.call(request).await }).catch_unwind().await {
        Ok(Ok(answered)) => {
            let (request, answer) = answered.into_parts();
            Ok(ServiceResponse::new(request, asked.finish(site, answer)))
        }
        // The request is gone; an error that carries its own answer takes the place of both.
        Ok(Err(error)) => Err(carry(asked.finish(site, error.error_response()))),
        Err(_) => {
            // What the panic said may be about a person; the panic's own line has the place in the code.
            tracing::error!(route = asked.route, "a request ended in a panic");
            Err(carry(asked.finish(site, HttpResponse::InternalServerError().finish())))
        }
    }
}

/// A page that takes a file has room and time for one, and says itself when it is too large.
async fn read_body(request: &mut ServiceRequest, site: &Site) -> Result<(), StatusCode> {
    if !upload::takes_a_file(request.path()) {
        return body::read(request, site.max_body_bytes, body::PATIENCE).await;
    }
    match body::read(request, upload::MAX_BODY, body::PATIENCE_WITH_FILES).await {
        Err(StatusCode::PAYLOAD_TOO_LARGE) => {
            request.extensions_mut().insert(upload::TooLarge);
            request.set_payload(Payload::None);
            Ok(())
        }
        read => read,
    }
}

fn carry(answer: HttpResponse) -> Error {
    InternalError::from_response("answered", answer).into()
}

impl Asked {
    fn finish(&self, site: &Site, answer: HttpResponse) -> HttpResponse {
        let mut answer = error_page::explained(site, self.reader, &self.id, answer);
        headers::add(answer.headers_mut(), site.secure);
        let id = HeaderValue::from_str(self.id.as_str()).expect("an id is plain");
        answer.headers_mut().insert(HeaderName::from_static(request_id::HEADER), id);
        self.log(answer.status().as_u16());
        answer
    }

    fn log(&self, status: u16) {
        let (method, route) = (self.method.as_str(), self.route.as_str());
        let took = self.started.elapsed();
        metrics::answered(&self.method, route, status, took);
        let milliseconds = took.as_millis() as u64;
        if status >= 500 {
            tracing::error!(method, route, status, milliseconds, "answered");
        } else {
            tracing::info!(method, route, status, milliseconds, "answered");
        }
    }
}
