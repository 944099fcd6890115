//! What anybody may read of it.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::{Inside, MAX_AGE};

/// Its issuer: wherever it was asked. Ends with a slash, as the real one does.
pub(super) fn issuer(request: &HttpRequest) -> String {
    let connection = request.connection_info();
    format!("{}://{}/", connection.scheme(), connection.host())
}

/// The name of whoever signs identities there: did:web.
pub(super) fn controller(request: &HttpRequest) -> String {
    format!("did:web:{}", request.connection_info().host().replace(':', "%3A"))
}

pub(super) async fn discovery(request: HttpRequest) -> HttpResponse {
    let issuer = issuer(&request);
    kept(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}authorize"),
        "token_endpoint": format!("{issuer}token"),
        "userinfo_endpoint": format!("{issuer}userinfo"),
        "jwks_uri": format!("{issuer}.well-known/jwks.json"),
        "trustmarks": format!("{issuer}trustmark"),
        "scopes_supported": ["openid", "email", "phone", "offline_access"],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public", "pairwise"],
        "id_token_signing_alg_values_supported": ["ES256", "RS256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_post"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "ES256"],
        "code_challenge_methods_supported": ["S256"],
        "ui_locales_supported": ["en", "cy"],
        "claims_parameter_supported": true,
        "request_parameter_supported": true,
    }))
}

pub(super) async fn jwks(inside: Data<Inside>) -> HttpResponse {
    let told = inside.told();
    kept(json!({ "keys": [told.keys.id_token.jwk(&told.keys.id_token.kid)] }))
}

pub(super) async fn did(inside: Data<Inside>, request: HttpRequest) -> HttpResponse {
    let (controller, told) = (controller(&request), inside.told());
    let key = &told.keys.identity;
    let mut jwk = key.jwk(&key.kid);
    // The real document has its kids in full only as the ids of the methods.
    jwk.as_object_mut().map(|jwk| jwk.remove("kid"));
    kept(json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": controller,
        "assertionMethod": [{
            "type": "JsonWebKey",
            "id": format!("{controller}#{}", key.kid),
            "controller": controller,
            "publicKeyJwk": jwk,
        }],
    }))
}

fn kept(body: Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, MAX_AGE)).json(body)
}
