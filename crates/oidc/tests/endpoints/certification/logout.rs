//! The profiles of RP-initiated logout and of back-channel logout. Each test signs Zoë in for `A` and out again.

use serde_json::Value;
use url::form_urlencoded;

use super::Suite;
use crate::world::*;

/// Signs in, and asks to be signed out with these parameters; `hint` stands for the ID token.
async fn logs_out(suite: &Suite, params: &[(&str, &str)]) -> (Answer, bool) {
    let browser = suite.world.browser();
    let got = suite.redeems_code_of(&suite.signs_in(&browser, &suite.asks("openid")).await).await;
    let hint = got.tokens["id_token"].as_str().unwrap();
    let params = params.iter().map(|(name, value)| (*name, if *value == "hint" { hint } else { *value }));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    let answer = browser.visits(&format!("/oauth2/end-session?{query}")).await;
    let silent = browser.brings(&suite.asks("openid").with("prompt", "none")).await;
    let signed_in = suite.response(&silent).contains_key("code");
    (answer, signed_in)
}

#[actix_web::test]
async fn with_an_id_token_hint_a_registered_address_and_state_the_person_is_back_with_the_state() {
    Suite::in_each_mode(async |suite| {
        let params = [("id_token_hint", "hint"), ("post_logout_redirect_uri", A_SIGNED_OUT), ("state", "the state")];
        let (answer, signed_in) = logs_out(suite, &params).await;
        assert!(answer.location().unwrap().starts_with(A_SIGNED_OUT));
        assert_eq!((answer.params()["state"].as_str(), signed_in), ("the state", false));
    })
    .await;
}

#[actix_web::test]
async fn with_a_bad_hint_or_none_there_is_a_page_of_ours_and_no_redirect() {
    Suite::in_each_mode(async |suite| {
        let back = ("post_logout_redirect_uri", A_SIGNED_OUT);
        for params in [&[back, ("state", "x")][..], &[("id_token_hint", "a.bad.hint"), back, ("state", "x")]] {
            let (answer, signed_in) = logs_out(suite, params).await;
            assert_eq!((answer.location(), answer.page().as_str(), signed_in), (None, "confirm_sign_out", true));
        }
    })
    .await;
}

#[actix_web::test]
async fn with_an_unregistered_address_or_one_with_a_query_added_there_is_a_page_of_ours_and_no_redirect() {
    Suite::in_each_mode(async |suite| {
        for address in ["https://elsewhere.example/", &format!("{A_SIGNED_OUT}?foo=bar")] {
            let params = [("id_token_hint", "hint"), ("post_logout_redirect_uri", address)];
            let (answer, signed_in) = logs_out(suite, &params).await;
            assert_eq!((answer.location(), answer.page().as_str(), signed_in), (None, "signed_out", false));
        }
    })
    .await;
}

#[actix_web::test]
async fn with_no_parameters_the_person_is_asked_first() {
    Suite::in_each_mode(async |suite| {
        let (answer, signed_in) = logs_out(suite, &[]).await;
        assert_eq!((answer.location(), answer.page().as_str(), signed_in), (None, "confirm_sign_out", true));
    })
    .await;
}

/// Signs Zoë in for `A` and `B`, and out by `A`'s request. What `A` and `B` know of the session: `sub` and `sid`.
async fn logs_out_of_both(suite: &Suite) -> [(Value, Value); 2] {
    let browser = suite.world.browser();
    let a = suite.redeems_code_of(&suite.signs_in(&browser, &suite.asks("openid")).await).await;
    let b = browser.brings(&asks("openid").of(B)).await.code();
    let b = claims(&suite.world, &suite.world.token(&redeem(&b).of(B)).await, B).await;
    let hint = a.tokens["id_token"].as_str().unwrap();
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("id_token_hint", hint).finish();
    assert_eq!(browser.visits(&format!("/oauth2/end-session?{query}")).await.page(), "signed_out");
    [a.id_token, b].map(|claims| (claims["sub"].clone(), claims["sid"].clone()))
}

#[actix_web::test]
async fn back_channel_logout_is_told_of_with_its_session_ids() {
    Suite::in_each_mode(async |suite| {
        let document = suite.world.get("/.well-known/openid-configuration").await.json();
        for name in ["backchannel_logout_supported", "backchannel_logout_session_supported"] {
            assert_eq!(document[name], true, "{name}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_logout_token_reaches_each_client_of_the_session() {
    Suite::in_each_mode(async |suite| {
        let known = logs_out_of_both(suite).await;
        let servers = Servers::default();
        suite.world.tells(&servers).await;
        for (client, (sub, sid)) in [A, B].into_iter().zip(known) {
            let [token] = &servers.tokens_of(client)[..] else { panic!("{client} should be told once") };
            let claims = suite.world.verify_logout(token, client).await;
            assert_eq!((&claims["sub"], &claims["sid"], &claims["iss"]), (&sub, &sid, &ISSUER.into()));
        }
    })
    .await;
}

#[actix_web::test]
async fn a_logout_token_that_was_not_taken_comes_again() {
    Suite::in_each_mode(async |suite| {
        logs_out_of_both(suite).await;
        let servers = Servers::answering(&[Some(503), None]);
        suite.world.tells(&servers).await;
        suite.passes(5);
        suite.world.tells(&servers).await;
        for client in [A, B] {
            let tokens = servers.tokens_of(client);
            assert_eq!(tokens.len(), 2);
            let again = suite.world.verify_logout(&tokens[1], client).await;
            assert_eq!(again["jti"], unverified(&tokens[0])["jti"]);
        }
    })
    .await;
}
