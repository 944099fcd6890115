//! Pushed authorization requests.

use identity::pushed_request::PushedRequest;

use super::at_once;
use crate::sample::{hashed, noon, pushed_request};
use crate::world::World;

pub(crate) async fn a_pushed_request_comes_back_as_it_was_made(world: World) {
    let request = pushed_request(&world.random);
    let (kept, reference, unknown) = (request.clone(), request.reference.clone(), hashed(&world.random));
    world.does(move |db| db.pushed_requests().create(&kept)).await;
    let found = |reference| world.sees(move |db| db.pushed_requests().by_reference(&reference));
    assert_eq!(found(reference.clone()).await.as_ref(), Some(&request));
    assert_eq!(found(unknown).await, None);
    let used = reference.clone();
    assert!(world.does(move |db| db.pushed_requests().use_once(&used, noon())).await);
    assert_eq!(found(reference).await, Some(PushedRequest { used_at: Some(noon()), ..request }));
}

pub(crate) async fn of_many_who_use_a_pushed_request_at_once_one_is_the_first(world: World) {
    let request = pushed_request(&world.random);
    let reference = request.reference.clone();
    world.does(move |db| db.pushed_requests().create(&request)).await;
    let used = at_once(&world.eight_nodes(), move |_, db| db.pushed_requests().use_once(&reference, noon())).await;
    assert_eq!(used.into_iter().filter(|first| *first.as_ref().unwrap()).count(), 1);
}
