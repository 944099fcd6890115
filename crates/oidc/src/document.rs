//! A document that anyone may keep for a while, and then ask whether it has changed (RFC 9110, section 13.1.2). It is written and
//! hashed once, and answered from memory.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ContentType, ETAG, IF_NONE_MATCH};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use serde::Serialize;

use crate::sha256;

#[derive(Clone, Debug)]
pub(crate) struct Document {
    body: Bytes,
    tag: String,
}

impl Document {
    pub(crate) fn json(said: &impl Serialize) -> Document {
        let body = serde_json::to_vec(said).expect("what we publish is plain JSON");
        Document { tag: format!("\"{}\"", sha256::of(&body)), body: body.into() }
    }

    pub(crate) fn answer(&self, request: &HttpRequest, max_age: Duration) -> HttpResponse {
        let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let unchanged = known.split(',').any(|known| known.trim().trim_start_matches("W/") == self.tag);
        let mut response = HttpResponse::build(if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        let max_age = max_age.num_seconds();
        response.insert_header((CACHE_CONTROL, format!("public, max-age={max_age}")));
        response.insert_header((ETAG, self.tag.as_str()));
        if unchanged { response.finish() } else { response.insert_header(ContentType::json()).body(self.body.clone()) }
    }
}
