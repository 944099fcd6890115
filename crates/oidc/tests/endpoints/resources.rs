//! What access tokens are for (RFC 8707), and those that a client has in its own name.

use jsonwebtoken::dangerous::insecure_decode;
use serde_json::{Value, json};

use crate::world::*;

fn claims_of(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    insecure_decode::<Value>(answer.json()["access_token"].as_str().unwrap()).unwrap().claims
}

fn own(scope: &str) -> TokenRequest {
    about("").without("token").with("grant_type", "client_credentials").with("scope", scope)
}

#[actix_web::test]
async fn a_token_for_a_resource_is_for_that_and_for_nothing_else() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let request = asks("openid offline_access").with("resource", API);
    let answer = world.token(&redeem(&browser.brings_and_signs_in(&request, zoe).await.code())).await;
    let claims = claims_of(&answer);
    assert_eq!((&claims["aud"], &claims["sub"]), (&json!(API), &json!(zoe.to_string())));
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.userinfo(&token).await.oauth_error(), (401, "invalid_token".into()));
    let told = world.asks_at("/oauth2/introspect", &about(&token)).await.json();
    assert_eq!((&told["active"], &told["aud"]), (&json!(true), &json!(API)));
    let refreshing = refreshes(answer.json()["refresh_token"].as_str().unwrap());
    let other = refreshing.clone().with("resource", OTHER_API);
    assert_eq!(world.token(&other).await.oauth_error(), (400, "invalid_target".into()));
    assert_eq!(claims_of(&world.token(&refreshing).await)["aud"], API);
}

#[actix_web::test]
async fn of_several_resources_a_token_can_be_for_fewer() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let both = asks("openid").with("resource", API).with_another("resource", OTHER_API);
    let code = browser.brings_and_signs_in(&both, zoe).await.code();
    assert_eq!(claims_of(&world.token(&redeem(&code)).await)["aud"], json!([API, OTHER_API]));
    let code = browser.brings(&both).await.code();
    assert_eq!(claims_of(&world.token(&redeem(&code).with("resource", OTHER_API)).await)["aud"], OTHER_API);
    let code = browser.brings(&asks("openid")).await.code();
    let later = world.token(&redeem(&code).with("resource", API)).await;
    assert_eq!(later.oauth_error(), (400, "invalid_target".into()));
    for resource in ["https://elsewhere.example/", "not an address"] {
        let answer = browser.brings(&asks("openid").with("resource", resource)).await;
        assert_eq!(answer.error(), "invalid_target");
    }
}

#[actix_web::test]
async fn a_client_has_tokens_in_its_own_name_for_what_its_file_says() {
    let world = World::new().await;
    let answer = world.token(&own("user:read")).await;
    let told = answer.json();
    assert_eq!((&told["scope"], &told["token_type"]), (&json!("user:read"), &json!("Bearer")));
    assert!(told.get("id_token").is_none() && told.get("refresh_token").is_none());
    let claims = world.asks_at("/oauth2/introspect", &about(told["access_token"].as_str().unwrap())).await.json();
    assert_eq!((&claims["sub"], &claims["client_id"], &claims["aud"]), (&json!(A), &json!(A), &json!(ISSUER)));
    assert!(["auth_time", "acr", "amr"].iter().all(|name| claims.get(name).is_none()), "{claims}");
    let all = world.token(&own("").without("scope")).await;
    assert_eq!(all.json()["scope"], "user:read user:write");
    assert_eq!(claims_of(&world.token(&own("user:read").with("resource", API)).await)["aud"], API);
    for (request, error) in [
        (own("trn_token:write"), "invalid_scope"),
        (own("openid"), "invalid_scope"),
        (own("user:read").with("resource", "https://elsewhere.example/"), "invalid_target"),
        (own("user:read").by_basic(B, &secret(B)), "unauthorized_client"),
        (own("user:read").anonymous().with("client_id", PUBLIC), "unauthorized_client"),
    ] {
        assert_eq!(world.token(&request).await.oauth_error(), (400, error.into()));
    }
}

#[actix_web::test]
async fn a_token_in_a_clients_own_name_is_nobodys_and_ends_when_it_is_given_back() {
    let world = World::new().await;
    let other = world.another_server().await;
    let token = world.token(&own("user:read")).await.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.userinfo(&token).await.oauth_error(), (403, "insufficient_scope".into()));
    let told = world.asks_at("/oauth2/introspect", &about(&token)).await.json();
    assert_eq!((&told["active"], &told["sub"]), (&json!(true), &json!(A)));
    let by_another = about(&token).by_basic(B, &secret(B));
    assert_eq!(world.asks_at("/oauth2/revoke", &by_another).await.oauth_error().1, "unauthorized_client");
    assert_eq!(world.asks_at("/oauth2/revoke", &about(&token)).await.status, 200);
    for server in [&world, &other] {
        assert_eq!(server.asks_at("/oauth2/introspect", &about(&token)).await.json(), json!({ "active": false }));
    }
}

#[actix_web::test]
async fn a_person_is_never_asked_for_what_a_client_has_in_its_own_name() {
    let world = World::new().await;
    assert_eq!(world.browser().brings(&asks("openid user:read")).await.error(), "invalid_scope");
}
