//! Signing keys.

use identity::client::SigningAlgorithm;
use identity::signing_key::{KeyState, SigningKey};
use store::{Constraint, StoreError};

use super::{at_once, broken};
use crate::sample::{noon, seconds, signing_key};
use crate::world::World;

impl World {
    async fn has_keys(&self, keys: &[SigningKey]) {
        let keys = keys.to_vec();
        self.does(move |db| keys.iter().try_for_each(|key| db.signing_keys().create(key))).await;
    }

    async fn keys(&self) -> Vec<SigningKey> {
        self.sees(|db| db.signing_keys().all()).await
    }
}

pub(crate) async fn a_key_comes_back_as_it_was_made(world: World) {
    let states = [KeyState::Pending, KeyState::Active, KeyState::Retiring, KeyState::Gone];
    let mut made = Vec::new();
    for (state, later) in states.into_iter().zip(0..) {
        for algorithm in SigningAlgorithm::ALL {
            let created_at = noon() + seconds(later);
            made.push(SigningKey { state, created_at, ..signing_key(&world.random, algorithm) });
        }
    }
    world.has_keys(&made).await;
    let mut kept = world.keys().await;
    for key in &made {
        let place = kept.iter().position(|kept| kept == key).expect("it came back");
        kept.remove(place);
    }
    assert!(kept.is_empty());
}

pub(crate) async fn keys_come_oldest_first(world: World) {
    let keys = [2, 0, 1].map(|age| SigningKey {
        created_at: noon() - seconds(age),
        state: KeyState::Retiring,
        ..signing_key(&world.random, SigningAlgorithm::RS256)
    });
    world.has_keys(&keys).await;
    assert_eq!(world.keys().await, [keys[0].clone(), keys[2].clone(), keys[1].clone()]);
}

pub(crate) async fn an_algorithm_has_one_active_key(world: World) {
    let key = |algorithm| signing_key(&world.random, algorithm);
    world.has_keys(&SigningAlgorithm::ALL.map(key)).await;
    let second = key(SigningAlgorithm::RS256);
    let waiting = SigningKey { state: KeyState::Pending, ..key(SigningAlgorithm::RS256) };
    assert_eq!(broken(&world.store, move |db| db.signing_keys().create(&second)).await, Constraint::ActiveSigningKey);
    world.has_keys(&[waiting]).await;
    assert_eq!(world.keys().await.len(), 3);
}

/// As servers do when they start: whoever comes second drops their own key and goes on with the first one's.
pub(crate) async fn keys_that_two_servers_make_at_once_end_as_one_set(world: World) {
    let nodes = [world.store.clone(), world.another_node(), world.another_node()];
    let made = [0, 1, 2].map(|_| SigningAlgorithm::ALL.map(|algorithm| signing_key(&world.random, algorithm)));
    let results = at_once(&nodes, move |number, db| {
        let kept: Result<Vec<bool>, StoreError> = made[number]
            .iter()
            .map(|key| match db.signing_keys().create(key) {
                Ok(()) => Ok(true),
                Err(StoreError::Unique(Constraint::ActiveSigningKey)) => Ok(false),
                Err(error) => Err(error),
            })
            .collect();
        Ok((kept?, db.signing_keys().all()?))
    });
    let results: Result<Vec<_>, StoreError> = results.await.into_iter().collect();
    let results = results.unwrap();
    assert_eq!(results.iter().flat_map(|(kept, _)| kept).filter(|kept| **kept).count(), 2);
    let keys = world.keys().await;
    assert_eq!(keys.len(), 2);
    assert!(results.iter().all(|(_, seen)| *seen == keys), "every server goes on with the same keys");
}
