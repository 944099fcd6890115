//! The life of signing keys, as clients see it who cache the key set as they are told.

use chrono::Duration;
use identity::account::AccountId;
use identity::client::SigningAlgorithm;
use identity::key_life::{KeyStep, KeyTimes, in_state};
use identity::signing_key::{KeyState, SigningKey};
use jsonwebtoken::jwk::JwkSet;
use oidc::{KeyKeeper, Revoked};

use crate::world::*;

const ES256: SigningAlgorithm = SigningAlgorithm::ES256;

impl World {
    fn keeper(&self) -> KeyKeeper {
        KeyKeeper {
            store: self.provider.store.clone(),
            ring: key_ring(),
            clock: self.provider.clock.clone(),
            random: self.provider.random.clone(),
            times: self.times(),
        }
    }

    fn times(&self) -> KeyTimes {
        self.provider.settings.key_times
    }

    async fn moves_on(&self) -> Vec<KeyStep> {
        let taken = self.keeper().move_on().await.unwrap();
        self.provider.keys.read_again(&self.provider.store, self.provider.clock.now()).await.unwrap();
        taken
    }

    async fn keys(&self) -> Vec<SigningKey> {
        self.provider.store.read(|db| db.signing_keys().all()).await.unwrap()
    }

    /// The key of ES256 that is in a state.
    async fn kid(&self, state: KeyState) -> String {
        in_state(&self.keys().await, ES256, state).unwrap().kid.clone()
    }

    async fn key_set(&self) -> JwkSet {
        serde_json::from_str(&self.get("/oauth2/jwks").await.body).unwrap()
    }

    /// An ID token of B's, which are signed with ES256.
    async fn signs(&self, account: AccountId) -> String {
        let code = self.browser().brings_and_signs_in(&asks("openid").of(B), account).await.code();
        let tokens = self.token(&redeem(&code).of(B)).await.json();
        tokens["id_token"].as_str().unwrap().to_owned()
    }
}

fn kid(token: &str) -> String {
    header(token).kid.unwrap()
}

#[actix_web::test]
async fn a_key_is_published_before_it_signs_and_until_nothing_that_it_signed_is_relied_on() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let first = world.kid(KeyState::Active).await;
    let times = world.times();
    world.passes(times.rotate_every.unwrap() - Duration::seconds(1));
    assert_eq!(world.moves_on().await, []);
    world.passes(Duration::seconds(1));
    assert_eq!(world.moves_on().await, SigningAlgorithm::ALL.map(KeyStep::Make));
    let second = world.kid(KeyState::Pending).await;

    let cached = world.key_set().await;
    assert!(cached.find(&first).is_some() && cached.find(&second).is_some());
    assert_eq!(kid(&world.signs(zoe).await), first);
    world.passes(times.until_everywhere() - Duration::seconds(1));
    assert_eq!(world.moves_on().await, []);
    world.passes(Duration::seconds(1));
    assert_eq!(world.moves_on().await.len(), SigningAlgorithm::ALL.len());
    assert_eq!(kid(&world.signs(zoe).await), second);

    world.passes(times.until_gone() - Duration::seconds(1));
    assert_eq!(world.moves_on().await, []);
    assert!(world.key_set().await.find(&first).is_some());
    world.passes(Duration::seconds(1));
    assert_eq!(world.moves_on().await.len(), SigningAlgorithm::ALL.len());
    assert!(world.key_set().await.find(&first).is_none());
    let gone = world.keys().await.into_iter().find(|key| key.kid == first).unwrap();
    assert_eq!((gone.state, gone.sealed_private_key.as_str()), (KeyState::Gone, ""));
}

#[actix_web::test]
async fn every_server_goes_by_the_keys_that_one_of_them_moved_on() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let other = world.another_server().await;
    world.passes(world.times().rotate_every.unwrap());
    world.moves_on().await;
    let second = world.kid(KeyState::Pending).await;
    assert!(other.key_set().await.find(&second).is_some());
    world.passes(world.times().until_everywhere());
    world.moves_on().await;
    let read = other.provider.keys.read_again(&other.provider.store, other.provider.clock.now());
    read.await.unwrap();
    assert_eq!(kid(&other.signs(zoe).await), second);
}

#[actix_web::test]
async fn servers_that_move_keys_on_at_once_take_each_step_once() {
    let world = World::new().await;
    world.passes(world.times().rotate_every.unwrap());
    let keeper = world.keeper();
    for expected in ["made", "activated"] {
        let (one, two, three) = tokio::join!(keeper.move_on(), keeper.move_on(), keeper.move_on());
        let taken = [one, two, three].into_iter().map(|steps| steps.unwrap().len()).sum::<usize>();
        assert_eq!(taken, SigningAlgorithm::ALL.len(), "{expected}");
        assert_eq!(world.keys().await.len(), 2 * SigningAlgorithm::ALL.len());
        world.passes(world.times().until_everywhere());
    }
}

#[actix_web::test]
async fn a_successor_can_be_made_before_its_time_and_only_one() {
    let world = World::new().await;
    let made = world.keeper().make_successor(ES256).await.unwrap().unwrap();
    assert_eq!(made.due_at, Some(made.created_at + world.times().until_everywhere()));
    assert_eq!(world.keeper().make_successor(ES256).await.unwrap(), None);
    world.passes(world.times().until_everywhere());
    assert_eq!(world.moves_on().await.len(), 1);
    assert_eq!(world.kid(KeyState::Active).await, made.kid);
}

#[actix_web::test]
async fn what_a_revoked_key_signed_stops_verifying_and_another_signs_at_once() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let (token, first) = (world.signs(zoe).await, world.kid(KeyState::Active).await);
    assert_eq!(kid(&token), first);
    let revoked = world.keeper().revoke(&first).await.unwrap();
    let second = world.kid(KeyState::Active).await;
    assert_eq!(revoked, Revoked::Now { from: KeyState::Active, replaced_by: Some(second.clone()) });
    world.moves_on().await;
    assert_eq!(kid(&world.signs(zoe).await), second);
    let keys = world.key_set().await;
    assert!(keys.find(&first).is_none() && keys.find(&second).is_some());
    let hinted = asks("openid").of(B).with("id_token_hint", &token).with("prompt", "none");
    assert_eq!(world.browser().brings(&hinted).await.error(), "invalid_request");
    assert_eq!(world.keeper().revoke(&first).await.unwrap(), Revoked::Before);
    assert_eq!(world.keeper().revoke("nothing").await.unwrap(), Revoked::NotThere);
}

#[actix_web::test]
async fn a_revoked_key_is_replaced_by_its_successor_where_that_is_published_already() {
    let world = World::new().await;
    let first = world.kid(KeyState::Active).await;
    let successor = world.keeper().make_successor(ES256).await.unwrap().unwrap().kid;
    let revoked = world.keeper().revoke(&first).await.unwrap();
    assert_eq!(revoked, Revoked::Now { from: KeyState::Active, replaced_by: Some(successor.clone()) });
    assert_eq!(world.kid(KeyState::Active).await, successor);
    let pending = world.keeper().make_successor(ES256).await.unwrap().unwrap().kid;
    let revoked = world.keeper().revoke(&pending).await.unwrap();
    assert_eq!(revoked, Revoked::Now { from: KeyState::Pending, replaced_by: None });
    assert_eq!(world.kid(KeyState::Active).await, successor);
}
