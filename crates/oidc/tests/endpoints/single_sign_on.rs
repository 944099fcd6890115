//! When the browser session is enough, and when the person is asked again.

use chrono::Duration;
use serde_json::Value;

use crate::world::*;

/// Redeems the code that `A` was sent and reads the ID token.
async fn id_token(world: &World, answer: &Answer) -> Value {
    claims(world, &world.token(&redeem(&answer.code())).await, A).await
}

#[actix_web::test]
async fn a_second_service_signs_in_without_a_page_and_learns_when_the_person_proved_who_they_are() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    world.passes(Duration::hours(2));
    let code = browser.brings(&asks("openid").of(B)).await.code();
    let claims = claims(&world, &world.token(&redeem(&code).of(B)).await, B).await;
    assert_eq!((&claims["sub"], &claims["auth_time"]), (&zoe.to_string().into(), &1_700_000_000.into()));
    assert_eq!(claims["iat"], 1_700_007_200);
}

#[actix_web::test]
async fn a_session_ends_a_set_time_after_the_proof_however_much_it_is_used() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    world.passes(Duration::hours(11));
    browser.brings(&asks("openid")).await.code();
    world.passes(Duration::hours(1));
    browser.brings(&asks("openid")).await.interaction();
}

#[actix_web::test]
async fn another_browser_is_signed_in_as_nobody() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    world.browser().brings(&asks("openid")).await.interaction();
    for cookie in ["", "nonsense", &"a".repeat(43), &"😀".repeat(1000)] {
        let browser = world.browser();
        browser.has_cookie("gai_session", cookie);
        browser.brings(&asks("openid")).await.interaction();
    }
}

#[actix_web::test]
async fn prompt_none_is_login_required_when_nobody_is_signed_in() {
    let world = World::new().await;
    let answer = world.browser().brings(&asks("openid").with("prompt", "none")).await;
    assert_eq!(answer.error(), "login_required");
}

#[actix_web::test]
async fn prompt_none_succeeds_in_silence_with_the_same_person_and_the_same_auth_time() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let first = id_token(&world, &browser.brings_and_signs_in(&asks("openid"), zoe).await).await;
    world.passes(Duration::minutes(5));
    let second = id_token(&world, &browser.brings(&asks("openid").with("prompt", "none")).await).await;
    for name in ["sub", "auth_time", "sid", "acr"] {
        assert_eq!(first[name], second[name], "{name}");
    }
}

#[actix_web::test]
async fn prompt_login_asks_again_and_auth_time_is_later() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    for prompt in ["login", "select_account"] {
        let browser = world.browser();
        let first = id_token(&world, &browser.brings_and_signs_in(&asks("openid"), zoe).await).await;
        let old_cookie = browser.cookie("gai_session").unwrap();
        world.passes(Duration::seconds(1));
        let again = asks("openid").with("prompt", prompt);
        let second = id_token(&world, &browser.brings_and_signs_in(&again, zoe).await).await;
        assert_eq!(first["sub"], second["sub"]);
        assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64());
        assert!(!world.knows_session(&old_cookie).await, "the new session replaces the old one");
    }
}

#[actix_web::test]
async fn max_age_asks_again_only_when_the_proof_is_older() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let first = id_token(&world, &browser.brings_and_signs_in(&asks("openid"), zoe).await).await;
    world.passes(Duration::seconds(1));
    let same = id_token(&world, &browser.brings(&asks("openid").with("max_age", "10000")).await).await;
    assert_eq!(same["auth_time"], first["auth_time"]);
    for max_age in ["0", "1"] {
        let request = asks("openid").with("max_age", max_age);
        let silent = browser.brings(&request.clone().with("prompt", "none")).await;
        assert_eq!(silent.error(), "login_required");
        let interaction = browser.brings(&request).await.interaction();
        world.passes(Duration::seconds(1));
        browser.proves_to_be(interaction, zoe).await;
        let later = id_token(&world, &browser.resumes(interaction).await).await;
        assert_eq!(later["auth_time"], world.now());
        world.passes(Duration::seconds(1));
    }
}

#[actix_web::test]
async fn an_id_token_hint_of_the_person_signed_in_succeeds_in_silence_even_when_it_has_expired() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let code = browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    let hint = world.token(&redeem(&code)).await.json()["id_token"].as_str().unwrap().to_owned();
    world.passes(Duration::hours(3));
    let request = asks("openid").with("id_token_hint", &hint).with("prompt", "none");
    browser.brings(&request).await.code();
}

#[actix_web::test]
async fn an_id_token_hint_of_somebody_else_brings_no_code() {
    let world = World::new().await;
    let (zoe, amir) = (world.has(Person::Zoe).await, world.has(Person::Amir).await);
    let browser = world.browser();
    let code = browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    let tokens = world.token(&redeem(&code)).await.json();
    let request = asks("openid").with("id_token_hint", tokens["id_token"].as_str().unwrap());

    let other = world.browser();
    other.brings_and_signs_in(&asks("openid"), amir).await.code();
    assert_eq!(other.brings(&request.clone().with("prompt", "none")).await.error(), "login_required");
    assert_eq!(other.brings_and_signs_in(&request, amir).await.error(), "login_required");
    other.brings_and_signs_in(&request, zoe).await.code();

    let access_token = tokens["access_token"].as_str().unwrap();
    let no_hint = request.with("id_token_hint", access_token);
    assert_eq!(browser.brings(&no_hint).await.error(), "invalid_request", "an access token is no ID token");
}

#[actix_web::test]
async fn a_person_whose_record_nobody_looked_for_is_asked_when_a_service_wants_it() {
    let world = World::new().await;
    let bea = world.has(Person::Bea).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid").of(B), bea).await.code();
    browser.brings(&asks("openid")).await.code();
    for scope in ["openid trn", "openid dqt:read"] {
        let silent = browser.brings(&asks(scope).with("prompt", "none")).await;
        assert_eq!(silent.error(), "interaction_required");
        browser.brings(&asks(scope)).await.interaction();
    }
}

#[actix_web::test]
async fn a_person_without_a_record_is_asked_again_only_by_a_service_that_requires_one() {
    let world = World::new().await;
    let amir = world.has(Person::Amir).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid trn"), amir).await.code();
    browser.brings(&asks("openid trn")).await.code();
    let request = asks("openid").of(REQUIRES_TRN);
    assert_eq!(browser.brings(&request.clone().with("prompt", "none")).await.error(), "interaction_required");
    browser.brings(&request).await.interaction();
}
