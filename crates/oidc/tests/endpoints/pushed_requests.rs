//! Pushed authorization requests (RFC 9126).

use chrono::Duration;
use jsonwebtoken::Algorithm;
use serde_json::json;

use crate::world::*;

const PAR: &str = "/oauth2/par";

fn by_a(request: &AuthorizationRequest) -> TokenRequest {
    request.pushed().by_basic(A, &secret(A))
}

impl World {
    async fn reference(&self, request: &AuthorizationRequest) -> AuthorizationRequest {
        let answer = self.asks_at(PAR, &by_a(request)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        bare(A).with("request_uri", answer.json()["request_uri"].as_str().unwrap())
    }
}

#[actix_web::test]
async fn the_browser_brings_a_reference_and_the_client_gets_its_code() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let answer = world.asks_at(PAR, &by_a(&asks("openid").with("response_mode", "form_post"))).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (201, "no-store"));
    assert_eq!(answer.json()["expires_in"], 60);
    let request_uri = answer.json()["request_uri"].as_str().unwrap().to_owned();
    assert!(request_uri.starts_with("urn:ietf:params:oauth:request_uri:"), "{request_uri}");
    let answer = world.browser().brings_and_signs_in(&bare(A).with("request_uri", &request_uri), zoe).await;
    assert_eq!(answer.page(), "form_post");
    let params = serde_json::from_value::<Params>(answer.json()["params"].clone()).unwrap();
    assert!(params.contains(&("state".into(), "a-state".into())));
    let code = params.into_iter().find(|(name, _)| name == "code").unwrap().1;
    let tokens = world.token(&redeem(&code)).await;
    assert_eq!(claims(&world, &tokens, A).await["nonce"], "a-nonce");
}

#[actix_web::test]
async fn what_the_browser_brings_beside_the_reference_is_not_looked_at() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let reference = world.reference(&asks("openid")).await;
    let reference = reference.with("state", "another").with("scope", "openid trn").with("response_mode", "fragment");
    let reference = reference.with("redirect_uri", "https://elsewhere.example/").with("request", "nonsense");
    let answer = world.browser().brings_and_signs_in(&reference, zoe).await;
    assert_eq!(answer.params()["state"], "a-state");
    assert_eq!(world.token(&redeem(&answer.code())).await.json()["scope"], "openid");
}

#[actix_web::test]
async fn a_reference_is_good_once_for_its_client_and_for_a_minute() {
    let world = World::new().await;
    let other = world.another_server().await;
    let reference = world.reference(&asks("openid")).await;
    let of_another = reference.clone().with("client_id", B);
    world.browser().brings(&of_another).await.is_an_error_page_without_redirect();
    other.browser().brings(&reference).await.interaction();
    world.browser().brings(&reference).await.is_an_error_page_without_redirect();
    let reference = world.reference(&asks("openid")).await;
    world.passes(Duration::seconds(60));
    world.browser().brings(&reference).await.is_an_error_page_without_redirect();
    let reference = world.reference(&asks("openid")).await;
    world.passes(Duration::seconds(59));
    world.browser().brings(&reference).await.interaction();
    let unknown = bare(A).with("request_uri", "urn:ietf:params:oauth:request_uri:unknown");
    let answer = world.browser().brings(&unknown).await;
    answer.is_an_error_page_without_redirect();
    assert_eq!(answer.json()["client"], A, "the page knows the way back");
}

#[actix_web::test]
async fn what_is_wrong_is_told_to_the_client_when_it_pushes() {
    let world = World::new().await;
    for (name, value, error) in [
        ("redirect_uri", "https://elsewhere.example/", "invalid_request"),
        ("redirect_uri", "", "invalid_request"),
        ("request_uri", "urn:ietf:params:oauth:request_uri:x", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "email", "invalid_scope"),
        ("code_challenge", "", "invalid_request"),
        ("request", "nonsense", "request_not_supported"),
    ] {
        let answer = world.asks_at(PAR, &by_a(&asks("openid").with(name, value))).await;
        assert_eq!(answer.oauth_error(), (400, error.into()), "{name} {value}");
    }
    let stranger = asks("openid").pushed().by_basic(A, "wrong");
    assert_eq!(world.asks_at(PAR, &stranger).await.oauth_error(), (401, "invalid_client".into()));
    let another = by_a(&asks("openid").with("client_id", B));
    assert_eq!(world.asks_at(PAR, &another).await.oauth_error(), (400, "invalid_request".into()));
}

#[actix_web::test]
async fn a_client_that_has_to_push_gets_nowhere_without() {
    let world = World::new().await;
    let answer = world.browser().brings(&asks("openid").of(FAPI)).await;
    assert_eq!(answer.error(), "invalid_request");
    let signed = asks("openid").of(FAPI).signed(&world, FAPI);
    assert_eq!(world.browser().brings(&signed).await.error(), "invalid_request");
    let reference = world.pushes(&asks("openid").of(FAPI), FAPI).await;
    world.browser().brings(&reference).await.interaction();
}

#[actix_web::test]
async fn a_request_object_can_be_pushed() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid").of(FAPI);
    let reference = world.pushes(&request.signed(&world, FAPI), FAPI).await;
    world.browser().brings_and_signs_in(&reference, zoe).await.code();
    let mut without_nbf = request.claims(&world, FAPI);
    without_nbf["nbf"] = json!(null);
    let object = bare(FAPI).with("request", &signer(Algorithm::ES256).signs(&without_nbf));
    let assertion = signer(Algorithm::ES256).signs(&world.assertion(FAPI));
    let answer = world.asks_at(PAR, &object.pushed().by_assertion(&assertion)).await;
    assert_eq!(answer.oauth_error(), (400, "invalid_request_object".into()));
}
