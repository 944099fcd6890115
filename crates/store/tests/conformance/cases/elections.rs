//! Elections.

use identity::clock::Time;
use store::StoreError;

use super::at_once;
use crate::sample::{noon, seconds};
use crate::world::World;

const TASK: &str = "keys";

impl World {
    async fn elects(&self, task: &'static str, holder: &'static str, now: Time) -> bool {
        self.does(move |db| db.elections().elect(task, holder, now, now + seconds(10))).await
    }
}

pub(crate) async fn a_task_has_one_holder_until_the_lease_ends(world: World) {
    assert!(world.elects(TASK, "a", noon()).await);
    assert!(!world.elects(TASK, "b", noon() + seconds(9)).await);
    assert!(world.elects(TASK, "a", noon() + seconds(9)).await, "who holds it holds it longer");
    assert!(!world.elects(TASK, "b", noon() + seconds(18)).await);
    assert!(world.elects(TASK, "b", noon() + seconds(19)).await, "the holder did not come back");
    assert!(!world.elects(TASK, "a", noon() + seconds(20)).await);
}

pub(crate) async fn who_resigns_lets_another_be_elected_at_once(world: World) {
    assert!(world.elects(TASK, "a", noon()).await);
    world.does(|db| db.elections().resign(TASK, "b")).await;
    assert!(!world.elects(TASK, "b", noon()).await, "nobody resigns for another");
    world.does(|db| db.elections().resign(TASK, "a")).await;
    assert!(world.elects(TASK, "b", noon()).await);
}

pub(crate) async fn tasks_are_held_apart(world: World) {
    assert!(world.elects(TASK, "a", noon()).await);
    assert!(world.elects("another", "b", noon()).await);
    assert!(!world.elects("another", "a", noon()).await);
}

pub(crate) async fn of_many_servers_one_is_elected(world: World) {
    // Once for a task that nobody has held, and once after a holder died.
    for round in 0..2 {
        let now = noon() + seconds(20 * round);
        let nodes = world.eight_nodes();
        let elected = at_once(&nodes, move |number, db| {
            db.elections().elect(TASK, &format!("{round} {number}"), now, now + seconds(10))
        });
        let elected: Result<Vec<bool>, StoreError> = elected.await.into_iter().collect();
        assert_eq!(elected.unwrap().iter().filter(|elected| **elected).count(), 1, "round {round}");
    }
}
