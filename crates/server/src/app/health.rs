//! Is the process alive, and can it do its work? For load balancers and whoever restarts what is stuck.

use actix_web::http::header::RETRY_AFTER;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpResponse, guard};
use serde_json::json;
use store::Store;

pub(super) fn configure(config: &mut ServiceConfig, store: Store) {
    let read = || web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
    config
        .service(web::resource("/health/live").route(read().to(live)))
        .service(web::resource("/health/ready").app_data(Data::new(store)).route(read().to(ready)));
}

async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "live" }))
}

async fn ready(store: Data<Store>) -> HttpResponse {
    if store.is_ready().await {
        HttpResponse::Ok().json(json!({ "status": "ready" }))
    } else {
        HttpResponse::ServiceUnavailable()
            .insert_header((RETRY_AFTER, "5"))
            .json(json!({ "status": "unavailable", "reason": "the database does not answer" }))
    }
}
