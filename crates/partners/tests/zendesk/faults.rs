//! What Zendesk has done to somebody some day: it never takes longer than the budget, and nothing comes twice.

use std::time::Instant;

use partners::simulators::Fault;

use crate::tls::{Certificate, TlsFront};

use super::*;

/// The outcome, within the budgets of the two calls that it takes at most.
async fn in_time(world: &World, id: Uuid, item: &DeskItem) -> Result<Carried, NotCarried> {
    let began = Instant::now();
    let outcome = world.carries(id, item).await;
    assert!(began.elapsed() < 2 * BUDGET + BUDGET / 2, "{:?}", began.elapsed());
    outcome
}

#[tokio::test]
async fn whatever_goes_wrong_it_is_opened_once_when_zendesk_is_back() {
    let faults = [Fault::Slow(30), Fault::Resetting, Fault::Failing, Fault::Html, Fault::Huge, Fault::Malformed];
    for fault in faults {
        let world = World::new();
        let id = world.random.uuid();
        world.simulator.running.switch.turn(fault);
        assert!(is_later(&in_time(&world, id, &opened()).await), "{fault:?}");
        assert!(is_later(&in_time(&world, id, &solved(Some("35401"))).await), "{fault:?}");
        world.simulator.running.switch.turn(Fault::None);
        in_time(&world, id, &opened()).await.unwrap();
        assert_eq!(world.simulator.tickets().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_busy_zendesk_is_left_alone_for_as_long_as_it_says() {
    let world = World::new();
    world.simulator.running.switch.turn(Fault::Busy(7));
    let outcome = in_time(&world, world.random.uuid(), &opened()).await;
    assert!(matches!(&outcome, Err(NotCarried::Busy { after }) if after.as_secs() >= 6), "{outcome:?}");
}

#[tokio::test]
async fn an_answer_without_an_id_is_none_and_the_ticket_is_found_afterwards() {
    let world = World::new();
    let id = world.random.uuid();
    world.simulator.running.switch.turn(Fault::Lying);
    assert!(is_later(&in_time(&world, id, &opened()).await));
    world.simulator.running.switch.turn(Fault::None);
    in_time(&world, id, &opened()).await.unwrap();
    assert_eq!(world.simulator.tickets().len(), 1);
}

#[tokio::test]
async fn the_ticket_of_somebody_else_is_not_taken_for_ours() {
    let world = World::new();
    let DeskItem::Opened(mut other) = opened() else { panic!("it is opened") };
    other.reference = Reference::parse("GAI-9999-9999").unwrap();
    let known_as = world.opens(&DeskItem::Opened(other)).await;
    assert!(is_later(&in_time(&world, world.random.uuid(), &solved(Some(&known_as))).await));
    world.simulator.running.switch.turn(Fault::Lying);
    assert!(is_later(&in_time(&world, world.random.uuid(), &solved(None)).await));
    assert_eq!(world.simulator.tickets()[0].status, "new");
}

#[tokio::test]
async fn a_certificate_that_has_expired_is_no_zendesk_and_one_that_is_valid_is() {
    let world = World::new();
    let behind = world.simulator.running.url().socket_addrs(|| None).unwrap()[0];
    for (certificate, is_taken) in [(Certificate::Expired, false), (Certificate::Valid, true)] {
        let front = TlsFront::start(behind, certificate).await;
        let address = Address { authorities: front.authority(), ..Address::new(front.url(), BUDGET) };
        let zendesk = Zendesk::new(address, settings()).unwrap();
        let outcome = zendesk.carry(world.random.uuid(), &opened()).await;
        assert_eq!(outcome.is_ok(), is_taken, "{outcome:?}");
        assert!(is_taken || is_later(&outcome));
    }
    assert_eq!(world.simulator.tickets().len(), 1);
}

#[tokio::test]
async fn nobody_there_is_no_answer_and_the_error_says_nothing_of_the_ticket() {
    let nobody = client("http://127.0.0.1:1/".parse().unwrap(), settings());
    let outcome = nobody.carry(Random::seeded(1).uuid(), &opened()).await;
    assert!(is_later(&outcome));
    let said = format!("{outcome:?}");
    assert!(!said.contains("GAI-") && !said.contains("jane") && !said.contains("t0ken"), "{said}");
}
