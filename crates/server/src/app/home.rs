//! The start page: for whoever comes here without a service that sent them.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpResponse, guard};
use serde_json::json;

use super::Site;
use super::outbox::Outbox;
use super::site::Page;

pub(super) fn configure(config: &mut ServiceConfig) {
    let read = web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
    config.service(web::resource("/").route(read.to(home)));
}

async fn home(site: Data<Site>, outbox: Option<Data<Outbox>>) -> HttpResponse {
    site.draw(Page {
        status: StatusCode::OK,
        template: "home.html",
        title: "Get an Identity",
        client: None,
        view: json!({ "outbox": outbox.is_some() }),
        policy: govuk::csp::policy(&[]),
    })
}
