//! Signing out (OpenID Connect RP-Initiated Logout 1.0).

use actix_web::test::TestRequest;
use chrono::Duration;
use identity::account::AccountId;
use url::form_urlencoded;

use crate::world::*;

/// Makes Zoë's account and signs her in for `A`; her ID token.
async fn signed_in(world: &World, browser: &Browser<'_>) -> String {
    hint_of(world.has(Person::Zoe).await, world, browser).await
}

async fn hint_of(account: AccountId, world: &World, browser: &Browser<'_>) -> String {
    let code = browser.brings_and_signs_in(&asks("openid"), account).await.code();
    world.token(&redeem(&code)).await.json()["id_token"].as_str().unwrap().to_owned()
}

fn address(params: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    format!("/oauth2/end-session?{query}")
}

fn hidden(answer: &Answer) -> Params {
    assert_eq!((answer.status.as_u16(), answer.page().as_str()), (200, "confirm_sign_out"));
    serde_json::from_value(answer.json()["hidden"].clone()).unwrap()
}

async fn is_signed_in(browser: &Browser<'_>) -> bool {
    let answer = browser.brings(&asks("openid").with("prompt", "none")).await;
    answer.params().contains_key("code")
}

#[actix_web::test]
async fn with_a_hint_and_a_registered_address_the_person_is_signed_out_and_back_with_state() {
    let world = World::new().await;
    let browser = world.browser();
    let hint = signed_in(&world, &browser).await;
    let cookie = browser.cookie("gai_session").unwrap();
    let params = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", A_SIGNED_OUT), ("state", "a b&c=é")];
    let answer = browser.visits(&address(&params)).await;
    assert!(answer.location().unwrap().starts_with(A_SIGNED_OUT));
    assert_eq!((answer.params()["state"].as_str(), answer.params().len()), ("a b&c=é", 1));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(browser.cookie("gai_session"), None);
    assert!(!world.knows_session(&cookie).await);
    let answer = browser.visits(&address(&params[..2])).await;
    assert_eq!(answer.location(), Some(A_SIGNED_OUT), "who is signed out already goes back all the same");
}

#[actix_web::test]
async fn an_expired_id_token_is_a_hint_too() {
    let world = World::new().await;
    let browser = world.browser();
    let hint = signed_in(&world, &browser).await;
    world.passes(Duration::hours(5));
    let params = [("id_token_hint", hint.as_str()), ("client_id", A), ("post_logout_redirect_uri", A_SIGNED_OUT)];
    assert_eq!(browser.visits(&address(&params)).await.location(), Some(A_SIGNED_OUT));
    assert!(!is_signed_in(&browser).await);
}

#[actix_web::test]
async fn an_address_that_is_not_registered_to_the_letter_is_no_way_back() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    for unregistered in [
        "https://service-a.example/signed-out?added=1",
        "https://service-a.example/signed-out/",
        "https://service-b.example/signed-out",
        A_CALLBACK,
        "\0😀",
    ] {
        let browser = world.browser();
        let hint = hint_of(zoe, &world, &browser).await;
        let params = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", unregistered), ("state", "x")];
        let answer = browser.visits(&address(&params)).await;
        assert_eq!((answer.status.as_u16(), answer.page().as_str()), (200, "signed_out"));
        assert!(!is_signed_in(&browser).await);
    }
}

#[actix_web::test]
async fn without_a_good_hint_the_person_is_asked_and_stays_with_us() {
    let world = World::new().await;
    let browser = world.browser();
    let hint = signed_in(&world, &browser).await;
    let forged = format!("{}A", &hint[..hint.len() - 2]);
    for params in [
        &[][..],
        &[("client_id", A), ("post_logout_redirect_uri", A_SIGNED_OUT)],
        &[("id_token_hint", "nonsense"), ("post_logout_redirect_uri", A_SIGNED_OUT)],
        &[("id_token_hint", &forged), ("client_id", A), ("post_logout_redirect_uri", A_SIGNED_OUT)],
    ] {
        let answer = browser.visits(&address(params)).await;
        let mut hidden = hidden(&answer);
        assert_eq!(hidden.pop(), Some(("confirm".into(), "yes".into())));
        let carried: Vec<_> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(carried, params, "what was sent is carried through the question");
        assert!(is_signed_in(&browser).await, "nobody is signed out before they say yes");
    }
}

#[actix_web::test]
async fn saying_yes_signs_out_and_shows_our_own_page() {
    let world = World::new().await;
    let browser = world.browser();
    signed_in(&world, &browser).await;
    let question = browser.visits(&address(&[("client_id", A), ("post_logout_redirect_uri", A_SIGNED_OUT)])).await;
    assert_eq!(question.json()["client"], A);
    let answer = browser.posts("/oauth2/end-session", &hidden(&question)).await;
    assert_eq!((answer.page().as_str(), &answer.json()["client"]), ("signed_out", &A.into()));
    assert_eq!(browser.cookie("gai_session"), None);
    assert!(!is_signed_in(&browser).await);
}

#[actix_web::test]
async fn the_hint_of_another_person_signs_nobody_out_unasked() {
    let world = World::new().await;
    let hint = signed_in(&world, &world.browser()).await;
    let amir = world.has(Person::Amir).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid"), amir).await.code();
    let params = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", A_SIGNED_OUT)];
    let question = browser.visits(&address(&params)).await;
    let answer = browser.posts("/oauth2/end-session", &hidden(&question)).await;
    assert_eq!(answer.location(), Some(A_SIGNED_OUT));
    assert!(!is_signed_in(&browser).await);
}

#[actix_web::test]
async fn a_clients_own_post_comes_again_by_get_and_another_sites_yes_signs_nobody_out() {
    let world = World::new().await;
    let browser = world.browser();
    let hint = signed_in(&world, &browser).await;
    let form: Params = vec![("id_token_hint".into(), hint), ("post_logout_redirect_uri".into(), A_SIGNED_OUT.into())];
    let again = browser.posts("/oauth2/end-session", &form).await;
    assert!(again.location().unwrap().starts_with("/oauth2/end-session?"));
    assert!(is_signed_in(&browser).await);

    let form_type = ("Content-Type", "application/x-www-form-urlencoded");
    let of_another_site = TestRequest::post().uri("/oauth2/end-session").insert_header(form_type);
    let answer = world.send(of_another_site.set_payload("confirm=yes")).await;
    assert_eq!((answer.page().as_str(), answer.header("set-cookie")), ("signed_out", ""));
    assert!(is_signed_in(&browser).await);

    assert_eq!(browser.visits(again.location().unwrap()).await.location(), Some(A_SIGNED_OUT));
    assert!(!is_signed_in(&browser).await);
}

#[actix_web::test]
async fn a_request_that_contradicts_itself_is_an_error_page() {
    let world = World::new().await;
    let browser = world.browser();
    let hint = signed_in(&world, &browser).await;
    let contradiction = [("id_token_hint", hint.as_str()), ("client_id", B)];
    browser.visits(&address(&contradiction)).await.is_an_error_page_without_redirect();
    let twice = [("state", "1"), ("state", "2")];
    browser.visits(&address(&twice)).await.is_an_error_page_without_redirect();
    assert!(is_signed_in(&browser).await);
}

#[actix_web::test]
async fn who_is_not_signed_in_is_told_that_they_are_signed_out() {
    let world = World::new().await;
    let answer = world.browser().visits("/oauth2/end-session").await;
    assert_eq!((answer.status.as_u16(), answer.page().as_str()), (200, "signed_out"));
}
