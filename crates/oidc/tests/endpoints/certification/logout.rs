//! The profile of RP-initiated logout. Each test signs Zoë in for `A` and out again.

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
