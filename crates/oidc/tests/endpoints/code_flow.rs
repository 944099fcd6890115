//! The code flow from one end to the other, as it goes when nothing is wrong.

use chrono::Duration;
use identity::account::{LookupStatus, MatchLevel, RecordLink};
use identity::client::{Client, SigningAlgorithm};
use identity::interaction::AuthenticationMethod;
use identity::trn::Trn;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use crate::world::*;

fn names(claims: &Value) -> Vec<&str> {
    claims.as_object().unwrap().keys().map(String::as_str).collect()
}

#[actix_web::test]
async fn a_person_signs_in_and_the_client_gets_an_id_token_that_its_library_accepts() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let answer = world.browser().brings_and_signs_in(&asks("openid trn"), zoe).await;
    let params = answer.params();
    assert!(answer.location().unwrap().starts_with("https://service-a.example/callback?"));
    assert_eq!((params["state"].as_str(), params["iss"].as_str(), params.len()), ("a-state", ISSUER, 3));

    world.passes(Duration::seconds(30));
    let answer = world.token(&redeem(&params["code"])).await;
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
    let response = answer.json();
    assert_eq!((&response["token_type"], &response["expires_in"]), (&json!("Bearer"), &json!(3600)));
    assert_eq!(response["scope"], "openid trn");

    let mut claims = claims(&world, &answer, A).await;
    assert_eq!(header(response["id_token"].as_str().unwrap()).alg, Algorithm::RS256);
    let random = ["sid", "at_hash"].map(|name| claims.as_object_mut().unwrap().remove(name).unwrap());
    assert!(random.iter().all(|value| value.as_str().is_some_and(|text| text.len() > 20)));
    let expected = json!({
        "iss": ISSUER, "aud": A, "sub": zoe.to_string(), "iat": 1_700_000_030, "exp": 1_700_003_630,
        "auth_time": 1_700_000_000, "nonce": "a-nonce",
        "acr": "urn:get-an-identity:acr:one-time-code", "amr": ["otp"],
        "trn": "1234567", "trn_lookup_status": "Found", "trn_match_level": "Low", "trn_match_policy": "default/1",
    });
    assert_eq!(claims, expected);
}

#[actix_web::test]
async fn both_tokens_tell_that_the_person_used_a_passkey() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let interaction = browser.brings(&asks("openid")).await.interaction();
    browser.proves_by(&AuthenticationMethod::PASSKEY, interaction, zoe).await;
    let answer = world.token(&redeem(&browser.resumes(interaction).await.code())).await;
    let access_token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let introspected = world.asks_at("/oauth2/introspect", &about(&access_token)).await.json();
    for claims in [claims(&world, &answer, A).await, introspected] {
        assert_eq!((&claims["acr"], &claims["amr"]), (&json!("phr"), &json!(["pop", "user"])));
    }
}

#[actix_web::test]
async fn an_access_token_for_us_alone_shows_nothing_and_can_be_asked_about() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid email"), zoe).await.code();
    let token = world.token(&redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
    assert!(jsonwebtoken::decode_header(&token).is_err(), "it is no JWT");
    let told = world.asks_at("/oauth2/introspect", &about(&token)).await.json();
    assert_eq!((&told["client_id"], &told["scope"]), (&json!(A), &json!("openid email")));
    assert_eq!((&told["sub"], &told["aud"]), (&json!(zoe.to_string()), &json!(ISSUER)));
    assert_eq!(told["exp"], 1_700_003_600);
    assert!(told["jti"].is_string() && told["auth_time"].is_number());
}

#[actix_web::test]
async fn an_access_token_of_which_one_letter_is_another_is_not_taken() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid"), zoe).await.code();
    let token = world.token(&redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.userinfo(&token).await.status, 200);
    for at in (0..token.len() - 1).step_by(7) {
        let other = if &token[at..=at] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &token[..at], &token[at + 1..]);
        assert_eq!(world.userinfo(&changed).await.oauth_error(), (401, "invalid_token".into()), "letter {at}");
    }
}

#[actix_web::test]
async fn the_secret_may_come_by_basic_or_in_the_form() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let code = browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
    let code = browser.brings(&asks("openid")).await.code();
    assert_eq!(world.token(&redeem(&code).by_post(A, &secret(A))).await.status, 200);
}

#[actix_web::test]
async fn an_id_token_is_signed_with_the_algorithm_that_the_client_registered() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let document = world.get("/.well-known/openid-configuration").await.json();
    let told: Vec<SigningAlgorithm> =
        serde_json::from_value(document["id_token_signing_alg_values_supported"].clone()).unwrap();
    assert_eq!(told, SigningAlgorithm::ALL);
    for algorithm in told {
        let mut clients: Vec<Client> = world.provider.clients.all().iter().map(|client| (**client).clone()).collect();
        let b = clients.iter_mut().find(|client| client.id.as_str() == B).unwrap();
        b.id_token_signed_response_alg = algorithm;
        world.provider.clients.replace(clients);
        let code = world.browser().brings_and_signs_in(&asks("openid").of(B), zoe).await.code();
        let answer = world.token(&redeem(&code).of(B)).await;
        let header = header(answer.json()["id_token"].as_str().unwrap());
        assert_eq!(serde_json::to_value(header.alg).unwrap(), algorithm.as_str());
        let claims = claims(&world, &answer, B).await;
        assert_eq!(claims["sub"], zoe.to_string());
        let length = if algorithm == SigningAlgorithm::EdDSA { 43 } else { 22 };
        assert_eq!(claims["at_hash"].as_str().unwrap().len(), length, "half of the hash of {algorithm:?}");
    }
}

#[actix_web::test]
async fn without_a_nonce_the_id_token_has_none() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid").without("nonce"), zoe).await.code();
    let claims = claims(&world, &world.token(&redeem(&code)).await, A).await;
    assert!(!names(&claims).contains(&"nonce"));
}

#[actix_web::test]
async fn standard_claims_are_in_userinfo_and_not_in_the_id_token() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid profile email"), zoe).await.code();
    let answer = world.token(&redeem(&code)).await;
    let id_token = claims(&world, &answer, A).await;
    assert_eq!(
        names(&id_token),
        ["acr", "amr", "at_hash", "aud", "auth_time", "exp", "iat", "iss", "nonce", "sid", "sub"]
    );
    let userinfo = world.userinfo(answer.json()["access_token"].as_str().unwrap()).await.json();
    let expected = json!({
        "sub": zoe.to_string(), "name": "Zoë O'Neil", "given_name": "Zoë", "family_name": "O'Neil",
        "birthdate": "1990-02-28", "updated_at": 1_700_000_000, "email": "Zoe@Example.com", "email_verified": true,
    });
    assert_eq!(userinfo, expected);
}

#[actix_web::test]
async fn neither_the_order_of_parameters_and_scopes_nor_an_unknown_one_matters() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("unheard-of email openid").with("unheard-of", "value").reversed();
    let code = world.browser().brings_and_signs_in(&request, zoe).await.code();
    assert_eq!(world.token(&redeem(&code)).await.json()["scope"], "openid email");
}

#[actix_web::test]
async fn what_a_client_says_of_its_screen_and_languages_is_accepted() {
    let world = World::new().await;
    for (name, value) in [
        ("display", "page"),
        ("display", "popup"),
        ("ui_locales", "cy en"),
        ("claims_locales", "cy"),
        ("acr_values", "1 2"),
        ("login_hint", "zoe@example.com"),
        ("login_hint", "not an address"),
        ("session_id", "visitor 1"),
        ("claims", r#"{"userinfo":{"name":{"essential":true}}}"#),
        ("prompt", "consent"),
    ] {
        world.browser().brings(&asks("openid").with(name, value)).await.interaction();
    }
}

#[actix_web::test]
async fn the_journey_is_told_what_the_request_asks_of_it() {
    let world = World::new().await;
    let request = asks("openid trn").with("login_hint", "Zoe@example.com");
    let id = world.browser().brings(&request).await.interaction();
    let ask = world.provider.store.read(move |db| db.interactions().by_id(&id)).await.unwrap().unwrap().ask;
    assert!(ask.wants_record);
    assert_eq!(ask.login_hint.unwrap().as_str(), "Zoe@example.com");
    let id = world.browser().brings(&asks("openid email").of(B)).await.interaction();
    let ask = world.provider.store.read(move |db| db.interactions().by_id(&id)).await.unwrap().unwrap().ask;
    assert!(!ask.wants_record && ask.login_hint.is_none());
    let id = world.browser().brings(&asks("openid").of(REQUIRES_TRN)).await.interaction();
    let ask = world.provider.store.read(move |db| db.interactions().by_id(&id)).await.unwrap().unwrap().ask;
    assert!(ask.wants_record, "a client that requires a TRN wants the record whatever scopes it names");
}

#[actix_web::test]
async fn a_state_of_any_characters_comes_back_as_it_was() {
    let world = World::new().await;
    for state in ["x".repeat(128), "x".repeat(4096), "a b+c&d=e%20~/?#é😀\"<>".into(), " ".into()] {
        let answer = world.browser().brings(&asks("openid").with("state", &state).with("prompt", "none")).await;
        assert_eq!((answer.error(), &answer.params()["state"]), ("login_required".into(), &state));
    }
    let answer = world.browser().brings(&asks("openid").without("state").with("prompt", "none")).await;
    assert!(!answer.params().contains_key("state"));
}

#[actix_web::test]
async fn a_person_without_a_record_is_told_of_as_such() {
    let world = World::new().await;
    let amir = world.has(Person::Amir).await;
    for scope in ["openid trn", "openid dqt:read"] {
        let code = world.browser().brings_and_signs_in(&asks(scope), amir).await.code();
        let claims = claims(&world, &world.token(&redeem(&code)).await, A).await;
        assert_eq!((&claims["trn_lookup_status"], claims.get("trn")), (&json!("None"), None));
    }
}

#[actix_web::test]
async fn a_strict_client_gets_no_trn_that_was_found_without_a_number() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid trn").of(STRICT), zoe).await.code();
    let claims = claims(&world, &world.token(&redeem(&code).of(STRICT)).await, STRICT).await;
    assert_eq!((&claims["trn_lookup_status"], claims.get("trn")), (&json!("Found"), None));
}

#[actix_web::test]
async fn claims_are_those_of_the_moment_when_the_token_is_issued() {
    let world = World::new().await;
    let amir = world.has(Person::Amir).await;
    let code = world.browser().brings_and_signs_in(&asks("openid trn"), amir).await.code();
    let link = RecordLink {
        trn: Trn::parse("7654321").unwrap(),
        level: MatchLevel::Medium,
        policy: "default/1".into(),
        matched: None,
    };
    let now = world.provider.clock.now();
    let store = &world.provider.store;
    let settled =
        store.transact(move |db| db.accounts().settle_record(amir, LookupStatus::Found, Some(&link), None, now));
    settled.await.unwrap();
    let claims = claims(&world, &world.token(&redeem(&code)).await, A).await;
    assert_eq!((&claims["trn"], &claims["trn_match_level"]), (&json!("7654321"), &json!("Medium")));
}

#[actix_web::test]
async fn a_request_by_post_comes_again_by_get_with_the_same_parameters() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let request = asks("openid").with("state", "a b&c=+é");
    let form: Params = url::form_urlencoded::parse(request.encoded().as_bytes()).into_owned().collect();
    let answer = browser.posts("/oauth2/authorize", &form).await;
    assert_eq!(answer.status, 303);
    assert!(answer.location().unwrap().starts_with("/oauth2/authorize?"));
    let interaction = browser.visits(answer.location().unwrap()).await.interaction();
    browser.proves_to_be(interaction, zoe).await;
    assert_eq!(browser.resumes(interaction).await.params()["state"], "a b&c=+é");
}
