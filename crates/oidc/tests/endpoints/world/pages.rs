//! Pages that say what they are, in JSON. The real ones are drawn elsewhere.

use actix_web::HttpResponse;
use identity::client::Client;
use oidc::{CalendarKey, Documentation, Pages};
use serde_json::{Value, json};

pub(super) struct TestPages;

fn id(client: Option<&Client>) -> Option<&str> {
    client.map(|client| client.id.as_str())
}

impl Pages for TestPages {
    fn request_error(&self, reference: &str, client: Option<&Client>) -> HttpResponse {
        HttpResponse::Ok().json(json!({ "page": "request_error", "reference": reference, "client": id(client) }))
    }

    fn unavailable(&self, reference: &str) -> HttpResponse {
        HttpResponse::Ok().json(json!({ "page": "unavailable", "reference": reference }))
    }

    fn form_post(&self, redirect_uri: &str, params: &[(String, String)]) -> HttpResponse {
        HttpResponse::Ok().json(json!({ "page": "form_post", "redirect_uri": redirect_uri, "params": params }))
    }

    fn confirm_sign_out(&self, client: Option<&Client>, hidden: &[(String, String)]) -> HttpResponse {
        HttpResponse::Ok().json(json!({ "page": "confirm_sign_out", "client": id(client), "hidden": hidden }))
    }

    fn signed_out(&self, client: Option<&Client>) -> HttpResponse {
        HttpResponse::Ok().json(json!({ "page": "signed_out", "client": id(client) }))
    }

    fn documentation(&self, documentation: &Documentation) -> HttpResponse {
        let key =
            |key: &CalendarKey| json!({ "kid": key.kid, "state": key.state.as_str(), "next": key.next.is_some() });
        let keys: Vec<Value> = documentation.keys.iter().map(key).collect();
        let Documentation { endpoints, cached_for, .. } = documentation;
        let seconds = cached_for.num_seconds();
        HttpResponse::Ok()
            .json(json!({ "page": "documentation", "endpoints": endpoints, "cached_for": seconds, "keys": keys }))
    }
}
