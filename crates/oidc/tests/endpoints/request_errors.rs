//! Authorization requests that are wrong: who is told, and how.

use crate::world::*;

#[actix_web::test]
async fn nobody_is_sent_to_an_address_that_the_client_did_not_register() {
    let world = World::new().await;
    let request = asks("openid");
    for redirect_uri in [
        "https://elsewhere.example/callback",
        "https://service-a.example/callback?added=1",
        "https://service-a.example/callback/",
        "https://service-a.example/callback#",
        "https://SERVICE-A.example/callback",
        "https://service-b.example/callback",
        "https://service-a.example/callback\0",
        "javascript:alert(1)",
        "",
    ] {
        let answer = world.browser().brings(&request.clone().with("redirect_uri", redirect_uri)).await;
        answer.is_an_error_page_without_redirect();
        assert_eq!(answer.json()["client"], A, "the page may say which service the person came from");
    }
    world.browser().brings(&request.clone().without("redirect_uri")).await.is_an_error_page_without_redirect();
    let twice = request.with_another("redirect_uri", A_CALLBACK);
    world.browser().brings(&twice).await.is_an_error_page_without_redirect();
}

#[actix_web::test]
async fn nobody_is_sent_anywhere_for_a_client_that_we_do_not_know() {
    let world = World::new().await;
    for client_id in ["unknown", "", "No client", "\0", "😀", &"a".repeat(10_000)] {
        let answer = world.browser().brings(&asks("openid").with("client_id", client_id)).await;
        answer.is_an_error_page_without_redirect();
        assert!(answer.json()["client"].is_null());
    }
    let without = asks("openid").without("client_id");
    world.browser().brings(&without).await.is_an_error_page_without_redirect();
    let twice = asks("openid").with_another("client_id", A);
    world.browser().brings(&twice).await.is_an_error_page_without_redirect();
    world.get("/oauth2/authorize").await.is_an_error_page_without_redirect();
}

#[actix_web::test]
async fn every_other_mistake_is_told_to_the_client_with_its_state_and_our_name() {
    let world = World::new().await;
    let state = "a state, \"<&>+ é😀 of our own";
    let request = asks("openid").with("state", state);
    for (name, value, error) in [
        ("response_type", "", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "code id_token", "unsupported_response_type"),
        ("response_type", "id_token", "unsupported_response_type"),
        ("response_mode", "web_message", "invalid_request"),
        ("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported"),
        ("request_uri", "https://service-a.example/request", "request_uri_not_supported"),
        ("registration", "{}", "registration_not_supported"),
        ("scope", "", "invalid_scope"),
        ("scope", "email", "invalid_scope"),
        ("prompt", "none login", "invalid_request"),
        ("prompt", "create", "invalid_request"),
        ("max_age", "soon", "invalid_request"),
        ("max_age", "-1", "invalid_request"),
        ("id_token_hint", "nonsense", "invalid_request"),
        ("nonce", "\0", "invalid_request"),
        ("session_id", "\u{7}", "invalid_request"),
    ] {
        let answer = world.browser().brings(&request.clone().with(name, value)).await;
        assert_eq!(answer.error(), error, "{name}={value}");
        let params = answer.params();
        assert_eq!((params["state"].as_str(), params["iss"].as_str()), (state, ISSUER));
        assert!(!params["error_description"].is_empty());
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[actix_web::test]
async fn a_client_cannot_ask_for_a_scope_that_its_file_does_not_give_it() {
    let world = World::new().await;
    assert_eq!(world.browser().brings(&asks("openid trn").of(B)).await.error(), "invalid_scope");
    world.browser().brings(&asks("openid email").of(B)).await.interaction();
}

#[actix_web::test]
async fn a_repeated_parameter_is_refused_whatever_it_is() {
    let world = World::new().await;
    for name in ["scope", "nonce", "response_type", "code_challenge", "unheard-of"] {
        let twice = asks("openid").with(name, "one").with_another(name, "one");
        let answer = world.browser().brings(&twice).await;
        assert_eq!((answer.error(), answer.params()["state"].as_str()), ("invalid_request".into(), "a-state"));
    }
    let two_states = world.browser().brings(&asks("openid").with_another("state", "another")).await;
    assert_eq!(two_states.error(), "invalid_request");
    assert!(!two_states.params().contains_key("state"), "neither of two states is the client's");
}

#[actix_web::test]
async fn a_state_that_could_not_come_back_as_it_was_is_refused() {
    let world = World::new().await;
    for state in ["%00", "%0A", "%FF", "%F0%28", &"x".repeat(4097), &"%F0%9F%98%80".repeat(2500)] {
        let address = asks("openid").without("state").address();
        let answer = world.get(&format!("{address}&state={state}")).await;
        assert_eq!(answer.error(), "invalid_request");
        assert!(!answer.params().contains_key("state"));
    }
}

#[actix_web::test]
async fn a_request_object_with_another_redirect_uri_inside_changes_nothing() {
    let world = World::new().await;
    let request = asks("openid").with("request", "eyJyZWRpcmVjdF91cmkiOiJodHRwczovL2Vsc2V3aGVyZSJ9");
    let answer = world.browser().brings(&request).await;
    assert_eq!(answer.error(), "request_not_supported");
    assert!(answer.location().unwrap().starts_with(A_CALLBACK));
    let without = request.without("redirect_uri");
    world.browser().brings(&without).await.is_an_error_page_without_redirect();
}
