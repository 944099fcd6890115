//! Userinfo (OpenID Connect Core, section 5.3) and its bearer tokens (RFC 6750).

use actix_web::test::TestRequest;
use chrono::Duration;
use serde_json::json;

use crate::world::*;

async fn tokens(world: &World, scope: &str) -> serde_json::Value {
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks(scope), zoe).await.code();
    world.token(&redeem(&code)).await.json()
}

async fn access_token(world: &World) -> String {
    tokens(world, "openid email trn").await["access_token"].as_str().unwrap().to_owned()
}

fn form(body: String) -> TestRequest {
    let form_type = ("Content-Type", "application/x-www-form-urlencoded");
    TestRequest::post().uri("/oauth2/userinfo").insert_header(form_type).set_payload(body)
}

#[actix_web::test]
async fn the_token_may_come_in_the_header_of_a_get_or_a_post_or_in_a_form() {
    let world = World::new().await;
    let token = access_token(&world).await;
    let bearer = ("Authorization", format!("Bearer {token}"));
    let lower_case = ("Authorization", format!("bearer {token}"));
    let requests = [
        TestRequest::get().uri("/oauth2/userinfo").insert_header(bearer.clone()),
        TestRequest::get().uri("/oauth2/userinfo").insert_header(lower_case),
        TestRequest::post().uri("/oauth2/userinfo").insert_header(bearer.clone()),
        form(String::new()).insert_header(bearer),
        form(format!("access_token={token}")),
    ];
    for request in requests {
        let answer = world.send(request).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!((&answer.json()["email"], &answer.json()["trn"]), (&json!("Zoe@Example.com"), &json!("1234567")));
    }
}

#[actix_web::test]
async fn the_subject_is_the_one_of_the_id_token() {
    let world = World::new().await;
    let tokens = tokens(&world, "openid").await;
    let id_token = world.verify(tokens["id_token"].as_str().unwrap(), A).await;
    let userinfo = world.userinfo(tokens["access_token"].as_str().unwrap()).await.json();
    assert_eq!(userinfo, json!({ "sub": id_token["sub"] }));
}

#[actix_web::test]
async fn no_token_is_a_bare_challenge() {
    let world = World::new().await;
    let requests = [
        TestRequest::get().uri("/oauth2/userinfo"),
        TestRequest::get().uri("/oauth2/userinfo?access_token=abc"),
        TestRequest::post().uri("/oauth2/userinfo"),
        TestRequest::get().uri("/oauth2/userinfo").insert_header(("Authorization", "Basic YTpi")),
        form(String::new()),
    ];
    for request in requests {
        let answer = world.send(request).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, ""));
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"userinfo\"");
    }
}

#[actix_web::test]
async fn a_token_that_is_not_ours_or_not_for_this_is_invalid() {
    let world = World::new().await;
    let tokens = tokens(&world, "openid").await;
    let token = tokens["access_token"].as_str().unwrap();
    let (body, signature) = token.rsplit_once('.').unwrap();
    let forged = format!("{body}.{}{}", if signature.starts_with('A') { "B" } else { "A" }, &signature[1..]);
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{}.", token.split('.').nth(1).unwrap());
    let id_token = tokens["id_token"].as_str().unwrap();
    for wrong in [&forged, &unsigned, id_token, "nonsense", "a.b.c", &"a".repeat(10_000)] {
        let answer = world.userinfo(wrong).await;
        assert_eq!(answer.oauth_error(), (401, "invalid_token".into()), "{wrong}");
        assert!(answer.header("www-authenticate").starts_with("Bearer realm=\"userinfo\", error=\"invalid_token\""));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(world.userinfo(token).await.status, 200);
}

#[actix_web::test]
async fn a_token_expires() {
    let world = World::new().await;
    let token = access_token(&world).await;
    world.passes(Duration::seconds(3599));
    assert_eq!(world.userinfo(&token).await.status, 200);
    world.passes(Duration::seconds(1));
    assert_eq!(world.userinfo(&token).await.oauth_error(), (401, "invalid_token".into()));
}

#[actix_web::test]
async fn a_token_of_a_client_that_is_gone_is_invalid() {
    let world = World::new().await;
    let token = access_token(&world).await;
    world.provider.clients.replace(vec![]);
    assert_eq!(world.userinfo(&token).await.oauth_error(), (401, "invalid_token".into()));
}

#[actix_web::test]
async fn a_token_sent_in_two_ways_or_twice_is_a_bad_request() {
    let world = World::new().await;
    let token = access_token(&world).await;
    let twice = form(format!("access_token={token}&access_token={token}"));
    let in_two_ways = form(format!("access_token={token}")).insert_header(("Authorization", format!("Bearer {token}")));
    for request in [twice, in_two_ways] {
        let answer = world.send(request).await;
        assert_eq!(answer.oauth_error(), (400, "invalid_request".into()));
        assert!(answer.header("www-authenticate").contains("error=\"invalid_request\""));
    }
}

#[actix_web::test]
async fn programs_of_other_origins_may_call() {
    let world = World::new().await;
    for path in ["/oauth2/userinfo", "/oauth2/token", "/oauth2/jwks", "/.well-known/openid-configuration"] {
        let question = TestRequest::default().method(actix_web::http::Method::OPTIONS).uri(path);
        let answer = world.send(question).await;
        assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (204, "*"));
        assert!(answer.header("access-control-allow-headers").contains("Authorization"));
    }
    assert_eq!(world.get("/oauth2/userinfo").await.header("access-control-allow-origin"), "*");
    let answer = world.browser().brings(&asks("openid")).await;
    assert_eq!(answer.header("access-control-allow-origin"), "", "where cookies count, no other origin reads");
}
