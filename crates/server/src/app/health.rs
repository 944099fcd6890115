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

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::test::{TestRequest, call_service, init_service};
    use store::PoolSettings;

    use super::*;

    #[actix_web::test]
    async fn without_its_tables_a_server_is_alive_but_not_ready() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, PoolSettings::default()).unwrap();
        let app = init_service(App::new().configure(|config| super::configure(config, store))).await;
        assert_eq!(call_service(&app, TestRequest::get().uri("/health/live").to_request()).await.status(), 200);
        let ready = call_service(&app, TestRequest::get().uri("/health/ready").to_request()).await;
        assert_eq!(ready.status(), 503);
        assert_eq!(ready.headers().get(RETRY_AFTER).unwrap(), "5");
    }
}
