//! What is good for one use and has been used.

use super::at_once;
use crate::sample::{hashed, noon};
use crate::world::World;

pub(crate) async fn an_id_is_spent_once_and_the_transaction_goes_on(world: World) {
    let (id, other) = (hashed(&world.random), hashed(&world.random));
    let (spent, unspent) = (id.clone(), other.clone());
    let first =
        world.does(move |db| Ok((db.spent_ids().spend(&id, noon())?, db.spent_ids().spend(&id, noon())?))).await;
    assert_eq!(first, (true, false));
    assert!(world.sees(move |db| db.spent_ids().is_spent(&spent)).await);
    assert!(!world.sees(move |db| db.spent_ids().is_spent(&unspent)).await);
    assert!(world.does(move |db| db.spent_ids().spend(&other, noon())).await);
}

pub(crate) async fn of_many_who_spend_an_id_at_once_one_is_the_first(world: World) {
    let id = hashed(&world.random);
    let spent = at_once(&world.eight_nodes(), move |_, db| db.spent_ids().spend(&id, noon())).await;
    assert_eq!(spent.into_iter().filter(|first| *first.as_ref().unwrap()).count(), 1);
}
