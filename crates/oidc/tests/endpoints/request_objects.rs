//! Request objects (RFC 9101): the parameters in a JWT that the client signs.

use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};

use crate::world::*;

fn request() -> AuthorizationRequest {
    asks("openid").of(KEYED)
}

fn object(claims: &Value) -> AuthorizationRequest {
    bare(KEYED).with("request", &signer(Algorithm::ES256).signs(claims))
}

#[actix_web::test]
async fn what_is_signed_counts_and_nothing_that_stands_beside_it() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let mut claims = request().claims(&world, KEYED);
    claims["max_age"] = json!(10_000);
    claims["unknown"] = json!({ "a": 1 });
    let beside = object(&claims)
        .with("redirect_uri", "https://elsewhere.example/")
        .with("state", "another")
        .with("scope", "openid trn")
        .with("prompt", "none")
        .with("response_type", "token");
    let answer = world.browser().brings_and_signs_in(&beside, zoe).await;
    assert!(answer.location().unwrap().starts_with(&callback(KEYED)), "{answer:?}");
    assert_eq!(answer.params()["state"], "a-state");
}

#[actix_web::test]
async fn nothing_that_stands_beside_it_fills_in_for_what_the_object_lacks() {
    let world = World::new().await;
    let mut claims = request().claims(&world, KEYED);
    claims.as_object_mut().unwrap().remove("redirect_uri");
    let beside = object(&claims).with("redirect_uri", &callback(KEYED));
    world.browser().brings(&beside).await.is_an_error_page_without_redirect();
    let mut claims = request().claims(&world, KEYED);
    claims["redirect_uri"] = json!("https://elsewhere.example/");
    world.browser().brings(&object(&claims)).await.is_an_error_page_without_redirect();
    let mut claims = request().claims(&world, KEYED);
    claims.as_object_mut().unwrap().remove("code_challenge");
    let beside = object(&claims).with("code_challenge", "RZ77XZltYSfl0BLxuGd8pHGJ4EoMoVDVuSWHgNq3RY8");
    assert_eq!(world.browser().brings(&beside).await.error(), "invalid_request");
}

#[actix_web::test]
async fn each_algorithm_signs_a_request_object_and_none_does_not() {
    let world = World::new().await;
    for algorithm in [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA] {
        let jwt = signer(algorithm).signs(&request().claims(&world, KEYED));
        world.browser().brings(&bare(KEYED).with("request", &jwt)).await.interaction();
    }
    let signed = signer(Algorithm::ES256).signs(&request().claims(&world, KEYED));
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", signed.split('.').nth(1).unwrap());
    let forged = Signer::ec("ec").signs(&request().claims(&world, KEYED));
    for jwt in [unsigned.as_str(), forged.as_str(), "nonsense"] {
        world.browser().brings(&bare(KEYED).with("request", jwt)).await.is_an_error_page_without_redirect();
        // Where what stands beside it says where the client is, the client is told.
        let answer = world.browser().brings(&request().with("request", jwt)).await;
        assert_eq!((answer.error().as_str(), answer.params()["state"].as_str()), ("invalid_request_object", "a-state"));
    }
}

#[actix_web::test]
async fn a_request_object_is_from_the_client_for_us_and_from_now() {
    let world = World::new().await;
    let now = world.now();
    for (what, name, value) in [
        ("another's", "iss", json!(A)),
        ("nobody's", "iss", Value::Null),
        ("for another client", "client_id", json!(A)),
        ("for no client", "client_id", Value::Null),
        ("for another server", "aud", json!("https://elsewhere.example")),
        ("for nobody", "aud", Value::Null),
        ("expired", "exp", json!(now)),
        ("good for ever", "exp", Value::Null),
        ("not good yet", "nbf", json!(now + 60)),
        ("with another inside", "request", json!("x")),
        ("with a reference inside", "request_uri", json!("https://a.example/")),
        ("with a list of numbers", "state", json!([1, 2])),
    ] {
        let mut claims = request().claims(&world, KEYED);
        claims[name] = value;
        let answer = world.browser().brings(&object(&claims).with("redirect_uri", &callback(KEYED))).await;
        assert_eq!(answer.error(), "invalid_request_object", "{what}");
    }
    let mut claims = request().claims(&world, KEYED);
    claims["state"] = json!(["one", "two"]);
    assert_eq!(world.browser().brings(&object(&claims)).await.error(), "invalid_request", "a parameter twice");
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some("ec".into());
    for (typ, taken) in [("oauth-authz-req+jwt", true), ("JWT", true), ("dpop+jwt", false)] {
        header.typ = Some(typ.into());
        let jwt = signer(Algorithm::ES256).signs_with(&header, &request().claims(&world, KEYED));
        let answer = world.browser().brings(&request().with("request", &jwt)).await;
        assert_eq!(answer.location().unwrap().starts_with("/sign-in/"), taken, "{typ}");
    }
}

#[actix_web::test]
async fn a_client_that_has_to_sign_its_requests_gets_nowhere_without() {
    let world = World::new().await;
    let request = asks("openid").of(SIGNS);
    assert_eq!(world.browser().brings(&request).await.error(), "invalid_request");
    world.browser().brings(&request.signed(&world, SIGNS)).await.interaction();
    let both = request.signed(&world, SIGNS).with("request_uri", "urn:ietf:params:oauth:request_uri:x");
    world.browser().brings(&both).await.is_an_error_page_without_redirect();
}

#[actix_web::test]
async fn a_client_without_keys_is_told_that_its_request_objects_are_not_supported() {
    let world = World::new().await;
    let answer = world.browser().brings(&asks("openid").with("request", "eyJhbGciOiJub25lIn0.e30.")).await;
    assert_eq!(answer.error(), "request_not_supported");
}
