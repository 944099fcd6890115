//! Grants.

use identity::claims_request::ClaimsRequest;
use identity::grant::{Grant, GrantId};

use super::at_once;
use crate::sample::{account, grant, hashed, noon, seconds};
use crate::world::World;

impl World {
    async fn has_grant(&self, change: impl Fn(&mut Grant)) -> Grant {
        let person = account(&self.random, "jane@example.com");
        let mut grant = grant(&self.random, &person);
        change(&mut grant);
        let kept = grant.clone();
        self.does(move |db| {
            db.accounts().create(&person)?;
            db.grants().create(&kept)
        })
        .await;
        grant
    }

    async fn grant(&self, id: GrantId) -> Option<Grant> {
        self.sees(move |db| db.grants().by_id(id)).await
    }
}

pub(crate) async fn a_grant_comes_back_as_it_was_written(world: World) {
    let grant = world.has_grant(|_| {}).await;
    assert_eq!(world.grant(grant.id).await, Some(grant));
    assert_eq!(world.grant(GrantId::new(&world.random)).await, None);
}

pub(crate) async fn a_grant_without_a_nonce_and_a_challenge_comes_back_without(world: World) {
    let grant = world.has_grant(|grant| (grant.nonce, grant.code_challenge) = (None, None)).await;
    assert_eq!(world.grant(grant.id).await, Some(grant));
}

pub(crate) async fn a_grant_for_which_nothing_was_asked_by_name_comes_back_so(world: World) {
    let grant = world.has_grant(|grant| grant.claims = ClaimsRequest::default()).await;
    assert_eq!(world.grant(grant.id).await, Some(grant));
    assert_eq!(world.texts("SELECT COALESCE(claims, 'none') AS value FROM grants"), ["none"]);
}

pub(crate) async fn a_grant_comes_with_its_account_until_that_is_deleted(world: World) {
    let grant = world.has_grant(|_| {}).await;
    let (id, account) = (grant.id, grant.account);
    for is_there in [true, false] {
        let found = world.sees(move |db| db.grants().with_account(id)).await;
        let (found, theirs) = found.expect("the grant is there");
        assert_eq!((found, theirs.map(|account| account.id)), (grant.clone(), is_there.then_some(account)));
        world.does(move |db| db.accounts().delete(account, noon())).await;
    }
    let nobodys = GrantId::new(&world.random);
    assert_eq!(world.sees(move |db| db.grants().with_account(nobodys)).await, None);
}

pub(crate) async fn a_grant_whose_code_does_not_name_it_is_found_for_as_long_as_it_may_be_redeemed(world: World) {
    let grant = world.has_grant(|_| {}).await;
    for (code, since, is_found) in [
        (grant.code.clone(), grant.created_at, true),
        (grant.code.clone(), grant.created_at + seconds(1), false),
        (hashed(&world.random), grant.created_at, false),
    ] {
        let found = world.sees(move |db| db.grants().by_code(&code, since)).await;
        assert_eq!(found.map(|(found, _)| found), is_found.then_some(grant.clone()));
    }
}

pub(crate) async fn an_authorization_code_is_redeemed_once(world: World) {
    let grant = world.has_grant(|_| {}).await;
    let id = grant.id;
    for (later, first) in [(1, true), (2, false)] {
        assert_eq!(world.does(move |db| db.grants().redeem(id, noon() + seconds(later))).await, first);
    }
    let redeemed = Grant { redeemed_at: Some(noon() + seconds(1)), ..grant };
    assert_eq!(world.grant(id).await, Some(redeemed), "it can still be told apart");
}

pub(crate) async fn an_authorization_code_that_many_redeem_at_once_is_redeemed_once(world: World) {
    let id = world.has_grant(|_| {}).await.id;
    let node = world.another_node();
    let nodes = [&world.store, &node, &world.store, &node, &world.store, &node, &world.store, &node].map(Clone::clone);
    let results = at_once(&nodes, move |_, db| db.grants().redeem(id, noon())).await;
    assert_eq!(results.into_iter().filter(|result| *result.as_ref().unwrap()).count(), 1);
}

pub(crate) async fn a_revoked_grant_is_not_redeemed_and_keeps_the_time_at_which_it_was_revoked(world: World) {
    let grant = world.has_grant(|_| {}).await;
    let id = grant.id;
    for later in [1, 2] {
        world.does(move |db| db.grants().revoke(id, noon() + seconds(later))).await;
    }
    assert!(!world.does(move |db| db.grants().redeem(id, noon() + seconds(3))).await);
    assert_eq!(world.grant(id).await, Some(Grant { revoked_at: Some(noon() + seconds(1)), ..grant }));
}

pub(crate) async fn every_grant_of_an_account_is_revoked(world: World) {
    let [jane, joan] = ["jane@example.com", "joan@example.com"].map(|email| account(&world.random, email));
    let grants = [grant(&world.random, &jane), grant(&world.random, &jane), grant(&world.random, &joan)];
    let (account, kept) = (jane.id, grants.clone());
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.accounts().create(&joan)?;
            kept.iter().try_for_each(|grant| db.grants().create(grant))?;
            db.grants().revoke_all_of(account, noon() + seconds(1))
        })
        .await;
    for (grant, revoked) in grants.iter().zip([true, true, false]) {
        let id = grant.id;
        let found = world.sees(move |db| db.grants().by_id(id)).await.unwrap();
        assert_eq!(found.revoked_at.is_some(), revoked);
    }
}

pub(crate) async fn the_grants_of_one_proof_are_revoked_and_no_other(world: World) {
    let [jane, joan] = ["jane@example.com", "joan@example.com"].map(|email| account(&world.random, email));
    let later = Grant { authenticated_at: noon() + seconds(1), ..grant(&world.random, &jane) };
    let grants = [grant(&world.random, &jane), later, grant(&world.random, &joan)];
    let (account, began, kept) = (jane.id, grants[0].authenticated_at, grants.clone());
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.accounts().create(&joan)?;
            kept.iter().try_for_each(|grant| db.grants().create(grant))?;
            db.grants().revoke_begun_at(account, began, noon() + seconds(2))
        })
        .await;
    for (grant, revoked) in grants.iter().zip([true, false, false]) {
        assert_eq!(world.grant(grant.id).await.unwrap().revoked_at.is_some(), revoked);
    }
}
