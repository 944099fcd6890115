//! The Config profile: discovery is complete, and all of it is https.

use crate::world::*;

#[actix_web::test]
async fn discovery_of_an_https_issuer_is_complete_and_names_only_https() {
    let world = World::at("https://identity.example").await;
    let document = world.get("/.well-known/openid-configuration").await.json();
    assert_eq!(document["issuer"], "https://identity.example");
    for required in [
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "end_session_endpoint",
        "scopes_supported",
        "response_types_supported",
        "response_modes_supported",
        "grant_types_supported",
        "subject_types_supported",
        "id_token_signing_alg_values_supported",
        "token_endpoint_auth_methods_supported",
        "claims_supported",
        "code_challenge_methods_supported",
    ] {
        assert!(!document[required].is_null(), "{required}");
    }
    for (name, value) in document.as_object().unwrap() {
        if name.ends_with("_endpoint") || name.ends_with("_uri") {
            assert!(value.as_str().unwrap().starts_with("https://identity.example/"), "{name}");
        }
    }
    let algorithms = document["id_token_signing_alg_values_supported"].as_array().unwrap();
    assert!(algorithms.contains(&"RS256".into()) && !algorithms.contains(&"none".into()));
}
