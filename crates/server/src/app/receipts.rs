//! `POST /api/notify/receipts`: where GOV.UK Notify tells what became of a message. It shows a bearer token, and tells it
//! again, up to five times, unless it is answered 2xx.

use std::error::Error;

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use identity::secret::{HashKey, Hashed, Plain, Purpose};
use serde::Deserialize;

use crate::messages::receipts::{self, Ending};
use crate::outbox::Outbox;

/// What taking receipts needs.
#[derive(Clone)]
pub(super) struct Receipts {
    outbox: Outbox,
    hash_key: HashKey,
    /// Of the token that is shown to us.
    token: Hashed,
}

impl Receipts {
    pub(super) fn new(outbox: Outbox, hash_key: HashKey, token: &Plain) -> Receipts {
        let token = hash_key.hash(Purpose::CallbackToken, "", token);
        Receipts { outbox, hash_key, token }
    }

    fn lets_in(&self, request: &HttpRequest) -> bool {
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = header.and_then(|value| value.strip_prefix("Bearer "));
        shown.is_some_and(|shown| {
            self.hash_key.hash(Purpose::CallbackToken, "", &Plain::new(shown)).matches(&self.token)
        })
    }
}

/// As much of it as we use. Whom it was to, we know.
#[derive(Deserialize)]
struct Receipt {
    /// Ours, unless another program sends through the same service.
    reference: Option<String>,
    status: Ending,
}

pub(super) fn configure(config: &mut ServiceConfig, receipts: Data<Receipts>) {
    config.app_data(receipts).route("/api/notify/receipts", web::post().to(take));
}

async fn take(receipts: Data<Receipts>, request: HttpRequest, body: Bytes) -> HttpResponse {
    if !receipts.lets_in(&request) {
        return HttpResponse::Unauthorized().finish();
    }
    // What is wrong with it would repeat what it says.
    let Ok(receipt) = serde_json::from_slice::<Receipt>(&body) else { return HttpResponse::BadRequest().finish() };
    let id = receipt.reference.and_then(|reference| reference.parse().ok());
    let Some(id) = id else { return HttpResponse::Ok().finish() };
    match receipts::take(&receipts.outbox, &receipts.hash_key, id, receipt.status).await {
        Ok(is_news) => {
            if is_news {
                metrics::counter!("message_receipts_total", "ending" => receipt.status.as_str()).increment(1);
            }
            HttpResponse::Ok().finish()
        }
        Err(error) => {
            let error: &dyn Error = &error;
            tracing::warn!(error, "a receipt was not taken");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}
