//! The database is gone: everybody is told to try again, nobody is signed in or out, and nothing of ours is a 500.

use actix_web::test::TestRequest;
use identity::interaction::InteractionId;

use crate::world::*;

const COOKIE: &str = "a-cookie-of-ours-has-forty-three-characters";

fn is_unavailable(answer: &Answer, what: &str) {
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "5"), "{what}: {answer:?}");
    assert_eq!((answer.header("cache-control"), answer.header("set-cookie")), ("no-store", ""), "{what}");
}

#[actix_web::test]
async fn people_get_a_page_that_says_so() {
    let world = World::new().await.without_its_database().await;
    let browser = world.browser();
    let interaction = InteractionId::new(&world.provider.random);
    assert!(browser.brings(&asks("openid")).await.page() == "unavailable", "no journey can begin");
    browser.has_cookie("gai_browser", COOKIE);
    browser.has_cookie("gai_session", COOKIE);
    for (what, answer) in [
        ("authorize", browser.brings(&asks("openid")).await),
        ("authorize in silence", browser.brings(&asks("openid").with("prompt", "none")).await),
        ("resume", browser.resumes(interaction).await),
        ("end-session", browser.visits("/oauth2/end-session").await),
    ] {
        is_unavailable(&answer, what);
        assert_eq!(answer.page(), "unavailable", "{what}");
    }
}

#[actix_web::test]
async fn programs_get_an_error_in_json() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let code = browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    let token = world.token(&redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
    let code = browser.brings(&asks("openid")).await.code();

    let server = world.without_its_database().await;
    for (what, answer) in [("token", server.token(&redeem(&code)).await), ("userinfo", server.userinfo(&token).await)] {
        is_unavailable(&answer, what);
        assert_eq!(answer.json()["error"], "temporarily_unavailable", "{what}");
    }
    assert_eq!(world.token(&redeem(&code)).await.status, 200, "the code is as good as it was");
}

#[actix_web::test]
async fn whoever_verifies_tokens_still_can() {
    let world = World::new().await;
    let keys = world.get("/oauth2/jwks").await.body;
    let server = world.without_its_database().await;
    server.passes(chrono::Duration::hours(1));
    let known = TestRequest::get().uri("/oauth2/jwks").insert_header(("If-None-Match", "\"x\""));
    let answer = server.send(known).await;
    assert_eq!(answer.body, keys);
    assert_eq!(answer.header("cache-control"), "public, max-age=0", "nobody keeps what may have changed");
    assert_eq!(server.get("/.well-known/openid-configuration").await.status, 200);
}

#[actix_web::test]
async fn a_wrong_request_is_told_so_although_it_cannot_be_kept() {
    let world = World::new().await.without_its_database().await;
    let wrong = asks("openid").with("redirect_uri", "https://elsewhere.example/");
    world.browser().brings(&wrong).await.is_an_error_page_without_redirect();
}
