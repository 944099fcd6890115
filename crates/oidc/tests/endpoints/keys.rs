//! Signing keys: made once, kept sealed, shared, shown by halves.

use std::collections::BTreeSet;

use identity::clock::{FakeClock, Time};
use identity::key_ring::{KeyRing, SealingKey};
use identity::random::Random;
use jsonwebtoken::jwk::JwkSet;
use oidc::{Keys, KeysError};
use serde_json::Value;

use crate::world::*;

fn clock() -> FakeClock {
    FakeClock::at(Time::from_timestamp(1_700_000_000, 0).unwrap())
}

async fn jwks(world: &World) -> Vec<Value> {
    let answer = world.get("/oauth2/jwks").await;
    assert_eq!(answer.status, 200);
    serde_json::from_value(answer.json()["keys"].clone()).unwrap()
}

#[actix_web::test]
async fn one_key_an_algorithm_is_served_with_distinct_ids_and_no_private_part() {
    let world = World::new().await;
    let keys = jwks(&world).await;
    let algorithms: BTreeSet<&str> = keys.iter().map(|key| key["alg"].as_str().unwrap()).collect();
    assert_eq!(algorithms, BTreeSet::from(["ES256", "EdDSA", "PS256", "RS256"]));
    let document = world.get("/.well-known/openid-configuration").await.json();
    let told = document["id_token_signing_alg_values_supported"].as_array().unwrap();
    assert_eq!(told.iter().filter_map(Value::as_str).collect::<BTreeSet<_>>(), algorithms);
    let kids: BTreeSet<&str> = keys.iter().map(|key| key["kid"].as_str().unwrap()).collect();
    assert_eq!((kids.len(), keys.len()), (4, 4));
    for key in &keys {
        assert_eq!(key["use"], "sig");
        for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert!(key.get(private).is_none(), "{private}");
        }
    }
}

#[actix_web::test]
async fn a_second_start_finds_the_same_keys() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(&folder).await;
    let first = Keys::load_or_create(&store, &key_ring(), &clock().clock(), &Random::seeded(1)).await.unwrap();
    let second = Keys::load_or_create(&store, &key_ring(), &clock().clock(), &Random::seeded(2)).await.unwrap();
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
}

#[actix_web::test]
async fn servers_that_start_at_once_on_an_empty_database_agree_on_their_keys() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(&folder).await;
    let (ring, clock, random) = (key_ring(), clock().clock(), Random::seeded(1));
    let start = || Keys::load_or_create(&store, &ring, &clock, &random);
    let (one, two, three) = tokio::join!(start(), start(), start());
    let kids = format!("{:?}", one.unwrap());
    assert_eq!((format!("{:?}", two.unwrap()), format!("{:?}", three.unwrap())), (kids.clone(), kids));
    assert_eq!(store.read(|db| db.signing_keys().all()).await.unwrap().len(), 4);
}

#[actix_web::test]
async fn private_keys_are_sealed_in_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(&folder).await;
    Keys::load_or_create(&store, &key_ring(), &clock().clock(), &Random::seeded(1)).await.unwrap();
    for key in store.read(|db| db.signing_keys().all()).await.unwrap() {
        assert!(key.sealed_private_key.starts_with("test."));
        assert!(key_ring().open("another purpose", &key.sealed_private_key).is_err());
    }
    let other = KeyRing::new(vec![SealingKey { id: "test".into(), key: [1; 32] }]).unwrap();
    let opened = Keys::load_or_create(&store, &other, &clock().clock(), &Random::seeded(1)).await;
    assert!(matches!(opened, Err(KeysError::Sealed { .. })), "a server with another key ring does not start");
}

#[actix_web::test]
async fn a_token_of_one_server_is_good_at_another_that_shares_the_database() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid"), zoe).await.code();
    let tokens = world.token(&redeem(&code)).await.json();
    let other = world.another_server().await;
    let keys: JwkSet = serde_json::from_str(&other.get("/oauth2/jwks").await.body).unwrap();
    assert!(keys.find(&header(tokens["id_token"].as_str().unwrap()).kid.unwrap()).is_some());
    assert_eq!(other.userinfo(tokens["access_token"].as_str().unwrap()).await.status, 200);
}
