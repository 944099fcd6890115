//! The wire.

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{self, Bytes, Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Inside;
use super::tickets::{Changed, Draft, Made, Ticket};
use crate::simulators::server::STEERING;

pub(super) fn mount(config: &mut ServiceConfig, inside: &Data<Inside>) {
    config
        .app_data(inside.clone())
        .route(&format!("{STEERING}/received"), web::get().to(received))
        .route("/api/v2/tickets.json", web::get().to(find))
        .route("/api/v2/tickets.json", web::post().to(make))
        .route("/api/v2/tickets/{id}.json", web::get().to(show))
        .route("/api/v2/tickets/{id}.json", web::put().to(change));
}

#[derive(Deserialize)]
struct Sent {
    ticket: Draft,
}

#[derive(Deserialize)]
struct Sought {
    external_id: String,
}

async fn received(inside: Data<Inside>) -> HttpResponse {
    HttpResponse::Ok().json(inside.desk().tickets())
}

async fn find(inside: Data<Inside>, request: HttpRequest, sought: Query<Sought>) -> HttpResponse {
    if let Some(turned) = turned_away(&inside, &request) {
        return turned;
    }
    let is_lying = inside.switch.is_lying();
    let mut tickets = inside.desk().tickets();
    tickets.retain(|ticket| is_lying || ticket.external_id.as_ref() == Some(&sought.external_id));
    let tickets: Vec<Value> = tickets.iter().map(on_the_wire).collect();
    HttpResponse::Ok()
        .json(json!({ "count": tickets.len(), "next_page": null, "previous_page": null, "tickets": tickets }))
}

async fn make(inside: Data<Inside>, request: HttpRequest, body: Bytes) -> HttpResponse {
    if let Some(turned) = turned_away(&inside, &request) {
        return turned;
    }
    let Ok(Sent { ticket }) = serde_json::from_slice(&body) else { return unprocessable() };
    let key = request.headers().get("Idempotency-Key").and_then(|key| key.to_str().ok());
    let made = inside.desk().make(key, &body, ticket);
    let created = |ticket: &Ticket, lookup: &'static str| {
        let mut told = json!({ "ticket": on_the_wire(ticket), "audit": { "events": [] } });
        if inside.switch.is_lying() {
            told["ticket"]["id"] = Value::Null;
        }
        HttpResponse::Created().insert_header(("X-Idempotency-Lookup", lookup)).json(told)
    };
    match made {
        Made::New(ticket) => created(&ticket, "miss"),
        Made::Again(ticket) => created(&ticket, "hit"),
        Made::OtherUnderTheKey => HttpResponse::BadRequest().json(json!({
            "error": "IdempotentRequestError",
            "description": "Request parameters don't match the given idempotency key",
        })),
        Made::Invalid(what) => invalid(what),
    }
}

async fn show(inside: Data<Inside>, request: HttpRequest, id: Path<u64>) -> HttpResponse {
    if let Some(turned) = turned_away(&inside, &request) {
        return turned;
    }
    match inside.desk().get(*id) {
        Some(ticket) => HttpResponse::Ok().json(json!({ "ticket": on_the_wire(&ticket) })),
        None => not_found(),
    }
}

async fn change(inside: Data<Inside>, request: HttpRequest, id: Path<u64>, body: Bytes) -> HttpResponse {
    if let Some(turned) = turned_away(&inside, &request) {
        return turned;
    }
    let Ok(Sent { ticket }) = serde_json::from_slice(&body) else { return unprocessable() };
    match inside.desk().change(*id, ticket) {
        Changed::To(ticket) => HttpResponse::Ok().json(json!({ "ticket": on_the_wire(&ticket) })),
        Changed::NotThere => not_found(),
        Changed::Invalid(what) => invalid(what),
    }
}

fn on_the_wire(ticket: &Ticket) -> Value {
    let mut told = json!(ticket);
    if let Some(fields) = told.as_object_mut() {
        fields.remove("comments");
    }
    told
}

/// Basic, with the agent's address, `/token`, and the token.
fn turned_away(inside: &Inside, request: &HttpRequest) -> Option<HttpResponse> {
    let expected = STANDARD.encode(format!("{}/token:{}", inside.agent.email, inside.agent.token));
    let shown = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let refused = || HttpResponse::Unauthorized().json(json!({ "error": "Couldn't authenticate you" }));
    (shown != Some(format!("Basic {expected}").as_str())).then(refused)
}

fn not_found() -> HttpResponse {
    HttpResponse::NotFound().json(json!({ "error": "RecordNotFound", "description": "Not found" }))
}

fn invalid(what: &str) -> HttpResponse {
    HttpResponse::UnprocessableEntity().json(json!({
        "error": "RecordInvalid",
        "description": "Record validation errors",
        "details": { "base": [{ "description": what }] },
    }))
}

fn unprocessable() -> HttpResponse {
    HttpResponse::UnprocessableEntity().json(json!({ "error": "Unprocessable Entity" }))
}
