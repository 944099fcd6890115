//! One-time codes.

use identity::interaction::{Interaction, InteractionId};
use identity::one_time_code::{CodePurpose, MAX_TRIES, OneTimeCode};
use store::{Store, StoreError};
use uuid::Uuid;

use super::at_once;
use crate::sample::{code, interaction, noon, seconds};
use crate::world::World;

const JANE: &str = "jane@example.com";

impl World {
    /// A journey with a code that was sent to Jane.
    async fn has_code(&self) -> (Interaction, OneTimeCode) {
        let interaction = interaction(&self.random);
        let code = code(&self.random, &interaction, JANE);
        let kept = interaction.clone();
        self.does(move |db| db.interactions().create(&kept)).await;
        self.issues(&code).await;
        (interaction, code)
    }

    async fn issues(&self, code: &OneTimeCode) {
        let code = code.clone();
        self.does(move |db| db.one_time_codes().issue(&code)).await;
    }

    async fn latest(&self, interaction: InteractionId, address: &'static str) -> Option<OneTimeCode> {
        self.sees(move |db| db.one_time_codes().latest(&interaction, address, CodePurpose::SignIn)).await
    }

    async fn tries(&self, id: Uuid) -> bool {
        self.does(move |db| db.one_time_codes().count_try(id)).await
    }

    async fn uses(&self, id: Uuid) -> bool {
        self.does(move |db| db.one_time_codes().mark_used(id, noon() + seconds(3))).await
    }

    fn four_nodes(&self) -> [Store; 4] {
        [self.store.clone(), self.another_node(), self.store.clone(), self.another_node()]
    }
}

pub(crate) async fn a_code_comes_back_as_it_was_issued(world: World) {
    let (interaction, code) = world.has_code().await;
    assert_eq!(world.latest(interaction.id, JANE).await, Some(code));
}

pub(crate) async fn the_latest_code_is_that_of_its_journey_and_its_address(world: World) {
    let (interaction, first) = world.has_code().await;
    assert_eq!(world.latest(interaction.id, "joan@example.com").await, None);
    assert_eq!(world.latest(InteractionId::new(&world.random), JANE).await, None);
    // A second one at the very same moment is the later one, because it lives.
    for later in [0, 2] {
        let next = OneTimeCode { created_at: noon() + seconds(later), ..code(&world.random, &interaction, JANE) };
        world.issues(&next).await;
        assert_eq!(world.latest(interaction.id, JANE).await, Some(next));
    }
    assert_eq!(world.count("one_time_codes WHERE ended_at IS NULL"), 1);
    assert!(!world.uses(first.id).await);
}

pub(crate) async fn a_new_code_ends_the_live_one_of_its_address_whichever_journey_that_was_sent_for(world: World) {
    let (first, old) = world.has_code().await;
    let second = interaction(&world.random);
    let new = OneTimeCode { created_at: noon() + seconds(1), ..code(&world.random, &second, JANE) };
    let elsewhere = code(&world.random, &second, "joan@example.com");
    let (kept, other) = (new.clone(), elsewhere.clone());
    world
        .does(move |db| {
            db.interactions().create(&second)?;
            db.one_time_codes().issue(&other)?;
            db.one_time_codes().issue(&kept)
        })
        .await;
    let ended = OneTimeCode { ended_at: Some(new.created_at), ..old };
    assert_eq!(world.latest(first.id, JANE).await, Some(ended));
    assert_eq!(world.latest(new.interaction, JANE).await, Some(new));
    assert_eq!(world.latest(elsewhere.interaction, "joan@example.com").await, Some(elsewhere));
}

pub(crate) async fn codes_that_many_issue_at_once_leave_one_live(world: World) {
    let (interaction, _) = world.has_code().await;
    let codes: Vec<OneTimeCode> = (0..8).map(|_| code(&world.random, &interaction, JANE)).collect();
    let nodes = [world.four_nodes(), world.four_nodes()].concat();
    let issued = at_once(&nodes, move |number, db| db.one_time_codes().issue(&codes[number])).await;
    issued.into_iter().collect::<Result<Vec<()>, StoreError>>().expect("whoever issues, succeeds");
    assert_eq!(world.count("one_time_codes"), 9);
    assert_eq!(world.count("one_time_codes WHERE ended_at IS NULL"), 1);
}

pub(crate) async fn tries_are_counted_until_the_budget_is_spent(world: World) {
    let (interaction, code) = world.has_code().await;
    for _ in 1..=MAX_TRIES {
        assert!(world.tries(code.id).await);
    }
    assert!(!world.tries(code.id).await);
    assert!(!world.uses(code.id).await, "the right one comes too late");
    assert_eq!(world.latest(interaction.id, JANE).await, Some(OneTimeCode { tries: MAX_TRIES, ..code }));
    assert!(!world.tries(world.random.uuid()).await, "there is no such code");
}

pub(crate) async fn tries_that_many_make_at_once_stay_within_the_budget(world: World) {
    let (interaction, code) = world.has_code().await;
    let nodes = [world.four_nodes(), world.four_nodes()].concat();
    let id = code.id;
    let tries = at_once(&nodes, move |_, db| db.one_time_codes().count_try(id)).await;
    let tries: Result<Vec<bool>, StoreError> = tries.into_iter().collect();
    assert_eq!(tries.unwrap().into_iter().filter(|counted| *counted).count(), MAX_TRIES as usize);
    assert_eq!(world.latest(interaction.id, JANE).await, Some(OneTimeCode { tries: MAX_TRIES, ..code }));
}

pub(crate) async fn a_code_is_used_once(world: World) {
    let (interaction, code) = world.has_code().await;
    assert!(world.uses(code.id).await);
    assert!(!world.uses(code.id).await);
    assert!(!world.uses(world.random.uuid()).await, "there is no such code");
    let used = OneTimeCode { ended_at: Some(noon() + seconds(3)), tries: 1, ..code };
    assert_eq!(world.latest(interaction.id, JANE).await, Some(used));
}

pub(crate) async fn a_code_that_many_use_at_once_is_used_once(world: World) {
    let (_, code) = world.has_code().await;
    let nodes = [world.four_nodes(), world.four_nodes()].concat();
    let uses = at_once(&nodes, move |_, db| db.one_time_codes().mark_used(code.id, noon()));
    let uses: Result<Vec<bool>, StoreError> = uses.await.into_iter().collect();
    assert_eq!(uses.unwrap().into_iter().filter(|first| *first).count(), 1);
}

pub(crate) async fn a_code_that_a_newer_one_ended_cannot_be_used(world: World) {
    let (interaction, old) = world.has_code().await;
    let new = code(&world.random, &interaction, JANE);
    world.issues(&new).await;
    assert!(!world.uses(old.id).await);
    assert!(world.uses(new.id).await);
}

pub(crate) async fn a_code_is_replaced_once(world: World) {
    let (_, code) = world.has_code().await;
    let replaces = |id| world.does(move |db| db.one_time_codes().mark_replaced(id));
    assert!(replaces(code.id).await);
    assert!(!replaces(code.id).await);
    assert!(!replaces(world.random.uuid()).await, "there is no such code");
}

pub(crate) async fn a_code_belongs_to_an_interaction(world: World) {
    let nowhere = interaction(&world.random);
    let code = code(&world.random, &nowhere, JANE);
    let refused = world.store.transact(move |db| db.one_time_codes().issue(&code)).await;
    assert!(matches!(refused, Err(StoreError::Other(_))), "{refused:?}");
}
