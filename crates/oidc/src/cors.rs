//! CORS (the Fetch standard): programs of any origin may call the endpoints that know a caller by what is in the request
//! itself. No cookie is ever read there, so no origin gains anything that it did not bring along.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
};
use actix_web::middleware::DefaultHeaders;
use actix_web::{HttpResponse, Route, web};

/// For the endpoints that any origin may call.
pub(crate) fn any_origin() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .add((ACCESS_CONTROL_EXPOSE_HEADERS, "WWW-Authenticate, DPoP-Nonce"))
}

/// Answers the question that a browser asks before it sends such a call.
pub(crate) fn preflight() -> Route {
    web::method(actix_web::http::Method::OPTIONS).to(|| async {
        HttpResponse::NoContent()
            .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
            .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, DPoP"))
            .insert_header((ACCESS_CONTROL_MAX_AGE, "86400"))
            .finish()
    })
}
