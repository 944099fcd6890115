//! The key set (RFC 7517, section 5; OpenID Connect Core, section 10.1): the public part of every key that has signed or
//! may sign, under distinct ids.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;

use crate::discovery::cacheable_json;
use crate::{Provider, response};

/// A key that another process made shows up here no later than this.
const MAX_AGE_OF_WHAT_WE_KNOW: Duration = Duration::seconds(30);

pub(crate) async fn get(request: HttpRequest, provider: Data<Provider>) -> HttpResponse {
    let now = provider.clock.now();
    if let Err(error) = provider.keys.refresh(&provider.store, now, MAX_AGE_OF_WHAT_WE_KNOW).await {
        // What we know is still true, and a client that cannot verify cannot sign anyone in.
        tracing::warn!(error = &error as &dyn std::error::Error, "the signing keys could not be read again");
    }
    match serde_json::to_vec(&provider.keys.public()) {
        Ok(body) => cacheable_json(&request, &provider, body),
        Err(_) => response::unavailable_json(),
    }
}
