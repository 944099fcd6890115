//! Interactions.

use identity::account::AccountId;
use identity::interaction::{Ask, AuthenticationMethod, Interaction, InteractionId, Outcome};
use store::{Store, StoreError};

use super::at_once;
use crate::sample::{interaction, noon, seconds};
use crate::world::World;

impl World {
    async fn has_interaction(&self) -> Interaction {
        let interaction = interaction(&self.random);
        let kept = interaction.clone();
        self.does(move |db| db.interactions().create(&kept)).await;
        interaction
    }

    async fn interaction(&self, id: InteractionId) -> Option<Interaction> {
        self.sees(move |db| db.interactions().by_id(&id)).await
    }

    async fn saves(&self, id: InteractionId, version: i64, state: &'static str) -> bool {
        self.does(move |db| db.interactions().save_state(&id, version, state)).await
    }

    async fn finishes(&self, id: InteractionId, version: i64, outcome: Outcome) -> bool {
        self.does(move |db| db.interactions().finish(&id, version, "the last", &outcome)).await
    }

    fn signed_in(&self) -> Outcome {
        let methods = vec![AuthenticationMethod::Otp];
        Outcome::SignedIn { account: AccountId::new(&self.random), at: noon() + seconds(5), methods }
    }
}

pub(crate) async fn an_interaction_comes_back_as_it_was_written(world: World) {
    let full = world.has_interaction().await;
    assert_eq!(world.interaction(full.id).await, Some(full.clone()));
    let bare = interaction(&world.random);
    let bare = Interaction { ask: Ask { login_hint: None, ..bare.ask }, ..bare };
    let kept = bare.clone();
    world.does(move |db| db.interactions().create(&kept)).await;
    assert_eq!(world.interaction(bare.id).await, Some(bare));
    assert_eq!(world.interaction(InteractionId::new(&world.random)).await, None);
}

pub(crate) async fn a_state_is_saved_by_who_read_the_last_version(world: World) {
    let interaction = world.has_interaction().await;
    assert!(world.saves(interaction.id, 0, "one").await);
    assert!(!world.saves(interaction.id, 0, "another").await, "it was read before the last write");
    assert!(!world.saves(interaction.id, 2, "another").await, "no such version was ever read");
    assert!(world.saves(interaction.id, 1, "two").await);
    let expected = Interaction { state: "two".into(), version: 2, ..interaction };
    assert_eq!(world.interaction(expected.id).await, Some(expected));
}

/// Four servers add to one state, five times each.
pub(crate) async fn a_lost_update_is_detected_and_the_retry_works(world: World) {
    let id = world.has_interaction().await.id;
    let nodes = [world.store.clone(), world.another_node(), world.store.clone(), world.another_node()];
    let adding = nodes.map(|node| {
        tokio::spawn(async move {
            for _ in 0..5 {
                while !adds_one(&node, id).await {}
            }
        })
    });
    for node in adding {
        node.await.expect("nothing stands in the way");
    }
    let interaction = world.interaction(id).await.expect("it is there");
    assert_eq!((interaction.state.len(), interaction.version), (20, 20));
}

async fn adds_one(node: &Store, id: InteractionId) -> bool {
    let read = node.read(move |db| db.interactions().by_id(&id)).await;
    let Interaction { state, version, .. } = read.expect("nothing stands in the way").expect("it is there");
    let saved = node.transact(move |db| db.interactions().save_state(&id, version, &format!("{state}+")));
    saved.await.expect("nothing stands in the way")
}

pub(crate) async fn an_interaction_that_has_ended_takes_no_other_state(world: World) {
    let interaction = world.has_interaction().await;
    let outcome = world.signed_in();
    assert!(!world.finishes(interaction.id, 1, outcome.clone()).await, "no such version was ever read");
    assert!(world.finishes(interaction.id, 0, outcome.clone()).await);
    assert!(!world.saves(interaction.id, 1, "more").await);
    assert!(!world.finishes(interaction.id, 1, world.signed_in()).await);
    let expected = Interaction { state: "the last".into(), version: 1, outcome: Some(outcome), ..interaction };
    assert_eq!(world.interaction(expected.id).await, Some(expected));
}

pub(crate) async fn an_outcome_of_each_kind_comes_back(world: World) {
    for outcome in [world.signed_in(), Outcome::WithoutTrn { account: AccountId::new(&world.random) }] {
        let id = world.has_interaction().await.id;
        assert!(world.finishes(id, 0, outcome.clone()).await);
        assert_eq!(world.interaction(id).await.expect("it is there").outcome, Some(outcome));
    }
}

pub(crate) async fn an_outcome_is_taken_up_once_and_not_before_it_is_there(world: World) {
    let id = world.has_interaction().await.id;
    let resumes = |later| world.does(move |db| db.interactions().mark_resumed(&id, noon() + seconds(later)));
    assert!(!resumes(1).await);
    assert!(world.finishes(id, 0, world.signed_in()).await);
    assert!(resumes(2).await);
    assert!(!resumes(3).await);
    assert_eq!(world.interaction(id).await.expect("it is there").resumed_at, Some(noon() + seconds(2)));
}

pub(crate) async fn an_outcome_that_many_take_up_at_once_is_taken_up_once(world: World) {
    let id = world.has_interaction().await.id;
    assert!(world.finishes(id, 0, world.signed_in()).await);
    let nodes = [world.store.clone(), world.another_node(), world.store.clone(), world.another_node()];
    let resumes = at_once(&nodes, move |_, db| db.interactions().mark_resumed(&id, noon())).await;
    let resumes: Result<Vec<bool>, StoreError> = resumes.into_iter().collect();
    assert_eq!(resumes.unwrap().into_iter().filter(|first| *first).count(), 1);
}
