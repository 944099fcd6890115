//! Discovery tells of what is there, and of nothing else: each thing that it names is tried.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use identity::interaction::AuthenticationMethod;
use identity::scope::Scope;
use jsonwebtoken::Algorithm;
use serde_json::Value;
use url::Url;

use crate::world::*;

const DOCUMENT: &str = "/.well-known/openid-configuration";

async fn document(world: &World) -> Value {
    world.get(DOCUMENT).await.json()
}

fn list(document: &Value, name: &str) -> Vec<String> {
    serde_json::from_value(document[name].clone()).unwrap_or_else(|_| panic!("{name} is no list"))
}

#[actix_web::test]
async fn the_document_is_complete_and_the_same_under_both_names() {
    let world = World::new().await;
    let answer = world.get(DOCUMENT).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(world.get("/.well-known/oauth-authorization-server").await.body, answer.body);
    let document = answer.json();
    assert_eq!(document["issuer"], ISSUER);
    // Required by OpenID Connect Discovery 1.0, section 3, and by RP-Initiated Logout 1.0, section 2.1.
    for name in [
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "response_types_supported",
        "subject_types_supported",
        "id_token_signing_alg_values_supported",
        "end_session_endpoint",
    ] {
        assert!(!document[name].is_null(), "{name}");
    }
    assert_eq!(document["authorization_response_iss_parameter_supported"], true);
}

#[actix_web::test]
async fn nothing_is_told_of_that_no_test_here_tries() {
    let world = World::new().await;
    let document = document(&world).await;
    let tried = [
        "acr_values_supported",
        "authorization_endpoint",
        "authorization_response_iss_parameter_supported",
        "authorization_signing_alg_values_supported",
        "backchannel_logout_session_supported",
        "backchannel_logout_supported",
        "claim_types_supported",
        "claims_in_verified_claims_supported",
        "claims_parameter_supported",
        "claims_supported",
        "code_challenge_methods_supported",
        "dpop_signing_alg_values_supported",
        "electronic_records_supported",
        "end_session_endpoint",
        "evidence_supported",
        "grant_types_supported",
        "id_token_signing_alg_values_supported",
        "introspection_endpoint",
        "introspection_endpoint_auth_methods_supported",
        "introspection_endpoint_auth_signing_alg_values_supported",
        "introspection_signing_alg_values_supported",
        "issuer",
        "jwks_uri",
        "prompt_values_supported",
        "pushed_authorization_request_endpoint",
        "request_object_signing_alg_values_supported",
        "request_parameter_supported",
        "request_uri_parameter_supported",
        "require_pushed_authorization_requests",
        "response_modes_supported",
        "response_types_supported",
        "revocation_endpoint",
        "revocation_endpoint_auth_methods_supported",
        "revocation_endpoint_auth_signing_alg_values_supported",
        "scopes_supported",
        "service_documentation",
        "subject_types_supported",
        "token_endpoint",
        "token_endpoint_auth_methods_supported",
        "token_endpoint_auth_signing_alg_values_supported",
        "trust_frameworks_supported",
        "userinfo_endpoint",
        "userinfo_signing_alg_values_supported",
        "verified_claims_supported",
    ];
    let mut told: Vec<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
    told.sort_unstable();
    assert_eq!(told, tried);
    assert_eq!(document["request_uri_parameter_supported"], false);
    assert_eq!(document["request_parameter_supported"], true);
    assert_eq!(document["require_pushed_authorization_requests"], false);
    assert_eq!(list(&document, "claim_types_supported"), ["normal"]);
}

#[actix_web::test]
async fn every_address_is_the_issuers_and_leads_somewhere() {
    let world = World::new().await;
    let document = document(&world).await;
    let mut addresses = 0;
    for (name, value) in document.as_object().unwrap() {
        if !(name.ends_with("_endpoint") || name.ends_with("_uri")) {
            continue;
        }
        let url = Url::parse(value.as_str().unwrap()).unwrap();
        assert_eq!(url.origin().ascii_serialization(), ISSUER, "{name}");
        let (get, post) = (TestRequest::get(), TestRequest::post());
        let [get, post] = [get, post].map(|request| request.uri(url.path()));
        let statuses = [world.send(get).await.status.as_u16(), world.send(post).await.status.as_u16()];
        assert!(!statuses.contains(&404) && statuses.iter().any(|status| *status != 405), "{name}: {statuses:?}");
        addresses += 1;
    }
    assert_eq!(addresses, 8);
}

#[actix_web::test]
async fn the_documentation_has_every_address_and_every_key_that_is_published() {
    let world = World::new().await;
    let document = document(&world).await;
    let address = Url::parse(document["service_documentation"].as_str().unwrap()).unwrap();
    assert_eq!(address.origin().ascii_serialization(), ISSUER);
    let page = world.get(address.path()).await.json();
    let shown: Vec<(String, String)> = serde_json::from_value(page["endpoints"].clone()).unwrap();
    assert_eq!(shown[0], ("openid-configuration".into(), format!("{ISSUER}{DOCUMENT}")));
    let told: BTreeSet<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
    let told = told.into_iter().filter(|name| name.ends_with("_endpoint") || name.ends_with("_uri"));
    assert_eq!(shown[1..].iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), told.collect::<Vec<_>>());
    assert!(shown[1..].iter().all(|(name, address)| document[name] == address.as_str()));
    assert_eq!(page["cached_for"], 600);
    let kids = |keys: &Value| -> BTreeSet<String> {
        keys.as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(kids(&page["keys"]), kids(&world.get("/oauth2/jwks").await.json()["keys"]));
    assert!(page["keys"].as_array().unwrap().iter().all(|key| key["state"] == "active" && key["next"] == true));
}

#[actix_web::test]
async fn every_scope_works_and_together_they_bring_every_claim_and_no_other() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let document = document(&world).await;
    let (own, scopes): (Vec<_>, Vec<_>) =
        list(&document, "scopes_supported").into_iter().partition(|scope| Scope::parse(scope).unwrap().is_own());
    assert_eq!(own, Scope::OWN.map(Scope::as_str), "these are tried with client_credentials");
    let scope = scopes.join(" ");
    let verified =
        r#"{"userinfo":{"verified_claims":{"verification":{"trust_framework":null},"claims":{"trn":null}}}}"#;
    let request = asks(&scope).with("claims", verified);
    let code = world.browser().brings_and_signs_in(&request, zoe).await.code();
    let tokens = world.token(&redeem(&code)).await.json();
    assert_eq!(tokens["scope"], scope);
    let id_token = world.verify(tokens["id_token"].as_str().unwrap(), A).await;
    let userinfo = world.userinfo(tokens["access_token"].as_str().unwrap()).await.json();
    let seen = [&id_token, &userinfo].into_iter().flat_map(|claims| claims.as_object().unwrap().keys());
    let seen: BTreeSet<String> = seen.cloned().collect();
    let told: BTreeSet<String> = list(&document, "claims_supported").into_iter().collect();
    let of_more_names_and_for_strict_clients = ["middle_name", "preferred_name", "ni_number"].map(String::from).into();
    assert_eq!(told.difference(&seen).cloned().collect::<BTreeSet<_>>(), of_more_names_and_for_strict_clients);
    assert!(seen.is_subset(&told), "{seen:?}");
}

#[actix_web::test]
async fn every_class_that_a_sign_in_can_have_is_told_and_no_other() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let mut seen = Vec::new();
    for methods in [&[AuthenticationMethod::Otp][..], &AuthenticationMethod::PASSKEY, &[AuthenticationMethod::Mfa]] {
        let browser = world.browser();
        let interaction = browser.brings(&asks("openid")).await.interaction();
        browser.proves_by(methods, interaction, zoe).await;
        let tokens = world.token(&redeem(&browser.resumes(interaction).await.code())).await;
        seen.push(claims(&world, &tokens, A).await["acr"].as_str().unwrap().to_owned());
    }
    assert_eq!(list(&document(&world).await, "acr_values_supported"), seen);
}

#[actix_web::test]
async fn every_response_type_mode_and_prompt_is_accepted() {
    let world = World::new().await;
    let document = document(&world).await;
    for (name, parameter) in [
        ("response_types_supported", "response_type"),
        ("response_modes_supported", "response_mode"),
        ("prompt_values_supported", "prompt"),
        ("code_challenge_methods_supported", "code_challenge_method"),
    ] {
        let values = list(&document, name);
        assert!(!values.is_empty());
        for value in values {
            let answer = world.browser().brings(&asks("openid").with(parameter, &value)).await;
            let silent = value == "none";
            assert!(if silent { answer.error() == "login_required" } else { is_journey(&answer) }, "{value}");
        }
    }
}

fn is_journey(answer: &Answer) -> bool {
    answer.location().is_some_and(|location| location.starts_with("/sign-in/"))
}

impl World {
    /// The request, from the client that authenticates in this way.
    fn authenticated_by(&self, method: &str, request: TokenRequest) -> TokenRequest {
        match method {
            "client_secret_basic" => request,
            "client_secret_post" => request.by_post(A, &secret(A)),
            "private_key_jwt" => request.by_assertion(&signer(Algorithm::PS256).signs(&self.assertion(KEYED))),
            "none" => request.anonymous().with("client_id", PUBLIC),
            other => panic!("{other} is told of and not tested"),
        }
    }
}

fn that(method: &str) -> &'static str {
    match method {
        "private_key_jwt" => KEYED,
        "none" => PUBLIC,
        _ => A,
    }
}

#[actix_web::test]
async fn every_way_to_authenticate_a_client_and_every_grant_works() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    let document = document(&world).await;
    for method in list(&document, "token_endpoint_auth_methods_supported") {
        for grant_type in list(&document, "grant_types_supported") {
            let client = that(&method);
            if (grant_type.as_str(), client) == ("client_credentials", PUBLIC) {
                continue;
            }
            let code = browser.brings(&asks("openid offline_access").of(client)).await.code();
            let redeem = redeem(&code).with("redirect_uri", &callback(client));
            let request = match grant_type.as_str() {
                "authorization_code" => redeem,
                "refresh_token" => {
                    let tokens = world.token(&world.authenticated_by(&method, redeem)).await.json();
                    refreshes(tokens["refresh_token"].as_str().unwrap())
                }
                "client_credentials" => about("").without("token").with("grant_type", "client_credentials"),
                other => panic!("{other} is told of and not tested"),
            };
            let answer = world.token(&world.authenticated_by(&method, request)).await;
            assert_eq!(answer.status, 200, "{method} {grant_type}: {answer:?}");
        }
    }
}

#[actix_web::test]
async fn every_way_to_authenticate_works_where_tokens_are_revoked_and_introspected() {
    let world = World::new().await;
    let document = document(&world).await;
    for endpoint in ["token", "revocation", "introspection"] {
        let address = document[format!("{endpoint}_endpoint")].as_str().unwrap().to_owned();
        for method in list(&document, &format!("{endpoint}_endpoint_auth_methods_supported")) {
            let request = world.authenticated_by(&method, about("a token"));
            let status = world.asks_at(Url::parse(&address).unwrap().path(), &request).await.status;
            assert_eq!(status, if endpoint == "token" { 400 } else { 200 }, "{method}");
        }
        let algorithms = list(&document, &format!("{endpoint}_endpoint_auth_signing_alg_values_supported"));
        assert_eq!(algorithms, ["RS256", "PS256", "ES256", "EdDSA"]);
    }
    assert_eq!(list(&document, "introspection_signing_alg_values_supported"), ["RS256"]);
}

#[actix_web::test]
async fn sign_outs_are_told_over_the_back_channel_with_the_id_of_the_session() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let document = document(&world).await;
    for name in ["backchannel_logout_supported", "backchannel_logout_session_supported"] {
        assert_eq!(document[name], true, "{name}");
    }
    let browser = world.browser();
    let code = browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    let sid = claims(&world, &world.token(&redeem(&code)).await, A).await["sid"].clone();
    browser.posts("/oauth2/end-session", &vec![("confirm".into(), "yes".into())]).await;
    let servers = Servers::default();
    world.tells(&servers).await;
    assert_eq!(unverified(&servers.tokens_of(A)[0])["sid"], sid);
}

#[actix_web::test]
async fn what_is_unchanged_is_not_sent_again() {
    let world = World::new().await;
    for path in [DOCUMENT, "/oauth2/jwks"] {
        let first = world.get(path).await;
        assert_eq!(first.header("cache-control"), "public, max-age=600");
        let tag = first.header("etag").to_owned();
        let known = TestRequest::get().uri(path).insert_header(("If-None-Match", format!("\"x\", W/{tag}")));
        let second = world.send(known).await;
        assert_eq!((second.status.as_u16(), second.body.as_str()), (304, ""));
        let other = TestRequest::get().uri(path).insert_header(("If-None-Match", "\"x\""));
        assert_eq!(world.send(other).await.body, first.body);
    }
}

#[actix_web::test]
async fn every_claim_and_kind_of_evidence_that_can_be_verified_is_and_no_other() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let document = document(&world).await;
    let names = list(&document, "claims_in_verified_claims_supported");
    let asked: serde_json::Map<String, Value> = names.iter().map(|name| (name.clone(), Value::Null)).collect();
    let one = |name| list(&document, name).remove(0);
    let request = serde_json::json!({ "userinfo": { "verified_claims": {
        "verification": { "trust_framework": { "value": one("trust_frameworks_supported") }, "evidence": [{
            "type": { "value": one("evidence_supported") },
            "record": { "type": { "value": one("electronic_records_supported") } },
        }] },
        "claims": asked,
    } } });
    let request = asks("openid").with("claims", &request.to_string());
    let tokens = world.token(&redeem(&world.browser().brings_and_signs_in(&request, zoe).await.code())).await.json();
    let userinfo = world.userinfo(tokens["access_token"].as_str().unwrap()).await.json();
    let told = userinfo["verified_claims"]["claims"].as_object().unwrap();
    let missing: Vec<&String> = names.iter().filter(|name| !told.contains_key(*name)).collect();
    assert_eq!(missing, ["middle_name"], "Zoe has one name less");
}

#[actix_web::test]
async fn every_type_of_subject_and_algorithm_of_userinfo_is_one_that_a_client_can_have() {
    let world = World::new().await;
    let document = document(&world).await;
    assert_eq!(list(&document, "subject_types_supported"), ["public", "pairwise"]);
    let algorithms = identity::client::SigningAlgorithm::ALL.map(|algorithm| algorithm.as_str());
    assert_eq!(list(&document, "userinfo_signing_alg_values_supported"), algorithms);
}
