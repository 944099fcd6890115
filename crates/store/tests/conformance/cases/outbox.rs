//! The outbox.

use identity::clock::Time;
use identity::outbox::{Channel, OutboxMessage, OutboxState, Problem};
use store::{Constraint, Db, Depth, StoreError};

use super::{at_once, broken};
use crate::sample::{account, message, noon, seconds};
use crate::world::World;

impl World {
    async fn puts(&self, messages: &[OutboxMessage]) {
        let messages = messages.to_vec();
        self.does(move |db| messages.iter().try_for_each(|message| db.outbox().put(message))).await;
    }

    async fn takes_messages(&self, channel: Channel, now: Time, limit: u32) -> Vec<OutboxMessage> {
        self.does(move |db| db.outbox().take_due(channel, (now, now + seconds(60)), limit)).await
    }
}

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

pub(crate) async fn a_message_that_is_due_is_taken_by_one_and_comes_back_when_nobody_says_what_came_of_it(
    world: World,
) {
    let message = message(&world.random);
    world.puts(&[OutboxMessage { state_at: noon() + seconds(5), ..message.clone() }]).await;
    assert_eq!(world.takes_messages(Channel::Email, noon() + seconds(4), 10).await, []);
    assert!(!world.sees(|db| db.outbox().any_due(Channel::Email, noon() + seconds(4))).await);
    assert!(world.sees(|db| db.outbox().any_due(Channel::Email, noon() + seconds(5))).await);
    let taken = world.takes_messages(Channel::Email, noon() + seconds(5), 10).await;
    assert_eq!(taken, [OutboxMessage { attempts: 1, state_at: noon() + seconds(65), ..message }]);
    assert_eq!(world.sees(|db| db.outbox().newest_first(10)).await, taken);
    assert_eq!(world.takes_messages(Channel::Email, noon() + seconds(64), 10).await, []);
    assert_eq!(world.takes_messages(Channel::Email, noon() + seconds(65), 10).await[0].attempts, 2);
}

pub(crate) async fn what_somebody_waits_for_is_taken_before_what_has_waited_longer(world: World) {
    let old = OutboxMessage { state_at: noon() - seconds(3_600), ..message(&world.random) };
    let older = OutboxMessage { state_at: noon() - seconds(7_200), ..message(&world.random) };
    let code = message(&world.random).expiring(noon() + seconds(600));
    world.puts(&[old.clone(), older.clone(), code.clone()]).await;
    let at = noon() + seconds(10);
    let ids = |taken: &[OutboxMessage]| taken.iter().map(|message| message.id).collect::<Vec<_>>();
    assert_eq!(ids(&world.takes_messages(Channel::Email, at, 2).await), [code.id, older.id]);
    assert_eq!(ids(&world.takes_messages(Channel::Email, at, 2).await), [old.id]);
}

pub(crate) async fn each_channel_is_taken_from_by_itself(world: World) {
    let text = OutboxMessage { channel: Channel::Sms, ..message(&world.random) };
    world.puts(&[text.clone(), message(&world.random)]).await;
    let taken = world.takes_messages(Channel::Sms, noon(), 10).await;
    assert_eq!(taken.iter().map(|message| message.id).collect::<Vec<_>>(), [text.id]);
}

pub(crate) async fn messages_that_many_take_at_once_are_each_taken_once(world: World) {
    let messages: Vec<OutboxMessage> = (0..20).map(|_| message(&world.random)).collect();
    world.puts(&messages).await;
    let until = (noon(), noon() + seconds(60));
    let take = move |_, db: &mut Db<'_>| db.outbox().take_due(Channel::Email, until, 20);
    let taken = at_once(&world.eight_nodes(), take).await;
    let mut taken: Vec<_> = taken.into_iter().flat_map(|taken| taken.unwrap()).map(|message| message.id).collect();
    taken.sort();
    let mut each: Vec<_> = messages.iter().map(|message| message.id).collect();
    each.sort();
    assert_eq!(taken, each);
}

pub(crate) async fn a_message_is_hurried_only_before_anybody_has_tried_it(world: World) {
    let code = message(&world.random).expiring(noon() + seconds(600));
    world.puts(std::slice::from_ref(&code)).await;
    let until = noon() + seconds(60);
    let (id, nobody) = (code.id, world.random.uuid());
    let taken = at_once(&world.eight_nodes(), move |_, db| db.outbox().take_untried(id, until)).await;
    let taken: Vec<_> = taken.into_iter().filter_map(Result::unwrap).collect();
    assert_eq!(taken, [OutboxMessage { attempts: 1, state_at: until, ..code }], "by one of those who want to");
    assert_eq!(world.does(move |db| db.outbox().take_untried(id, until)).await, None);
    assert_eq!(world.does(move |db| db.outbox().take_untried(nobody, until)).await, None);
}

pub(crate) async fn what_came_of_a_message_is_written_by_who_took_it_last(world: World) {
    world.puts(&[message(&world.random)]).await;
    let first = world.takes_messages(Channel::Email, noon(), 1).await.remove(0);
    let second = world.takes_messages(Channel::Email, noon() + seconds(60), 1).await.remove(0);
    let came = |of: &OutboxMessage| OutboxMessage {
        state: OutboxState::GivenUp,
        state_at: noon() + seconds(61),
        problem: Some(Problem::Address),
        reference: Some("n-1".into()),
        ..of.clone()
    };
    for (took, written) in [(first, false), (second.clone(), true)] {
        let new = came(&took);
        assert_eq!(world.does(move |db| db.outbox().replace(&took, &new)).await, written);
    }
    assert_eq!(world.sees(move |db| db.outbox().by_id(second.id)).await, Some(came(&second)));
}

pub(crate) async fn messages_are_found_by_state_and_by_account(world: World) {
    let jane = account(&world.random, "jane@example.com").id;
    let about_jane = OutboxMessage { created_at: noon() - seconds(1), ..message(&world.random).about(jane) };
    let given_up = message(&world.random).given_up(Problem::Content, noon());
    world.puts(&[about_jane.clone(), given_up.clone()]).await;
    assert_eq!(world.sees(|db| db.outbox().in_states(&[OutboxState::GivenUp], 10)).await, [given_up]);
    assert_eq!(world.sees(move |db| db.outbox().of_account(jane, 10)).await, [about_jane]);
}

pub(crate) async fn the_depth_is_told_by_channel_and_state(world: World) {
    let text = |age| {
        let sms = OutboxMessage { channel: Channel::Sms, ..message(&world.random) };
        OutboxMessage { created_at: noon() - seconds(age), ..sms }
    };
    let given_up = message(&world.random).given_up(Problem::Content, noon());
    world.puts(&[text(5), text(90), text(7), given_up]).await;
    let states = [OutboxState::Due, OutboxState::GivenUp];
    let depth = |channel, state, messages, age| Depth { channel, state, messages, oldest: noon() - seconds(age) };
    let expected = [depth(Channel::Email, OutboxState::GivenUp, 1, 0), depth(Channel::Sms, OutboxState::Due, 3, 90)];
    assert_eq!(world.sees(move |db| db.outbox().depth(&states)).await, expected);
}
