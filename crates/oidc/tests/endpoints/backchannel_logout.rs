//! Who is told that a browser session has ended, of what, and how often (OpenID Connect Back-Channel Logout 1.0).

use chrono::Duration;
use identity::account::AccountId;
use identity::logout_notice::NoticeState;
use serde_json::Value;
use store::{Db, StoreError};

use crate::world::*;

/// Signs somebody in for these clients, in this browser. The claims of the ID tokens.
async fn signs_in(world: &World, browser: &Browser<'_>, who: AccountId, clients: &[&str]) -> Vec<Value> {
    let mut all = Vec::new();
    for client in clients {
        let mut answer = browser.brings(&asks("openid").of(client)).await;
        if answer.location().is_some_and(|location| location.starts_with("/sign-in/")) {
            let interaction = answer.interaction();
            browser.proves_to_be(interaction, who).await;
            answer = browser.resumes(interaction).await;
        }
        let answer = world.token(&redeem(&answer.code()).of(client)).await;
        all.push(claims(world, &answer, client).await);
    }
    all
}

async fn signs_out(browser: &Browser<'_>) {
    let confirmed = vec![("confirm".to_owned(), "yes".to_owned())];
    let answer = browser.posts("/oauth2/end-session", &confirmed).await;
    assert_eq!(answer.page(), "signed_out");
}

async fn does<T: Send + 'static>(
    world: &World,
    work: impl FnOnce(&mut Db<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    world.provider.store.transact(work).await.unwrap()
}

async fn in_state(world: &World, state: NoticeState) -> usize {
    does(world, move |db| db.logout_notices().in_states(&[state], 100)).await.len()
}

#[actix_web::test]
async fn each_client_of_the_session_that_wants_to_hear_is_told_whose_and_which_it_was() {
    let world = World::new().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    let told = signs_in(&world, &browser, zoe, &[A, B, STRICT, A]).await;
    let elsewhere = world.browser();
    signs_in(&world, &elsewhere, zoe, &[BLOCKS]).await;
    let servers = Servers::default();
    assert_eq!(world.tells(&servers).await, 0);
    signs_out(&browser).await;
    assert_eq!((world.tells(&servers).await, world.tells(&servers).await), (2, 0));
    for (client, algorithm, claims) in [(A, "RS256", &told[0]), (B, "ES256", &told[1])] {
        let [token] = &servers.tokens_of(client)[..] else { panic!("{client} should be told once") };
        let logout = world.verify_logout(token, client).await;
        assert_eq!((&logout["sub"], &logout["sid"]), (&claims["sub"], &claims["sid"]));
        assert!(!logout["jti"].as_str().unwrap().contains(logout["sid"].as_str().unwrap()), "it tells nothing more");
        assert_eq!(format!("{:?}", header(token).alg), algorithm);
    }
    assert_eq!((in_state(&world, NoticeState::Heard).await, in_state(&world, NoticeState::Due).await), (2, 0));
}

#[actix_web::test]
async fn a_logout_token_is_no_id_token_and_no_access_token_of_ours() {
    let world = World::new().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    signs_in(&world, &browser, zoe, &[A]).await;
    signs_out(&browser).await;
    let servers = Servers::default();
    world.tells(&servers).await;
    let token = servers.tokens_of(A).remove(0);
    let hinted = browser.brings(&asks("openid").with("id_token_hint", &token)).await;
    assert_eq!(hinted.error(), "invalid_request");
    assert_eq!(world.userinfo(&token).await.status, 401);
}

#[actix_web::test]
async fn a_client_that_does_not_hear_is_told_again_later_and_later_under_the_same_id() {
    let world = World::new().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    signs_in(&world, &browser, zoe, &[A]).await;
    signs_out(&browser).await;
    let servers = Servers::answering(&[None, Some(500), Some(200)]);
    for (wait, told) in [(0, 1), (3, 0), (2, 1), (7, 0), (3, 1), (3600, 0)] {
        world.passes(Duration::seconds(wait));
        assert_eq!(world.tells(&servers).await, told, "{wait}");
    }
    let tokens = servers.tokens_of(A);
    let mut jtis = Vec::new();
    for token in &tokens {
        let payload = token.split('.').nth(1).unwrap();
        assert!(jtis.iter().all(|known: &(String, String)| known.1 != payload), "each is made anew");
        jtis.push((unverified(token)["jti"].as_str().unwrap().to_owned(), payload.to_owned()));
    }
    assert!(jtis.iter().all(|(jti, _)| *jti == jtis[0].0), "{jtis:?}");
}

#[actix_web::test]
async fn a_client_that_says_five_times_that_the_token_is_wrong_is_given_up() {
    let world = World::new().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    signs_in(&world, &browser, zoe, &[A]).await;
    signs_out(&browser).await;
    let servers = Servers::answering(&[Some(400); 10]);
    for _ in 0..10 {
        world.tells(&servers).await;
        world.passes(Duration::hours(1));
    }
    assert_eq!((servers.tokens_of(A).len(), in_state(&world, NoticeState::GivenUp).await), (5, 1));
}

#[actix_web::test]
async fn a_server_that_dies_while_it_tells_leaves_the_client_to_another() {
    let world = World::new().await;
    let other = world.another_server().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    signs_in(&world, &browser, zoe, &[A]).await;
    signs_out(&browser).await;
    let now = world.provider.clock.now();
    does(&world, move |db| db.logout_notices().take_due(now, now + Duration::seconds(60), 10)).await;
    let servers = Servers::default();
    assert_eq!((world.tells(&servers).await, other.tells(&servers).await), (0, 0));
    world.passes(Duration::seconds(60));
    assert_eq!((other.tells(&servers).await, world.tells(&servers).await), (1, 0));
}

#[actix_web::test]
async fn the_same_person_who_signs_in_again_in_the_same_browser_is_still_signed_in_everywhere() {
    let world = World::new().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    let first = signs_in(&world, &browser, zoe, &[A]).await;
    world.passes(Duration::seconds(10));
    let code = browser.brings_and_signs_in(&asks("openid").of(B).with("prompt", "login"), zoe).await.code();
    let second = claims(&world, &world.token(&redeem(&code).of(B)).await, B).await;
    assert_eq!(first[0]["sid"], second["sid"]);
    assert!(second["auth_time"].as_i64() > first[0]["auth_time"].as_i64());
    let servers = Servers::default();
    assert_eq!(world.tells(&servers).await, 0);
    signs_out(&browser).await;
    assert_eq!(world.tells(&servers).await, 2, "a sign-out reaches both");
    let logout = world.verify_logout(&servers.tokens_of(A)[0], A).await;
    assert_eq!(logout["sid"], first[0]["sid"]);
}

#[actix_web::test]
async fn another_person_who_signs_in_in_the_same_browser_signs_the_first_one_out() {
    let world = World::new().await;
    let (zoe, amir, browser) = (world.has(Person::Zoe).await, world.has(Person::Amir).await, world.browser());
    let zoes = signs_in(&world, &browser, zoe, &[A]).await;
    browser.brings_and_signs_in(&asks("openid").of(B).with("prompt", "login"), amir).await.code();
    let servers = Servers::default();
    assert_eq!(world.tells(&servers).await, 1);
    let logout = world.verify_logout(&servers.tokens_of(A)[0], A).await;
    assert_eq!((&logout["sub"], &logout["sid"]), (&zoes[0]["sub"], &zoes[0]["sid"]));
}

#[actix_web::test]
async fn a_session_that_expires_tells_nobody() {
    let world = World::new().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    signs_in(&world, &browser, zoe, &[A]).await;
    world.passes(Duration::hours(13));
    browser.posts("/oauth2/end-session", &vec![("confirm".to_owned(), "yes".to_owned())]).await;
    assert_eq!(world.tells(&Servers::default()).await, 0);
}

#[actix_web::test]
async fn refresh_tokens_go_on_since_offline_access_is_what_they_are_for() {
    let world = World::new().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    let code = browser.brings_and_signs_in(&asks("openid offline_access"), zoe).await.code();
    let tokens = world.token(&redeem(&code)).await.json();
    signs_out(&browser).await;
    assert_eq!(world.tells(&Servers::default()).await, 1);
    assert_eq!(world.token(&refreshes(tokens["refresh_token"].as_str().unwrap())).await.status, 200);
}

#[actix_web::test]
async fn a_client_that_has_gone_is_not_told_and_nobody_waits_for_it() {
    let world = World::new().await;
    let (zoe, browser) = (world.has(Person::Zoe).await, world.browser());
    signs_in(&world, &browser, zoe, &[A, B]).await;
    signs_out(&browser).await;
    let mut clients = world.provider.clients.all();
    clients.retain(|client| client.id.as_str() != A);
    world.provider.clients.replace(clients.iter().map(|client| client.as_ref().clone()).collect());
    let servers = Servers::default();
    assert_eq!(world.tells(&servers).await, 1);
    let every = [NoticeState::Due, NoticeState::Heard, NoticeState::GivenUp];
    assert_eq!(does(&world, move |db| db.logout_notices().in_states(&every, 10)).await.len(), 1);
}
