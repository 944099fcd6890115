//! Answers with all that the real ones have in them.

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};
use partners::simulators::server::Running;

use super::*;

fn json(body: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json; charset=utf-8").body(body)
}

fn routes(config: &mut ServiceConfig) {
    config
        .route("/api/v2/tickets.json", web::get().to(|| async { json(include_str!("none.json")) }))
        .route("/api/v2/tickets.json", web::post().to(|| async { json(include_str!("created.json")) }))
        .route("/api/v2/tickets/{id}.json", web::get().to(|| async { json(include_str!("created.json")) }))
        .route("/api/v2/tickets/{id}.json", web::put().to(|| async { json(include_str!("created.json")) }));
}

#[tokio::test]
async fn the_shapes_of_the_real_answers_are_read() {
    let running = Running::start("127.0.0.1:0".parse().unwrap(), Switch::default(), routes).unwrap();
    let zendesk = client(running.url(), settings());
    let id = Random::seeded(1).uuid();
    for item in [opened(), solved(Some("35436"))] {
        assert_eq!(zendesk.carry(id, &item).await.unwrap().reference.as_deref(), Some("35436"));
    }
}
