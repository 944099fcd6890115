//! The `claims` parameter (OpenID Connect Core, section 5.5).

use identity::account::AccountId;
use identity::interaction::AuthenticationMethod;
use identity::scope::Scopes;
use serde_json::{Value, json};

use crate::world::*;

fn asks_by_name(claims: &Value) -> AuthorizationRequest {
    asks("openid offline_access").with("claims", &claims.to_string())
}

/// The ID token, userinfo and refresh token that a sign-in with the request brings.
async fn got(world: &World, request: &AuthorizationRequest, who: AccountId) -> (Value, Value, String) {
    let code = world.browser().brings_and_signs_in(request, who).await.code();
    let tokens = world.token(&redeem(&code)).await.json();
    let id_token = world.verify(tokens["id_token"].as_str().unwrap(), A).await;
    let userinfo = world.userinfo(tokens["access_token"].as_str().unwrap()).await.json();
    (id_token, userinfo, tokens["refresh_token"].as_str().unwrap().into())
}

#[actix_web::test]
async fn what_is_asked_for_by_name_stands_where_it_was_asked_for_and_nothing_else_does() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let claims = json!({
        "userinfo": { "given_name": { "essential": true }, "phone_number": null, "unheard_of": null },
        "id_token": { "email": null, "auth_time": { "essential": true } },
    });
    let (id_token, userinfo, _) = got(&world, &asks_by_name(&claims), zoe).await;
    assert_eq!(userinfo, json!({ "sub": zoe.to_string(), "given_name": "Zoë", "phone_number": "+447700900123" }));
    assert_eq!(id_token["email"], "Zoe@Example.com");
    assert!(id_token["auth_time"].is_i64());
    assert!(["given_name", "email_verified", "unheard_of"].iter().all(|name| id_token.get(name).is_none()));
}

#[actix_web::test]
async fn a_refresh_brings_the_claims_that_were_asked_for_by_name_as_they_are_by_then() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let claims = json!({ "id_token": { "trn_match_level": null }, "userinfo": { "trn_match_level": null } });
    let (id_token, _, refresh_token) = got(&world, &asks_by_name(&claims), zoe).await;
    assert_eq!(id_token["trn_match_level"], "Low");
    world.raises_level(zoe).await;
    let tokens = world.token(&refreshes(&refresh_token)).await.json();
    let id_token = world.verify(tokens["id_token"].as_str().unwrap(), A).await;
    let userinfo = world.userinfo(tokens["access_token"].as_str().unwrap()).await.json();
    assert_eq!((&id_token["trn_match_level"], &userinfo["trn_match_level"]), (&"Medium".into(), &"Medium".into()));
}

#[actix_web::test]
async fn a_client_gets_no_claim_by_name_that_no_scope_of_its_file_would_open() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let file = Scopes::parse("openid email offline_access").unwrap();
    world.changes_client(A, |client| client.scopes = file.clone());
    let asked =
        json!({ "email": null, "name": { "essential": true }, "trn": null, "ni_number": null, "phone_number": null });
    let (id_token, userinfo, _) =
        got(&world, &asks_by_name(&json!({ "userinfo": asked, "id_token": asked })), zoe).await;
    assert_eq!(userinfo, json!({ "sub": zoe.to_string(), "email": "Zoe@Example.com" }));
    assert!(["name", "trn", "ni_number", "phone_number"].iter().all(|name| id_token.get(name).is_none()));
}

#[actix_web::test]
async fn a_claim_that_is_not_of_the_value_asked_for_is_left_out() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let asked = json!({ "userinfo": {
        "given_name": { "value": "Amir" }, "family_name": { "values": ["Khan", "O'Neil"] }, "middle_name": null,
    } });
    let (_, userinfo, _) = got(&world, &asks_by_name(&asked), zoe).await;
    assert_eq!(userinfo, json!({ "sub": zoe.to_string(), "family_name": "O'Neil" }));
}

#[actix_web::test]
async fn a_strict_client_gets_the_national_insurance_number_and_in_the_id_token_only_by_name() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid trn").of(STRICT);
    let by_name = request.clone().with("claims", r#"{"id_token":{"ni_number":null}}"#);
    for (level, number) in [("Low", Value::Null), ("Medium", "AB123456C".into())] {
        for (request, in_id_token) in [(&request, Value::Null), (&by_name, number.clone())] {
            let code = world.browser().brings_and_signs_in(request, zoe).await.code();
            let tokens = world.token(&redeem(&code).of(STRICT)).await.json();
            let id_token = world.verify(tokens["id_token"].as_str().unwrap(), STRICT).await;
            let userinfo = world.userinfo(tokens["access_token"].as_str().unwrap()).await.json();
            assert_eq!((&userinfo["ni_number"], &id_token["ni_number"]), (&number, &in_id_token), "{level}");
        }
        if level == "Low" {
            world.raises_level(zoe).await;
        }
    }
}

#[actix_web::test]
async fn nobody_but_the_person_of_the_sub_that_was_asked_for_gets_a_code() {
    let world = World::new().await;
    let (zoe, amir) = (world.has(Person::Zoe).await, world.has(Person::Amir).await);
    let request = asks_by_name(&json!({ "id_token": { "sub": { "value": zoe.to_string() } } }));
    let browser = world.browser();
    assert_eq!(browser.brings_and_signs_in(&request, amir).await.error(), "login_required");
    assert_eq!(browser.brings(&request.clone().with("prompt", "none")).await.error(), "login_required");
    browser.brings_and_signs_in(&request, zoe).await.code();
    browser.brings(&request.with("prompt", "none")).await.code();
}

const PHISHING_RESISTANT: &str = r#"{"id_token":{"acr":{"essential":true,"values":["phr"]}}}"#;

#[actix_web::test]
async fn an_essential_acr_that_is_not_met_is_a_new_sign_in_and_then_an_error() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    let request = asks("openid").with("claims", PHISHING_RESISTANT);
    assert_eq!(browser.brings(&request.clone().with("prompt", "none")).await.error(), "login_required");
    assert_eq!(browser.brings_and_signs_in(&request, zoe).await.error(), "unmet_authentication_requirements");

    let interaction = browser.brings(&request).await.interaction();
    browser.proves_by(&AuthenticationMethod::PASSKEY, interaction, zoe).await;
    let tokens = world.token(&redeem(&browser.resumes(interaction).await.code())).await;
    assert_eq!(claims(&world, &tokens, A).await["acr"], "phr");
    browser.brings(&request.with("prompt", "none")).await.code();
}

#[actix_web::test]
async fn an_essential_acr_that_we_do_not_have_is_an_error_at_once_and_a_voluntary_one_is_none() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let acr = |essential: bool| json!({ "id_token": { "acr": { "essential": essential, "value": "urn:of-another" } } });
    let refused = world.browser().brings(&asks_by_name(&acr(true))).await;
    assert_eq!(refused.error(), "unmet_authentication_requirements");
    world.browser().brings_and_signs_in(&asks_by_name(&acr(false)), zoe).await.code();
}

#[actix_web::test]
async fn claims_that_are_malformed_or_too_long_are_an_invalid_request() {
    let world = World::new().await;
    let long = json!({ "userinfo": { "x": { "value": "x".repeat(4096) } } }).to_string();
    for claims in ["name", "[]", "{\"userinfo\":[]}", "{\"userinfo\":{\"name\":1}}", long.as_str()] {
        let answer = world.browser().brings(&asks("openid").with("claims", claims)).await;
        assert_eq!(answer.error(), "invalid_request", "{claims}");
    }
}
