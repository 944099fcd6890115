//! Refresh tokens (RFC 6749, section 6; OpenID Connect Core, sections 11 and 12; RFC 9700, section 4.14.2).

use chrono::Duration;
use identity::account::AccountId;
use serde_json::Value;

use crate::world::*;

/// Zoë, and what `A` got for her with this scope.
async fn tokens(world: &World, scope: &str) -> (AccountId, Value) {
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks(scope), zoe).await.code();
    (zoe, world.token(&redeem(&code)).await.json())
}

fn refresh_token(tokens: &Value) -> String {
    tokens["refresh_token"].as_str().unwrap_or_else(|| panic!("no refresh token in {tokens}")).to_owned()
}

async fn refreshed(world: &World, token: &str) -> Value {
    let answer = world.token(&refreshes(token)).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{answer:?}");
    answer.json()
}

async fn is_refused(world: &World, token: &str) {
    assert_eq!(world.token(&refreshes(token)).await.oauth_error(), (400, "invalid_grant".into()));
}

#[actix_web::test]
async fn only_who_asks_for_offline_access_gets_a_refresh_token_and_only_a_client_whose_file_has_it_may_ask() {
    let world = World::new().await;
    let (zoe, tokens) = tokens(&world, "openid email").await;
    assert!(tokens.get("refresh_token").is_none());
    let refused = world.browser().brings(&asks("openid offline_access").of(B)).await;
    assert_eq!(refused.error(), "invalid_scope");
    let code = world.browser().brings_and_signs_in(&asks("openid offline_access"), zoe).await.code();
    refresh_token(&world.token(&redeem(&code)).await.json());
}

#[actix_web::test]
async fn new_tokens_work_and_speak_of_the_same_person_and_the_same_proof() {
    let world = World::new().await;
    let (_, first) = tokens(&world, "openid email offline_access").await;
    let old = world.verify(first["id_token"].as_str().unwrap(), A).await;
    world.passes(Duration::hours(20));
    let second = refreshed(&world, &refresh_token(&first)).await;
    let new = world.verify(second["id_token"].as_str().unwrap(), A).await;
    for claim in ["iss", "sub", "aud", "auth_time", "sid", "acr", "amr"] {
        assert_eq!(old[claim], new[claim], "{claim}");
    }
    assert!(new.get("nonce").is_none() && new["iat"].as_i64() > old["iat"].as_i64());
    assert_eq!((&second["token_type"], &second["scope"]), (&"Bearer".into(), &first["scope"]));
    let userinfo = world.userinfo(second["access_token"].as_str().unwrap()).await;
    assert_eq!((userinfo.status.as_u16(), &userinfo.json()["sub"]), (200, &new["sub"]));
    assert_ne!(refresh_token(&second), refresh_token(&first));
}

#[actix_web::test]
async fn a_client_may_want_fewer_scopes_for_a_while_and_never_more() {
    let world = World::new().await;
    let (_, first) = tokens(&world, "openid email offline_access").await;
    let request = refreshes(&refresh_token(&first)).with("scope", "openid");
    let narrow = world.token(&request).await.json();
    assert_eq!(narrow["scope"], "openid");
    let userinfo = world.userinfo(narrow["access_token"].as_str().unwrap()).await.json();
    assert!(userinfo.get("email").is_none());
    for more in ["openid profile", "openid everything"] {
        let request = refreshes(&refresh_token(&narrow)).with("scope", more);
        assert_eq!(world.token(&request).await.oauth_error(), (400, "invalid_scope".into()));
    }
    let whole = refreshed(&world, &refresh_token(&narrow)).await;
    assert_eq!(whole["scope"], "openid email offline_access");
}

#[actix_web::test]
async fn a_used_one_that_comes_again_ends_all_that_came_of_the_grant() {
    let world = World::new().await;
    let (_, first) = tokens(&world, "openid offline_access").await;
    let second = refreshed(&world, &refresh_token(&first)).await;
    world.passes(Duration::seconds(31));
    is_refused(&world, &refresh_token(&first)).await;
    is_refused(&world, &refresh_token(&second)).await;
    for tokens in [&first, &second] {
        let answer = world.userinfo(tokens["access_token"].as_str().unwrap()).await;
        assert_eq!(answer.oauth_error(), (401, "invalid_token".into()));
    }
}

#[actix_web::test]
async fn within_half_a_minute_a_lost_answer_is_given_again_unless_what_it_brought_was_used() {
    let world = World::new().await;
    let (_, first) = tokens(&world, "openid offline_access").await;
    let lost = refreshed(&world, &refresh_token(&first)).await;
    world.passes(Duration::seconds(30));
    let again = refreshed(&world, &refresh_token(&first)).await;
    assert_ne!(refresh_token(&lost), refresh_token(&again));
    let third = refreshed(&world, &refresh_token(&again)).await;
    // The answer was not lost: somebody went on with it.
    is_refused(&world, &refresh_token(&first)).await;
    is_refused(&world, &refresh_token(&third)).await;
}

#[actix_web::test]
async fn one_that_nobody_uses_for_long_has_expired_and_each_use_begins_anew() {
    let world = World::new().await;
    let (_, first) = tokens(&world, "openid offline_access").await;
    world.passes(Duration::days(30) - Duration::seconds(1));
    let second = refreshed(&world, &refresh_token(&first)).await;
    world.passes(Duration::days(30) - Duration::seconds(1));
    let third = refreshed(&world, &refresh_token(&second)).await;
    world.passes(Duration::days(30));
    is_refused(&world, &refresh_token(&third)).await;
}

#[actix_web::test]
async fn another_clients_refresh_token_is_not_known_and_stays_good_for_its_own() {
    let world = World::new().await;
    let (_, first) = tokens(&world, "openid offline_access").await;
    let stolen = refreshes(&refresh_token(&first)).by_basic(STRICT, &secret(STRICT));
    assert_eq!(world.token(&stolen).await.oauth_error(), (400, "invalid_grant".into()));
    refreshed(&world, &refresh_token(&first)).await;
}

#[actix_web::test]
async fn what_ends_a_grant_ends_its_refresh_tokens() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let offline = asks("openid offline_access");
    browser.brings_and_signs_in(&offline, zoe).await.code();

    // Its code comes again.
    let code = browser.brings(&offline).await.code();
    let tokens = world.token(&redeem(&code)).await.json();
    world.token(&redeem(&code)).await;
    is_refused(&world, &refresh_token(&tokens)).await;

    // The client gives it back, or gives its access token back.
    for name in ["refresh_token", "access_token"] {
        let tokens = world.token(&redeem(&browser.brings(&offline).await.code())).await.json();
        let revoked = world.asks_at("/oauth2/revoke", &about(tokens[name].as_str().unwrap())).await;
        assert_eq!(revoked.status, 200);
        is_refused(&world, &refresh_token(&tokens)).await;
        assert_eq!(world.userinfo(tokens["access_token"].as_str().unwrap()).await.status, 401, "{name}");
    }

    // The account goes.
    let tokens = world.token(&redeem(&browser.brings(&offline).await.code())).await.json();
    let now = world.provider.clock.now();
    world.provider.store.transact(move |db| db.accounts().delete(zoe, now)).await.unwrap();
    is_refused(&world, &refresh_token(&tokens)).await;
}

#[actix_web::test]
async fn a_client_that_may_not_be_offline_any_more_gets_nothing_for_its_refresh_tokens() {
    let world = World::new().await;
    let (_, first) = tokens(&world, "openid offline_access").await;
    let mut clients: Vec<_> = world.provider.clients.all().iter().map(|client| (**client).clone()).collect();
    clients[0].scopes = identity::scope::Scopes::parse("openid email").unwrap();
    world.provider.clients.replace(clients);
    is_refused(&world, &refresh_token(&first)).await;
}

#[actix_web::test]
async fn what_is_no_refresh_token_is_not_known() {
    let world = World::new().await;
    let (_, first) = tokens(&world, "openid offline_access").await;
    for nothing in ["nonsense", first["access_token"].as_str().unwrap(), &"a".repeat(10_000)] {
        is_refused(&world, nothing).await;
    }
    let missing = refreshes("x").without("refresh_token");
    assert_eq!(world.token(&missing).await.oauth_error(), (400, "invalid_request".into()));
}

#[actix_web::test]
async fn of_many_who_use_one_at_once_none_ends_the_grant_and_each_comes_to_another() {
    let world = World::new().await;
    let other = world.another_server().await;
    let (_, first) = tokens(&world, "openid offline_access").await;
    let request = refreshes(&refresh_token(&first));
    let (one, two) = tokio::join!(world.token(&request), other.token(&request));
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (200, 200), "{one:?} {two:?}");
    assert_ne!(refresh_token(&one.json()), refresh_token(&two.json()));
}
