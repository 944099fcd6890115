//! Ciphertexts, wherever they are.

use identity::client::SigningAlgorithm;
use identity::one_login::OneLoginState;
use identity::outbox::OutboxMessage;
use identity::refused_request::RefusedRequest;
use identity::signing_key::{KeyState, SigningKey};
use store::{SealedColumn, SealedRow};

use super::refused_requests::refused;
use crate::sample::{hashed, interaction, message, noon, signing_key};
use crate::world::World;

impl World {
    /// A key, a message and a refused request under each of the ids.
    async fn has_sealed(&self, ids: &[&str]) {
        for id in ids {
            let sealed_private_key = format!("{id}.nonce.{}", self.random.token().expose());
            let state = KeyState::Retiring;
            let key = SigningKey { sealed_private_key, state, ..signing_key(&self.random, SigningAlgorithm::ES256) };
            let sealed = format!("{id}.nonce.{}", self.random.token().expose());
            let message = OutboxMessage { sealed: sealed.clone(), ..message(&self.random) };
            let journey = interaction(&self.random);
            let (state, expires_at) = (hashed(&self.random), noon());
            let state = OneLoginState { state, interaction: journey.id, sealed: sealed.clone(), expires_at };
            let refused = RefusedRequest { sealed, ..refused(&self.random.uuid().to_string()) };
            self.does(move |db| {
                db.signing_keys().create(&key)?;
                db.outbox().put(&message)?;
                db.interactions().create(&journey)?;
                db.one_logins().begin(&state)?;
                db.refused_requests().keep(&refused)
            })
            .await;
        }
    }

    async fn counts(&self, column: SealedColumn, ids: &'static [&'static str]) -> Vec<u64> {
        self.sees(move |db| ids.iter().map(|id| db.sealed().count_under(column, id)).collect()).await
    }

    async fn not_under(&self, column: SealedColumn, after: &str, limit: u32) -> Vec<SealedRow> {
        let after = after.to_owned();
        self.sees(move |db| db.sealed().not_under(column, "new", &after, limit)).await
    }
}

pub(crate) async fn ciphertexts_are_counted_by_their_key(world: World) {
    world.has_sealed(&["a", "a", "A", "a_b", "axb"]).await;
    for column in SealedColumn::ALL {
        assert_eq!(world.counts(column, &["a", "A", "a_b", "axb", "b"]).await, [2, 1, 1, 1, 0]);
        assert_eq!(world.sees(move |db| db.sealed().count(column)).await, 5);
    }
}

pub(crate) async fn what_another_key_sealed_is_found_batch_by_batch(world: World) {
    world.has_sealed(&["new", "old", "old", "older", "new2"]).await;
    for column in SealedColumn::ALL {
        let first = world.not_under(column, "", 3).await;
        assert_eq!(first.len(), 3);
        let second = world.not_under(column, &first[2].id, 3).await;
        assert_eq!(second.len(), 1);
        let all = [first, second].concat();
        assert!(all.iter().all(|row| !row.sealed.starts_with("new.")));
        assert!(all.iter().enumerate().all(|(place, row)| all[..place].iter().all(|other| other.id != row.id)));
    }
}

pub(crate) async fn a_ciphertext_is_replaced_unless_it_has_changed(world: World) {
    world.has_sealed(&["old"]).await;
    for column in SealedColumn::ALL {
        let row = world.not_under(column, "", 1).await.remove(0);
        let (first, second) = (row.clone(), row.clone());
        assert!(world.does(move |db| db.sealed().replace(column, &first, "new.nonce.text")).await);
        assert!(!world.does(move |db| db.sealed().replace(column, &second, "other.nonce.text")).await);
        assert_eq!(world.counts(column, &["new", "other"]).await, [1, 0]);
    }
    // A key that is gone has no ciphertext to count or to seal.
    let kid = world.sees(|db| db.signing_keys().all()).await.remove(0).kid;
    assert!(world.does(move |db| db.signing_keys().end(&kid, KeyState::Retiring, crate::sample::noon())).await);
    assert_eq!(world.sees(|db| db.sealed().count(SealedColumn::SigningKeys)).await, 0);
    assert_eq!(world.not_under(SealedColumn::SigningKeys, "", 9).await, []);
}

/// A column that holds ciphertexts says so in its name.
pub(crate) async fn every_column_of_ciphertexts_is_known(_world: World) {
    let columns = include_str!("../../../src/schema.rs").lines().filter(|line| line.contains("sealed")).count();
    assert_eq!(columns, SealedColumn::ALL.len());
}
