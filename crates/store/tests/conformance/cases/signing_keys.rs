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
            let (changed_at, due_at) = (Some(created_at + seconds(10)), Some(created_at + seconds(20)));
            made.push(SigningKey { state, created_at, changed_at, due_at, ..signing_key(&world.random, algorithm) });
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
    assert_eq!(world.keys().await.len(), SigningAlgorithm::ALL.len() + 1);
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
    assert_eq!(results.iter().flat_map(|(kept, _)| kept).filter(|kept| **kept).count(), SigningAlgorithm::ALL.len());
    let keys = world.keys().await;
    assert_eq!(keys.len(), SigningAlgorithm::ALL.len());
    assert!(results.iter().all(|(_, seen)| *seen == keys), "every server goes on with the same keys");
}

pub(crate) async fn an_algorithm_has_one_pending_key(world: World) {
    let pending = |algorithm| SigningKey { state: KeyState::Pending, ..signing_key(&world.random, algorithm) };
    world.has_keys(&SigningAlgorithm::ALL.map(pending)).await;
    let second = pending(SigningAlgorithm::RS256);
    assert_eq!(broken(&world.store, move |db| db.signing_keys().create(&second)).await, Constraint::PendingSigningKey);
}

/// An active key and a pending one, of one algorithm.
async fn active_and_pending(world: &World) -> [SigningKey; 2] {
    let active = signing_key(&world.random, SigningAlgorithm::ES256);
    let due_at = Some(noon() + seconds(5));
    let pending =
        SigningKey { state: KeyState::Pending, due_at, ..signing_key(&world.random, SigningAlgorithm::ES256) };
    world.has_keys(&[active.clone(), pending.clone()]).await;
    [active, pending]
}

pub(crate) async fn a_pending_key_becomes_active_and_the_active_one_retires(world: World) {
    let [active, pending] = active_and_pending(&world).await;
    let (old, new) = (active.kid.clone(), pending.kid.clone());
    let (at, until) = (noon() + seconds(5), noon() + seconds(60));
    assert!(world.does(move |db| db.signing_keys().activate(&new, Some(&old), at, until)).await);
    let keys = world.keys().await;
    let retiring = SigningKey { state: KeyState::Retiring, changed_at: Some(at), due_at: Some(until), ..active };
    let activated = SigningKey { state: KeyState::Active, changed_at: Some(at), due_at: None, ..pending };
    assert!(keys.contains(&retiring) && keys.contains(&activated), "{keys:?}");
}

pub(crate) async fn a_step_that_was_taken_before_is_not_taken_again(world: World) {
    let [active, pending] = active_and_pending(&world).await;
    let before = world.keys().await;
    // Neither half alone: the key that should retire is not active, or the one that should be active not pending.
    for (new, old) in [(&pending.kid, "another"), (&active.kid, active.kid.as_str())] {
        let (new, old) = (new.clone(), old.to_owned());
        assert!(!world.does(move |db| db.signing_keys().activate(&new, Some(&old), noon(), noon())).await);
        assert_eq!(world.keys().await, before);
    }
    let kid = active.kid.clone();
    assert!(!world.does(move |db| db.signing_keys().end(&kid, KeyState::Retiring, noon())).await);
    assert_eq!(world.keys().await, before);
}

pub(crate) async fn a_key_that_is_gone_has_no_private_half(world: World) {
    let [active, _] = active_and_pending(&world).await;
    let (kid, at) = (active.kid.clone(), noon() + seconds(7));
    assert!(world.does(move |db| db.signing_keys().end(&kid, KeyState::Active, at)).await);
    let gone = SigningKey { state: KeyState::Gone, changed_at: Some(at), sealed_private_key: String::new(), ..active };
    assert!(world.keys().await.contains(&gone));
}

pub(crate) async fn many_servers_that_rotate_at_once_take_one_step(world: World) {
    let [active, pending] = active_and_pending(&world).await;
    let (old, new) = (active.kid.clone(), pending.kid.clone());
    let nodes = world.eight_nodes();
    let taken =
        at_once(&nodes, move |_, db| db.signing_keys().activate(&new, Some(&old), noon(), noon() + seconds(60)));
    let taken: Result<Vec<bool>, StoreError> = taken.await.into_iter().collect();
    assert_eq!(taken.unwrap().iter().filter(|taken| **taken).count(), 1);
    let keys = world.keys().await;
    let state = |kid: &str| keys.iter().find(|key| key.kid == kid).unwrap().state;
    assert_eq!((state(&active.kid), state(&pending.kid)), (KeyState::Retiring, KeyState::Active));
}
