//! The outbox.

use identity::message::OutboxMessage;
use store::{Constraint, StoreError};

use super::broken;
use crate::sample::{account, message, noon, seconds};
use crate::world::World;

pub(crate) async fn a_message_comes_back_as_it_was_put(world: World) {
    let message = message(&world.random);
    let put = message.clone();
    world.does(move |db| db.outbox().put(&put)).await;
    assert_eq!(world.sees(|db| db.outbox().newest_first(10)).await, [message]);
}

pub(crate) async fn messages_come_newest_first_and_no_more_than_asked_for(world: World) {
    let messages = [2, 0, 1].map(|age| OutboxMessage { created_at: noon() - seconds(age), ..message(&world.random) });
    let put = messages.clone();
    world.does(move |db| put.iter().try_for_each(|message| db.outbox().put(message))).await;
    let newest = world.sees(|db| db.outbox().newest_first(2)).await;
    assert_eq!(newest, [messages[1].clone(), messages[2].clone()]);
}

pub(crate) async fn a_message_is_kept_with_the_fact_that_caused_it_or_not_at_all(world: World) {
    for address in ["jane@example.com", "Jane@example.com"] {
        let (person, message) = (account(&world.random, address), message(&world.random));
        let result: Result<(), StoreError> = world
            .store
            .transact(move |db| {
                db.outbox().put(&message)?;
                db.accounts().create(&person)
            })
            .await;
        assert_eq!(result.is_ok(), address == "jane@example.com");
        assert_eq!((world.count("accounts"), world.count("outbox_messages")), (1, 1));
    }
}

pub(crate) async fn a_message_is_put_once(world: World) {
    let message = message(&world.random);
    let again = message.clone();
    world.does(move |db| db.outbox().put(&message)).await;
    assert_eq!(broken(&world.store, move |db| db.outbox().put(&again)).await, Constraint::Id);
}
