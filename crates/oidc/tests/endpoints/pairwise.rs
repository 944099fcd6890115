//! Pairwise subjects (OpenID Connect Core, section 8.1).

use std::collections::BTreeSet;

use identity::account::AccountId;
use serde_json::Value;

use crate::world::*;

const SECTOR: &str = "sector.example";

fn is_pairwise(world: &World, id: &str, sector: &str) {
    world.changes_client(id, |client| client.pairwise_sector = Some(sector.into()));
}

/// The token response for the person at this client.
async fn tokens(world: &World, client: &str, who: AccountId) -> Value {
    let code = world.browser().brings_and_signs_in(&asks("openid").of(client), who).await.code();
    world.token(&redeem(&code).of(client)).await.json()
}

async fn sub(world: &World, client: &str, who: AccountId) -> String {
    let tokens = tokens(world, client, who).await;
    let id_token = world.verify(tokens["id_token"].as_str().unwrap(), client).await;
    id_token["sub"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn one_sector_knows_a_person_by_one_sub_and_another_by_another() {
    let world = World::new().await;
    let (zoe, amir) = (world.has(Person::Zoe).await, world.has(Person::Amir).await);
    for client in [A, REQUIRES_TRN] {
        is_pairwise(&world, client, SECTOR);
    }
    is_pairwise(&world, B, "other.example");
    let of_zoe = sub(&world, A, zoe).await;
    assert_eq!(sub(&world, A, zoe).await, of_zoe);
    assert_eq!(sub(&world, REQUIRES_TRN, zoe).await, of_zoe);
    let all = [of_zoe, sub(&world, B, zoe).await, sub(&world, A, amir).await, zoe.to_string(), amir.to_string()];
    assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), 5);
}

#[actix_web::test]
async fn a_browser_session_has_one_sid_in_each_sector() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    is_pairwise(&world, A, SECTOR);
    is_pairwise(&world, REQUIRES_TRN, SECTOR);
    is_pairwise(&world, BLOCKS, "other.example");
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    let mut sids = Vec::new();
    for client in [A, REQUIRES_TRN, BLOCKS, STRICT] {
        let request = asks("openid").of(client);
        let tokens = world.token(&redeem(&browser.brings(&request).await.code()).of(client)).await;
        sids.push(claims(&world, &tokens, client).await["sid"].clone());
    }
    assert_eq!(sids[0], sids[1]);
    assert_eq!(sids.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), 3);
}

#[actix_web::test]
async fn every_server_makes_the_same_sub() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let other = world.another_server().await;
    let mut subs = BTreeSet::new();
    for server in [&world, &other] {
        is_pairwise(server, A, SECTOR);
        subs.insert(sub(server, A, zoe).await);
    }
    assert_eq!(subs.len(), 1);
}

#[actix_web::test]
async fn every_endpoint_tells_the_same_sub_and_none_tells_the_account() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    is_pairwise(&world, A, SECTOR);
    let tokens = tokens(&world, A, zoe).await;
    let access_token = tokens["access_token"].as_str().unwrap();
    let id_token = world.verify(tokens["id_token"].as_str().unwrap(), A).await;
    let userinfo = world.userinfo(access_token).await.json();
    let introspected = world.asks_at("/oauth2/introspect", &about(access_token)).await.json();
    let code = world.browser().brings_and_signs_in(&asks("openid").with("resource", API), zoe).await.code();
    let for_a_resource = world.token(&redeem(&code)).await.json();
    let read = world.verify(for_a_resource["access_token"].as_str().unwrap(), API).await;
    for told in [&userinfo, &introspected, &read] {
        assert_eq!(told["sub"], id_token["sub"]);
        assert!(!told.to_string().contains(&zoe.to_string()));
    }
}

#[actix_web::test]
async fn an_id_token_hint_and_a_sub_by_name_are_compared_as_the_client_knows_the_person() {
    let world = World::new().await;
    let (zoe, amir) = (world.has(Person::Zoe).await, world.has(Person::Amir).await);
    is_pairwise(&world, A, SECTOR);
    let hint = tokens(&world, A, zoe).await["id_token"].as_str().unwrap().to_owned();
    let named = format!(r#"{{"id_token":{{"sub":{{"value":"{}"}}}}}}"#, sub(&world, A, zoe).await);
    let (of_zoe, of_amir) = (world.browser(), world.browser());
    of_zoe.brings_and_signs_in(&asks("openid"), zoe).await.code();
    of_amir.brings_and_signs_in(&asks("openid"), amir).await.code();
    for (name, value) in [("id_token_hint", &hint), ("claims", &named)] {
        let request = asks("openid").with("prompt", "none").with(name, value);
        of_zoe.brings(&request).await.code();
        assert_eq!(of_amir.brings(&request).await.error(), "login_required", "{name}");
    }
}

#[actix_web::test]
async fn a_hint_from_before_the_client_became_pairwise_still_signs_its_person_out() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let before = tokens(&world, A, zoe).await["id_token"].as_str().unwrap().to_owned();
    is_pairwise(&world, A, SECTOR);
    let after = tokens(&world, A, zoe).await["id_token"].as_str().unwrap().to_owned();
    for hint in [before, after] {
        let browser = world.browser();
        browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
        let there = format!("/oauth2/end-session?id_token_hint={hint}&post_logout_redirect_uri={A_SIGNED_OUT}");
        assert_eq!(browser.visits(&there).await.location(), Some(A_SIGNED_OUT));
    }
}
