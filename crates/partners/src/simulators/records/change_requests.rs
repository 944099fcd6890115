//! `POST /v3/person/name-changes` and `date-of-birth-changes`: requests to change a record, kept and shown. Whose record it
//! is stands in the bearer token, which we issue ourselves; nothing but its claims is looked at here.

use std::sync::{Arc, Mutex};

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use serde_json::Value;

use super::Inside;

const VERSION: &str = "20250627";

/// A request that it has taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Received {
    /// "name" or "date-of-birth"
    pub what: String,
    pub body: Value,
    pub token: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ChangeRequests(Arc<Mutex<Vec<Received>>>);

impl ChangeRequests {
    pub(super) fn all(&self) -> Vec<Received> {
        self.0.lock().expect("nothing panics under this lock").clone()
    }

    fn keep(&self, received: Received) {
        self.0.lock().expect("nothing panics under this lock").push(received);
    }
}

pub(super) async fn take(
    inside: Data<Inside>,
    request: HttpRequest,
    what: Path<String>,
    body: Json<Value>,
) -> HttpResponse {
    let (what, body) = (what.into_inner(), body.into_inner());
    let said = |name: &str| body.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let needed: &[&str] = match what.as_str() {
        "name" => &["firstName", "lastName"],
        "date-of-birth" => &["dateOfBirth"],
        _ => return HttpResponse::NotFound().finish(),
    };
    let bearer = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let Some(token) = bearer.filter(|token| token.split('.').count() == 3) else {
        return HttpResponse::Unauthorized().finish();
    };
    let version = request.headers().get("X-Api-Version").and_then(|value| value.to_str().ok());
    let in_all = ["emailAddress", "evidenceFileName", "evidenceFileUrl"];
    if version != Some(VERSION) || !needed.iter().chain(&in_all).all(|name| said(name)) {
        return HttpResponse::BadRequest().finish();
    }
    inside.change_requests.keep(Received { what, body, token: token.to_owned() });
    HttpResponse::NoContent().finish()
}

pub(super) async fn show(inside: Data<Inside>) -> HttpResponse {
    HttpResponse::Ok().json(inside.change_requests.all())
}
