//! Userinfo as a signed JWT (OpenID Connect Core, section 5.3.2).

use identity::client::SigningAlgorithm;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;

use crate::world::*;

/// Userinfo as the client gets it that registered the algorithm, and its plain answer.
async fn signed(world: &World, algorithm: SigningAlgorithm) -> (Answer, Value) {
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid email"), zoe).await.code();
    let tokens = world.token(&redeem(&code)).await.json();
    let token = tokens["access_token"].as_str().unwrap();
    let plain = world.userinfo(token).await.json();
    world.changes_client(A, |client| client.userinfo_signed_response_alg = Some(algorithm));
    (world.userinfo(token).await, plain)
}

#[actix_web::test]
async fn a_client_that_registered_an_algorithm_gets_userinfo_signed_by_it() {
    for algorithm in SigningAlgorithm::ALL {
        let world = World::new().await;
        let (answer, plain) = signed(&world, algorithm).await;
        assert_eq!((answer.header("content-type"), answer.header("cache-control")), ("application/jwt", "no-store"));
        assert_eq!(format!("{:?}", header(&answer.body).alg), algorithm.as_str());
        let claims = verified(&world, &answer.body).await;
        assert_eq!((&claims["iss"], &claims["aud"]), (&ISSUER.into(), &A.into()));
        for name in ["sub", "email", "email_verified"] {
            assert_eq!(claims[name], plain[name], "{name}");
        }
    }
}

/// By the keys that are served; the answer has no `exp`.
async fn verified(world: &World, jwt: &str) -> Value {
    let keys = serde_json::from_str::<jsonwebtoken::jwk::JwkSet>(&world.get("/oauth2/jwks").await.body).unwrap();
    let header = header(jwt);
    let key = keys.find(header.kid.as_deref().unwrap()).unwrap();
    let mut validation = Validation::new(header.alg);
    validation.set_audience(&[A]);
    validation.set_required_spec_claims(&["iss", "aud", "sub"]);
    jsonwebtoken::decode(jwt, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims
}

#[actix_web::test]
async fn signed_userinfo_is_taken_for_no_id_token() {
    let world = World::new().await;
    let (answer, _) = signed(&world, SigningAlgorithm::default()).await;
    assert_eq!(header(&answer.body).alg, Algorithm::RS256);
    let hinted = asks("openid").with("id_token_hint", &answer.body);
    assert_eq!(world.browser().brings(&hinted).await.error(), "invalid_request");
}

#[actix_web::test]
async fn a_refusal_is_told_in_json_to_such_a_client_too() {
    let world = World::new().await;
    signed(&world, SigningAlgorithm::ES256).await;
    assert_eq!(world.userinfo("no token").await.oauth_error(), (401, "invalid_token".into()));
}
