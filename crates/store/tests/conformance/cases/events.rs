//! Events.

use identity::event::{Event, EventKind, ServiceUsed};
use identity::matching::{Identifiers, Policy, decide};
use store::Constraint;

use super::broken;
use crate::sample::{account, agent, born, client, event, noon, record, seconds, trn};
use crate::world::World;

pub(crate) async fn an_event_comes_back_as_it_was_recorded(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let stated = Identifiers { date_of_birth: Some(born("1980-02-03")), ..Identifiers::default() };
    let verdict = decide(&Policy::DEFAULT, &stated, &[record("1234567")]);
    let kinds = [
        EventKind::AccountRegistered { verdict: None },
        EventKind::AccountRegistered { verdict: Some(verdict.clone()) },
        EventKind::RecordLookedUp { verdict },
        EventKind::RecordAssigned { trn: trn("1234567"), by: agent() },
        EventKind::RecordDenied { by: agent() },
        EventKind::SignedIn,
        EventKind::SignedOut,
    ];
    let at = |age: i64| noon() - seconds(age);
    let mut events: Vec<Event> = kinds
        .into_iter()
        .zip(0..)
        .map(|(kind, age)| Event { kind, at: at(age), ..event(&world.random, &jane) })
        .collect();
    events[6].client = None;
    let recorded = events.clone();
    world.does(move |db| recorded.iter().try_for_each(|event| db.events().record(event))).await;
    assert_eq!(world.sees(move |db| db.events().of_account(jane.id, 10)).await, events);
}

pub(crate) async fn the_events_of_an_account_come_newest_first_and_no_more_than_asked_for(world: World) {
    let [jane, joan] = ["jane@example.com", "joan@example.com"].map(|address| account(&world.random, address));
    let of_jane: Vec<Event> =
        [2, 0, 1].map(|age| Event { at: noon() - seconds(age), ..event(&world.random, &jane) }).into();
    let of_joan = event(&world.random, &joan);
    let recorded = [of_jane.clone(), vec![of_joan]].concat();
    world.does(move |db| recorded.iter().try_for_each(|event| db.events().record(event))).await;
    let newest = world.sees(move |db| db.events().of_account(jane.id, 2)).await;
    assert_eq!(newest, [of_jane[1].clone(), of_jane[2].clone()]);
}

pub(crate) async fn an_event_is_recorded_once(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let event = event(&world.random, &jane);
    let again = event.clone();
    world.does(move |db| db.events().record(&event)).await;
    assert_eq!(broken(&world.store, move |db| db.events().record(&again)).await, Constraint::Id);
    assert_eq!(world.count("events"), 1);
}

pub(crate) async fn the_services_of_an_account_have_their_first_time_and_their_last(world: World) {
    let [jane, joan] = ["jane@example.com", "joan@example.com"].map(|address| account(&world.random, address));
    let signed_in = |service: &str, of, age| Event {
        kind: EventKind::SignedIn,
        client: Some(client(service)),
        at: noon() - seconds(age),
        ..event(&world.random, of)
    };
    let recorded = [
        signed_in("npq", &jane, 3),
        signed_in("npq", &jane, 1),
        signed_in("npq", &jane, 2),
        signed_in("aytq", &jane, 0),
        Event { client: None, ..signed_in("aytq", &jane, 0) },
        Event { kind: EventKind::SignedOut, ..signed_in("other", &jane, 0) },
        signed_in("other", &joan, 0),
    ];
    world.does(move |db| recorded.iter().try_for_each(|event| db.events().record(event))).await;
    let used = |service, first, last| ServiceUsed {
        client: client(service),
        first: noon() - seconds(first),
        last: noon() - seconds(last),
    };
    let services = world.sees(move |db| db.events().services_of(jane.id)).await;
    assert_eq!(services, [used("aytq", 0, 0), used("npq", 3, 1)]);
}
