//! A code is good for one client, one redirect_uri, one verifier, one time and a short while.

use chrono::Duration;
use identity::grant::{Grant, GrantId};
use identity::secret::Purpose;

use crate::world::*;

async fn code(world: &World) -> String {
    let zoe = world.has(Person::Zoe).await;
    world.browser().brings_and_signs_in(&asks("openid email"), zoe).await.code()
}

async fn refused(world: &World, request: &TokenRequest) {
    let answer = world.token(request).await;
    assert_eq!(answer.oauth_error(), (400, "invalid_grant".into()), "{answer:?}");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn a_used_code_is_refused_and_what_it_gave_is_revoked() {
    for later in [0, 30, 3000] {
        let world = World::new().await;
        let code = code(&world).await;
        let access_token = world.token(&redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
        assert_eq!(world.userinfo(&access_token).await.status, 200);
        world.passes(Duration::seconds(later));
        refused(&world, &redeem(&code)).await;
        assert_eq!(world.userinfo(&access_token).await.oauth_error(), (401, "invalid_token".into()));
        refused(&world, &redeem(&code)).await;
    }
}

#[actix_web::test]
async fn of_two_who_redeem_a_code_at_once_one_gets_tokens_and_they_are_revoked() {
    let world = World::new().await;
    let code = code(&world).await;
    let request = redeem(&code);
    let (one, other) = tokio::join!(world.token(&request), world.token(&request));
    let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!((won.status.as_u16(), lost.oauth_error()), (200, (400, "invalid_grant".into())));
    assert_eq!(world.userinfo(won.json()["access_token"].as_str().unwrap()).await.status, 401);
}

#[actix_web::test]
async fn a_code_lives_for_sixty_seconds() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let code = browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    world.passes(Duration::seconds(59));
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
    let code = browser.brings(&asks("openid")).await.code();
    world.passes(Duration::seconds(60));
    refused(&world, &redeem(&code)).await;
}

#[actix_web::test]
async fn another_clients_code_is_refused_and_stays_good_for_its_own() {
    let world = World::new().await;
    let code = code(&world).await;
    refused(&world, &redeem(&code).by_basic(B, &secret(B))).await;
    refused(&world, &redeem(&code).of(B)).await;
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
}

#[actix_web::test]
async fn another_clients_used_code_revokes_nothing() {
    let world = World::new().await;
    let code = code(&world).await;
    let access_token = world.token(&redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
    refused(&world, &redeem(&code).of(B)).await;
    assert_eq!(world.userinfo(&access_token).await.status, 200);
}

#[actix_web::test]
async fn the_redirect_uri_has_to_be_the_one_of_the_authorization_request() {
    let world = World::new().await;
    let code = code(&world).await;
    for redirect_uri in [A_CALLBACK_WITH_QUERY, "https://service-a.example/callback/", "https://elsewhere.example/"] {
        refused(&world, &redeem(&code).with("redirect_uri", redirect_uri)).await;
    }
    let missing = world.token(&redeem(&code).without("redirect_uri")).await;
    assert_eq!(missing.oauth_error(), (400, "invalid_request".into()));
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
}

#[actix_web::test]
async fn a_code_that_we_never_made_is_refused() {
    let world = World::new().await;
    code(&world).await;
    for code in ["x", "\0", "😀", &"a".repeat(43), &"a".repeat(10_000)] {
        refused(&world, &redeem(code)).await;
    }
}

#[actix_web::test]
async fn a_code_is_worth_nothing_without_its_secret() {
    let world = World::new().await;
    let code = code(&world).await;
    let (grant, secret) = code.split_once('.').unwrap();
    let other = "a".repeat(43);
    for wrong in [grant, secret, &format!("{grant}."), &format!(".{secret}"), &format!("{grant}.{other}")] {
        refused(&world, &redeem(wrong)).await;
    }
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
}

#[actix_web::test]
async fn a_code_of_a_server_that_does_not_name_the_grant_in_it_is_good_once() {
    let world = World::new().await;
    let id = code(&world).await.split_once('.').unwrap().0.parse().unwrap();
    let (random, old) = (world.provider.random.clone(), world.provider.random.token());
    let hash = world.provider.hash_key.hash(Purpose::AuthorizationCode, "", &old);
    let kept = world.provider.store.transact(move |db| {
        let grant = db.grants().by_id(id)?.expect("it was made just now");
        db.grants().create(&Grant { id: GrantId::new(&random), code: hash, ..grant })
    });
    kept.await.unwrap();
    assert_eq!(world.token(&redeem(old.expose())).await.status, 200);
    refused(&world, &redeem(old.expose())).await;
}

#[actix_web::test]
async fn a_token_request_has_a_grant_type_that_we_know_and_every_parameter_once() {
    let world = World::new().await;
    let code = code(&world).await;
    for (request, error) in [
        (redeem(&code).with("grant_type", "password"), "unsupported_grant_type"),
        (redeem(&code).with("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), "unsupported_grant_type"),
        (redeem(&code).without("grant_type"), "invalid_request"),
        (redeem(&code).without("code"), "invalid_request"),
        (redeem(&code).with_another("code", &code), "invalid_request"),
        (redeem(&code).with_another("redirect_uri", A_CALLBACK), "invalid_request"),
        (redeem(&code).with("unheard-of", "1").with_another("unheard-of", "2"), "invalid_request"),
    ] {
        assert_eq!(world.token(&request).await.oauth_error(), (400, error.into()));
    }
    assert_eq!(world.token(&redeem(&code).with("unheard-of", "1")).await.status, 200);
}
