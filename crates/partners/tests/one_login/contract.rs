//! What goes over the wire, and what comes of it when all is well.

use std::collections::HashMap;

use chrono::Duration;
use identity::one_login::{Level, NotProved, OneLogin as _};
use identity::secret::Plain;
use partners::one_login::ClientKey;
use partners::simulators::one_login::Person;
use serde_json::{Value, json};

use crate::world::{CALLBACK, World, asha, key, submits};

#[tokio::test]
async fn a_person_whose_identity_is_proved_comes_back_with_all_of_it() {
    let world = World::new();
    let proved = world.signs_in(Level::Identity, &asha()).await.unwrap();
    assert_eq!(proved.subject.as_str(), "urn:fdc:gov.uk:2022:asha.okonkwo-bennett");
    assert_eq!(proved.email.unwrap().as_str(), "asha.okonkwo-bennett@example.com");
    let identity = proved.identity.unwrap();
    assert_eq!(identity.name.full(), "Asha Chidinma Okonkwo-Bennett");
    assert_eq!(identity.date_of_birth.date().to_string(), "1987-04-12");
    assert!(identity.previous_names.is_empty());
}

#[tokio::test]
async fn a_name_that_somebody_had_before_is_told_as_such() {
    let world = World::new();
    let jane = Person {
        previous_family_name: "Smith".into(),
        ..Person::new("jane.taylor@example.org", ("Jane", "Taylor"), "1990-06-30")
    };
    let identity = world.signs_in(Level::Identity, &jane).await.unwrap().identity.unwrap();
    assert_eq!(identity.name.full(), "Jane Taylor");
    assert_eq!(identity.previous_names.iter().map(|name| name.full()).collect::<Vec<_>>(), ["Jane Smith"]);
}

#[tokio::test]
async fn without_identity_nothing_but_the_address_is_asked_for_and_told() {
    let world = World::new();
    let proved = world.signs_in(Level::Credential, &asha()).await.unwrap();
    assert!(proved.email.is_some());
    assert_eq!(proved.identity, None);
    let asked: HashMap<_, _> = world.simulator.asked()[0].query_pairs().into_owned().collect();
    assert_eq!(asked["vtr"], r#"["Cl.Cm"]"#);
    assert!(!asked.contains_key("claims"));
}

#[tokio::test]
async fn the_request_has_what_the_documentation_wants() {
    let world = World::new();
    let remembered = world.remembers(Level::Identity);
    let url = world.client.authorize(&remembered).await.unwrap();
    assert_eq!(url.path(), "/authorize");
    let mut asked: HashMap<_, _> = url.query_pairs().into_owned().collect();
    let claims: Value = serde_json::from_str(&asked.remove("claims").unwrap()).unwrap();
    assert_eq!(claims, json!({ "userinfo": { "https://vocab.account.gov.uk/v1/coreIdentityJWT": null } }));
    assert_eq!(asked.remove("code_challenge").unwrap().len(), 43);
    let expected = [
        ("response_type", "code"),
        ("scope", "openid email"),
        ("client_id", "teachers"),
        ("redirect_uri", CALLBACK),
        ("state", &remembered.state),
        ("nonce", &remembered.nonce),
        ("code_challenge_method", "S256"),
        ("vtr", r#"["P2.Cl.Cm"]"#),
        ("ui_locales", "en"),
    ];
    assert_eq!(asked, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[tokio::test]
async fn whoever_declines_comes_back_with_an_error_and_the_state() {
    let world = World::new();
    let remembered = world.remembers(Level::Identity);
    let page = world.client.authorize(&remembered).await.unwrap();
    let back = submits(&page, &[("decline", "yes")]).await;
    assert!(back.contains(&("error".into(), "access_denied".into())));
    assert!(back.contains(&("state".into(), remembered.state)));
}

#[tokio::test]
async fn a_code_is_good_once_for_its_own_request_and_not_for_long() {
    let world = World::new();
    let remembered = world.remembers(Level::Identity);
    let code = world.code(&remembered, &asha()).await;
    world.client.redeem(&code, &remembered).await.unwrap();
    let again = world.client.redeem(&code, &remembered).await;
    assert!(matches!(again, Err(NotProved::CodeRefused)), "{again:?}");

    let code = world.code(&remembered, &asha()).await;
    let elsewhere = world.client.redeem(&code, &world.remembers(Level::Identity)).await;
    assert!(matches!(elsewhere, Err(NotProved::CodeRefused)), "another verifier: {elsewhere:?}");

    let code = world.code(&remembered, &asha()).await;
    world.clock.advance(Duration::minutes(11));
    let late = world.client.redeem(&code, &remembered).await;
    assert!(matches!(late, Err(NotProved::CodeRefused)), "{late:?}");
}

#[tokio::test]
async fn a_client_with_another_key_is_not_known_and_that_is_not_the_persons_fault() {
    let other = "-----BEGIN PRIVATE KEY-----\n\
                 MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghOSBB9sjfiX9pawY\n\
                 6XVV9di8XOAZrfEb1065MybFTwmhRANCAASRmFYjMibhhzyyLrKuV4PGhgRQOiVz\n\
                 dlwfLqhEk+y5CZxAVAlyrDsBrWm/lcgOCAeWC45M4LngsS7yjMG6SVNc\n\
                 -----END PRIVATE KEY-----\n";
    let world = World::with(std::time::Duration::from_secs(20), |settings| partners::one_login::Settings {
        key: key(other),
        ..settings
    });
    let refused = world.signs_in(Level::Identity, &asha()).await;
    assert!(matches!(refused, Err(NotProved::Unavailable(_))), "{refused:?}");
}

#[tokio::test]
async fn new_keys_are_found_without_a_restart() {
    let world = World::new();
    world.signs_in(Level::Identity, &asha()).await.unwrap();
    world.simulator.rotate_keys();
    let too_soon = world.signs_in(Level::Identity, &asha()).await;
    assert!(matches!(too_soon, Err(NotProved::Distrusted(_))), "{too_soon:?}");
    world.clock.advance(Duration::seconds(31));
    world.signs_in(Level::Identity, &asha()).await.unwrap();
}

#[test]
fn only_a_private_key_for_es256_or_rs256_is_one() {
    let public = partners::simulators::one_login::SAMPLE_PUBLIC_KEY;
    for wrong in ["", "secret", public] {
        assert!(ClientKey::from_pem(&Plain::new(wrong), None).is_err(), "{wrong}");
    }
    let key = ClientKey::from_pem(&Plain::new(partners::simulators::one_login::SAMPLE_PRIVATE_KEY), None).unwrap();
    assert_eq!(format!("{key:?}"), "ClientKey(..)");
}
