//! The Basic profile, for a client that the operator registered.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use serde_json::Value;
use url::Url;

use super::Suite;
use crate::world::*;

#[actix_web::test]
async fn code_flow_with_client_secret_basic_and_again_with_client_secret_post() {
    Suite::in_each_mode(async |suite| {
        let browser = suite.world.browser();
        let response = suite.signs_in(&browser, &suite.asks("openid")).await;
        let got = suite.redeems_code_of(&response).await;
        assert_eq!(got.id_token["nonce"], "a-nonce");
        let response = suite.response(&browser.brings(&suite.asks("openid")).await);
        suite.redeems(&redeem(&response["code"]).by_post(A, &secret(A))).await;
    })
    .await;
}

#[actix_web::test]
async fn response_type_missing_is_told_by_redirect() {
    Suite::in_each_mode(async |suite| {
        let answer = suite.world.browser().brings(&suite.asks("openid").without("response_type")).await;
        assert_eq!(suite.response(&answer)["error"], "invalid_request");
    })
    .await;
}

#[actix_web::test]
async fn the_id_token_is_signed_rs256_when_the_client_registered_no_algorithm() {
    Suite::in_each_mode(async |suite| {
        let response = suite.signs_in(&suite.world.browser(), &suite.asks("openid")).await;
        let got = suite.redeems_code_of(&response).await;
        let header = header(got.tokens["id_token"].as_str().unwrap());
        assert_eq!((header.alg, header.kid.is_some()), (jsonwebtoken::Algorithm::RS256, true));
    })
    .await;
}

#[actix_web::test]
async fn userinfo_by_get_and_by_post_with_a_bearer_header_and_with_the_token_in_a_form() {
    Suite::in_each_mode(async |suite| {
        let response = suite.signs_in(&suite.world.browser(), &suite.asks("openid email")).await;
        let got = suite.redeems_code_of(&response).await;
        let token = got.tokens["access_token"].as_str().unwrap();
        let bearer = ("Authorization", format!("Bearer {token}"));
        let form_type = ("Content-Type", "application/x-www-form-urlencoded");
        for request in [
            TestRequest::get().insert_header(bearer.clone()),
            TestRequest::post().insert_header(bearer),
            TestRequest::post().insert_header(form_type).set_payload(format!("access_token={token}")),
        ] {
            let answer = suite.world.send(request.uri("/oauth2/userinfo")).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (200, got.userinfo.clone()));
        }
    })
    .await;
}

#[actix_web::test]
async fn no_nonce_is_accepted_in_the_code_flow() {
    Suite::in_each_mode(async |suite| {
        let response = suite.signs_in(&suite.world.browser(), &suite.asks("openid").without("nonce")).await;
        assert!(suite.redeems_code_of(&response).await.id_token.get("nonce").is_none());
    })
    .await;
}

/// The standard claims of each scope that we have (OpenID Connect Core, section 5.4).
const CLAIMS: [(&str, &[&str]); 3] = [
    ("profile", &["name", "given_name", "family_name", "birthdate", "updated_at"]),
    ("email", &["email", "email_verified"]),
    ("phone", &["phone_number", "phone_number_verified"]),
];

fn names(claims: &Value) -> BTreeSet<String> {
    claims.as_object().unwrap().keys().cloned().collect()
}

fn has_the_right_types(userinfo: &Value) {
    for (name, claim) in userinfo.as_object().unwrap() {
        let right = match name.as_str() {
            "updated_at" => claim.is_i64(),
            "email_verified" | "phone_number_verified" => claim.is_boolean(),
            _ => claim.is_string(),
        };
        assert!(right, "{name}: {claim}");
    }
}

#[actix_web::test]
async fn each_standard_scope_and_all_together_bring_their_claims_to_userinfo_alone() {
    Suite::in_each_mode(async |suite| {
        let document = suite.world.get("/.well-known/openid-configuration").await.json();
        let supported: Vec<String> = serde_json::from_value(document["scopes_supported"].clone()).unwrap();
        assert!(!supported.contains(&"address".into()), "nobody has told us where they live");
        let all = CLAIMS.map(|(scope, _)| scope).join(" ");
        let alone = CLAIMS.map(|(scope, claims)| (scope.to_owned(), claims.to_vec()));
        let together = (all, CLAIMS.iter().flat_map(|(_, claims)| claims.iter().copied()).collect());
        let browser = suite.world.browser();
        suite.signs_in(&browser, &suite.asks("openid")).await;
        for (scope, claims) in alone.into_iter().chain([together]) {
            let response = suite.response(&browser.brings(&suite.asks(&format!("openid {scope}"))).await);
            let got = suite.redeems_code_of(&response).await;
            let expected: BTreeSet<String> = claims.iter().chain(&["sub"]).map(|name| (*name).to_owned()).collect();
            assert_eq!(names(&got.userinfo), expected, "{scope}");
            has_the_right_types(&got.userinfo);
            assert!(claims.iter().all(|claim| got.id_token.get(claim).is_none()), "{scope}");
        }
    })
    .await;
}

#[actix_web::test]
async fn the_order_of_scopes_and_parameters_does_not_matter_and_unknown_parameters_are_ignored() {
    Suite::in_each_mode(async |suite| {
        let request = suite.asks("email phone openid").with("extra", "foobar").reversed();
        let response = suite.signs_in(&suite.world.browser(), &request).await;
        assert!(suite.redeems_code_of(&response).await.userinfo["phone_number"].is_string());
    })
    .await;
}

#[actix_web::test]
async fn display_ui_locales_claims_locales_login_hint_and_acr_values_are_accepted_and_acr_is_returned() {
    Suite::in_each_mode(async |suite| {
        for (name, value) in [
            ("display", "page"),
            ("display", "popup"),
            ("ui_locales", "cy en-GB"),
            ("claims_locales", "se"),
            ("login_hint", "zoe@example.com"),
            ("acr_values", "urn:get-an-identity:acr:one-time-code phr"),
        ] {
            let request = suite.asks("openid").with(name, value);
            let response = suite.signs_in(&suite.world.browser(), &request).await;
            assert!(suite.redeems_code_of(&response).await.id_token["acr"].is_string(), "{name}={value}");
        }
    })
    .await;
}

#[actix_web::test]
async fn the_claims_parameter_with_an_essential_claim_brings_name_to_userinfo() {
    Suite::in_each_mode(async |suite| {
        let request = suite.asks("openid").with("claims", r#"{"userinfo":{"name":{"essential":true}}}"#);
        let response = suite.signs_in(&suite.world.browser(), &request).await;
        let got = suite.redeems_code_of(&response).await;
        assert_eq!(got.userinfo["name"], "Zoë O'Neil");
        assert!(got.id_token.get("name").is_none());
    })
    .await;
}

#[actix_web::test]
async fn prompt_login_is_a_second_login_with_a_later_auth_time() {
    Suite::in_each_mode(async |suite| {
        let browser = suite.world.browser();
        let first = suite.redeems_code_of(&suite.signs_in(&browser, &suite.asks("openid")).await).await.id_token;
        suite.passes(1);
        let again = suite.asks("openid").with("prompt", "login");
        let second = suite.redeems_code_of(&suite.signs_in(&browser, &again).await).await.id_token;
        assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64());
    })
    .await;
}

#[actix_web::test]
async fn prompt_none_when_nobody_is_signed_in_is_login_required() {
    Suite::in_each_mode(async |suite| {
        let answer = suite.world.browser().brings(&suite.asks("openid").with("prompt", "none")).await;
        let response = suite.response(&answer);
        assert_eq!(response["error"], "login_required");
        assert!(!response.contains_key("code"));
    })
    .await;
}

#[actix_web::test]
async fn prompt_none_when_signed_in_succeeds_in_silence_with_and_without_an_id_token_hint() {
    Suite::in_each_mode(async |suite| {
        let browser = suite.world.browser();
        let first = suite.redeems_code_of(&suite.signs_in(&browser, &suite.asks("openid")).await).await;
        suite.passes(3);
        let silent = suite.asks("openid").with("prompt", "none");
        let hinted = silent.clone().with("id_token_hint", first.tokens["id_token"].as_str().unwrap());
        for request in [silent, hinted] {
            let second = suite.redeems_code_of(&suite.response(&browser.brings(&request).await)).await.id_token;
            assert_eq!((&second["sub"], &second["auth_time"]), (&first.id_token["sub"], &first.id_token["auth_time"]));
        }
    })
    .await;
}

#[actix_web::test]
async fn max_age_1_is_a_new_login_after_a_second_and_max_age_10000_is_none() {
    Suite::in_each_mode(async |suite| {
        let browser = suite.world.browser();
        let first = suite.redeems_code_of(&suite.signs_in(&browser, &suite.asks("openid")).await).await.id_token;
        suite.passes(2);
        let old = suite.asks("openid").with("max_age", "10000");
        let same = suite.redeems_code_of(&suite.response(&browser.brings(&old).await)).await.id_token;
        assert_eq!(same["auth_time"], first["auth_time"]);
        let young = suite.asks("openid").with("max_age", "1");
        let later = suite.redeems_code_of(&suite.signs_in(&browser, &young).await).await.id_token;
        assert!(later["auth_time"].as_i64() > first["auth_time"].as_i64());
    })
    .await;
}

#[actix_web::test]
async fn a_used_code_is_invalid_grant_at_once_and_30_seconds_later_and_its_access_token_is_revoked() {
    Suite::in_each_mode(async |suite| {
        for seconds in [0, 30] {
            let response = suite.signs_in(&suite.world.browser(), &suite.asks("openid")).await;
            let got = suite.redeems_code_of(&response).await;
            suite.passes(seconds);
            let again = suite.world.token(&redeem(&response["code"])).await;
            assert_eq!(again.oauth_error(), (400, "invalid_grant".into()));
            let token = got.tokens["access_token"].as_str().unwrap();
            assert_eq!(suite.world.userinfo(token).await.oauth_error(), (401, "invalid_token".into()));
        }
    })
    .await;
}

#[actix_web::test]
async fn an_unregistered_redirect_uri_and_one_with_a_query_added_are_an_error_page() {
    Suite::in_each_mode(async |suite| {
        for redirect_uri in ["https://elsewhere.example/callback", &format!("{A_CALLBACK}?foo=bar")] {
            let request = suite.asks("openid").with("redirect_uri", redirect_uri);
            suite.world.browser().brings(&request).await.is_an_error_page_without_redirect();
        }
    })
    .await;
}

#[actix_web::test]
async fn the_authorization_request_may_come_by_post() {
    Suite::in_each_mode(async |suite| {
        let browser = suite.world.browser();
        let address = suite.asks("openid").address();
        let url = Url::parse(ISSUER).unwrap().join(&address).unwrap();
        let form: Params = url.query_pairs().into_owned().collect();
        let sent = browser.posts("/oauth2/authorize", &form).await;
        let interaction = browser.visits(sent.location().unwrap()).await.interaction();
        browser.proves_to_be(interaction, suite.zoe).await;
        suite.redeems_code_of(&suite.response(&browser.resumes(interaction).await)).await;
    })
    .await;
}

#[actix_web::test]
async fn a_request_object_and_a_request_uri_are_refused_by_redirect_and_never_ignored() {
    Suite::in_each_mode(async |suite| {
        // Unsigned, with another redirect_uri inside: neither that one nor a default is taken.
        let object = "eyJhbGciOiJub25lIn0.eyJyZWRpcmVjdF91cmkiOiJodHRwczovL2Vsc2V3aGVyZS5leGFtcGxlL2NiIn0.";
        for (name, value, error) in [
            ("request", object, "request_not_supported"),
            ("request_uri", "https://service-a.example/request.jwt", "request_uri_not_supported"),
        ] {
            let answer = suite.world.browser().brings(&suite.asks("openid").with(name, value)).await;
            let response = suite.response(&answer);
            assert_eq!((response["error"].as_str(), response.contains_key("code")), (error, false));
        }
    })
    .await;
}

#[actix_web::test]
async fn pkce_s256_with_a_verifier_of_the_whole_alphabet() {
    Suite::in_each_mode(async |suite| {
        assert!(["-", ".", "_", "~"].iter().all(|mark| VERIFIER.contains(mark)));
        let browser = suite.world.browser();
        let response = suite.signs_in(&browser, &suite.asks("openid")).await;
        suite.redeems(&redeem(&response["code"])).await;
        let response = suite.response(&browser.brings(&suite.asks("openid")).await);
        let wrong = redeem(&response["code"]).with("code_verifier", &VERIFIER.to_lowercase());
        assert_eq!(suite.world.token(&wrong).await.oauth_error(), (400, "invalid_grant".into()));
        suite.redeems(&redeem(&response["code"])).await;
    })
    .await;
}

#[actix_web::test]
async fn a_state_of_any_length_up_to_a_sane_limit_comes_back() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let long = "s".repeat(4_000);
    let answer = world.browser().brings_and_signs_in(&asks("openid").with("state", &long), zoe).await;
    assert_eq!(answer.params()["state"], long);
}

#[actix_web::test]
async fn a_refresh_token_brings_tokens_that_work_and_another_client_cannot_use_it() {
    Suite::in_each_mode(async |suite| {
        let response = suite.signs_in(&suite.world.browser(), &suite.asks("openid offline_access")).await;
        let got = suite.redeems_code_of(&response).await;
        let token = got.tokens["refresh_token"].as_str().unwrap();
        let other = refreshes(token).by_basic(STRICT, &secret(STRICT));
        assert_eq!(suite.world.token(&other).await.oauth_error(), (400, "invalid_grant".into()));
        let fresh = suite.redeems(&refreshes(token)).await;
        assert_ne!(fresh.tokens["access_token"], got.tokens["access_token"]);
    })
    .await;
}
