//! The key set (RFC 7517, section 5; OpenID Connect Core, section 10.1): the public part of every key that has signed or
//! soon will, under distinct ids. A client may keep it for as long as it is told here; no key signs before that is over.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;

use crate::Provider;

pub(crate) async fn get(request: HttpRequest, provider: Data<Provider>) -> HttpResponse {
    let now = provider.clock.now();
    let times = &provider.settings.key_times;
    // Mostly there is nothing to do: it happens in the background.
    if let Err(error) = provider.keys.refresh(&provider.store, now, times.read_every).await {
        // What we know is still true, and a client that cannot verify cannot sign anyone in.
        tracing::warn!(error = &error as &dyn std::error::Error, "the signing keys could not be read again");
    }
    // What is older may lack a key that others make active before the client asks again.
    let is_old = now - provider.keys.read_at() > times.read_every * 2;
    provider.keys.document().answer(&request, if is_old { Duration::zero() } else { times.cached_for })
}
