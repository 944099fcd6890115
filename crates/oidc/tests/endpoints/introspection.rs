//! Token introspection (RFC 7662), and its answer as a signed JWT (RFC 9701).

use chrono::Duration;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::{Value, json};

use crate::world::*;

const PATH: &str = "/oauth2/introspect";

async fn tokens(world: &World) -> Value {
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid email"), zoe).await.code();
    world.token(&redeem(&code)).await.json()
}

async fn is_inactive(world: &World, request: &TokenRequest) {
    let answer = world.asks_at(PATH, request).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "active": false })));
}

#[actix_web::test]
async fn a_token_that_works_is_told_of_with_what_it_is_for() {
    let world = World::new().await;
    let tokens = tokens(&world).await;
    let id_token = world.verify(tokens["id_token"].as_str().unwrap(), A).await;
    let answer = world.asks_at(PATH, &about(tokens["access_token"].as_str().unwrap())).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"));
    let told = answer.json();
    let lifetime = tokens["expires_in"].as_i64().unwrap();
    assert_eq!(
        told,
        json!({
            "active": true,
            "token_type": "Bearer",
            "scope": "openid email",
            "client_id": A,
            "sub": id_token["sub"],
            "iss": ISSUER,
            "aud": ISSUER,
            "iat": id_token["iat"],
            "exp": id_token["iat"].as_i64().unwrap() + lifetime,
            "jti": told["jti"],
            "auth_time": id_token["auth_time"],
            "acr": id_token["acr"],
            "amr": id_token["amr"],
        })
    );
    assert!(told["jti"].as_str().is_some_and(|id| id.len() > 20));
}

#[actix_web::test]
async fn of_a_token_that_does_not_work_nothing_is_told() {
    let world = World::new().await;
    let tokens = tokens(&world).await;
    let token = tokens["access_token"].as_str().unwrap();
    for nothing in [tokens["id_token"].as_str().unwrap(), "nonsense", "a.b.c", &token[1..]] {
        is_inactive(&world, &about(nothing)).await;
    }
    is_inactive(&world, &about(token).by_basic(B, &secret(B))).await;
    world.clock.advance(Duration::seconds(tokens["expires_in"].as_i64().unwrap() - 1));
    assert_eq!(world.asks_at(PATH, &about(token)).await.json()["active"], true);
    world.clock.advance(Duration::seconds(1));
    is_inactive(&world, &about(token)).await;
}

#[actix_web::test]
async fn a_token_whose_code_was_used_twice_is_inactive() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid"), zoe).await.code();
    let tokens = world.token(&redeem(&code)).await.json();
    assert_eq!(world.token(&redeem(&code)).await.oauth_error(), (400, "invalid_grant".into()));
    is_inactive(&world, &about(tokens["access_token"].as_str().unwrap())).await;
}

#[actix_web::test]
async fn the_answer_is_signed_for_the_client_that_asks_for_that() {
    let world = World::new().await;
    let tokens = tokens(&world).await;
    let token = tokens["access_token"].as_str().unwrap();
    let plain = world.asks_at(PATH, &about(token)).await.json();
    for accepted in
        ["application/token-introspection+jwt", "application/json;q=0.5, Application/Token-Introspection+JWT"]
    {
        let request = world.asking(PATH, &about(token)).insert_header(("Accept", accepted));
        let answer = world.send(request).await;
        assert_eq!(answer.header("content-type"), "application/token-introspection+jwt");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(header(&answer.body).typ.as_deref(), Some("token-introspection+jwt"));
        let keys: JwkSet = serde_json::from_str(&world.get("/oauth2/jwks").await.body).unwrap();
        let key = keys.find(&header(&answer.body).kid.unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&[A]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["iss", "aud"]);
        let claims = decode::<Value>(&answer.body, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims;
        assert_eq!((&claims["token_introspection"], &claims["iat"]), (&plain, &json!(world.now())));
        // It is no token, and says so by having none of these (RFC 9701, section 5).
        assert!(claims.get("sub").is_none() && claims.get("exp").is_none());
    }
}

#[actix_web::test]
async fn a_client_proves_who_it_is_before_it_is_told_anything() {
    let world = World::new().await;
    for (request, status, error) in [
        (about("x").anonymous(), 401, "invalid_client"),
        (about("x").by_basic("unknown", "wrong"), 401, "invalid_client"),
        (about("x").without("token"), 400, "invalid_request"),
    ] {
        assert_eq!(world.asks_at(PATH, &request).await.oauth_error(), (status, error.into()));
    }
}
