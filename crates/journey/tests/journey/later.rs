//! The records source is down: people go on without it, and their searches are repeated until it answers.

use std::time::{Duration as Wait, Instant};

use chrono::Duration;
use identity::account::LookupStatus;
use identity::event::EventKind;
use identity::matching::Identifier;
use identity::ticket::{Agent, Decision, TicketState};

use crate::people::Says;
use crate::records::{Mood, born, record, trn};
use crate::world::World;

const ASHA: &str = "asha@example.com";

impl World {
    /// Somebody whose record is there registers while the source is not.
    pub(crate) async fn registers_unsure(&self, email: &str, first: &str, last: &str) -> identity::account::Account {
        self.source.is_in(Mood::Fails);
        let person = self.person_from("optional").await;
        person.starts(email, first, last).await.leads_to("has-nino");
        person.has_no_number(Says::Neither).await.leads_to("check-answers");
        person.answers("check-answers", &[]).await.creates();
        self.account(email).await.unwrap()
    }
}

#[actix_web::test]
async fn a_source_that_says_nothing_holds_nobody_up_for_longer_than_its_budget() {
    let world = World::new().await;
    world.source.is_in(Mood::KeepsSilent);
    let asha = world.person_from("optional").await;
    asha.proves(ASHA).await;
    let started = Instant::now();
    asha.says_who_they_are("Asha", "Bennett", crate::people::BORN).await.leads_to("has-nino");
    let waited = started.elapsed();
    assert!(waited < Wait::from_secs(20), "the budget is 5 seconds, and it took {waited:?}");
    asha.has_no_number(Says::Neither).await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.creates();
    assert!(started.elapsed() < Wait::from_secs(20), "the same question is not asked again within the minute");
    let account = world.account(ASHA).await.unwrap();
    assert_eq!(account.lookup_status, Some(LookupStatus::Pending));
    assert!(world.open_ticket_of(&account).await.is_some());
}

#[actix_web::test]
async fn a_source_that_comes_back_while_the_person_is_here_is_asked_again_after_a_minute() {
    let world = World::new().await;
    world.source.is_in(Mood::Fails);
    let asha = world.person_from("optional").await;
    asha.starts(ASHA, "Asha", "Bennett").await.leads_to("has-nino");
    world.source.is_in(Mood::Answers);
    asha.visits("").await.leads_to("has-nino");
    world.clock.advance(Duration::minutes(1));
    asha.visits("").await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.creates();
    assert_eq!(world.account(ASHA).await.unwrap().lookup_status, Some(LookupStatus::Found));
}

#[actix_web::test]
async fn a_search_without_an_answer_is_repeated_links_the_record_closes_the_ticket_and_is_told_once() {
    let world = World::new().await;
    let account = world.registers_unsure(ASHA, "Asha", "Bennett").await;
    world.source.is_in(Mood::Answers);
    assert_eq!(world.journeys.repeat_searches().await.unwrap().looked_at, 0, "it is not due yet");
    world.clock.advance(Duration::minutes(1));
    let round = world.journeys.repeat_searches().await.unwrap();
    assert_eq!((round.looked_at, round.changed), (1, 1));

    let linked = world.account_with(account.id).await;
    assert_eq!(linked.trn(), Some(&trn("1000001")));
    assert_eq!(linked.record_seen.map(|seen| seen.date_of_birth), Some(born("1985-03-14")));
    let matched = linked.record.as_ref().and_then(|link| link.matched.clone()).unwrap();
    assert_eq!(matched.on, [Identifier::Email, Identifier::Name, Identifier::DateOfBirth]);
    assert_eq!(matched.at, world.journeys.clock.now());
    assert_eq!(world.search_of(&account).await, None);
    let TicketState::Closed { decision, by, at } = world.tickets().await.remove(0).state else { panic!("it is open") };
    assert_eq!((decision, by), (Decision::FoundByItself(trn("1000001")), Agent::service()));
    assert_eq!(at, world.journeys.clock.now());
    assert!(world.letter(ASHA, "record-found").await.body.contains("1000001"));
    assert_eq!(world.happened(&account).await, ["account_registered", "record_looked_up", "ticket_raised"]);

    world.clock.advance(Duration::days(2));
    assert_eq!(world.journeys.repeat_searches().await.unwrap().looked_at, 0);
    assert_eq!(world.letters(ASHA).await, ["record-found", "ticket-raised"]);
}

#[actix_web::test]
async fn a_search_waits_twice_as_long_each_time_that_the_source_does_not_answer() {
    let world = World::new().await;
    let account = world.registers_unsure(ASHA, "Asha", "Bennett").await;
    let mut wait = Duration::minutes(1);
    let mut due = account.created_at + wait;
    for _ in 0..12 {
        assert_eq!(world.search_of(&account).await.unwrap().next_at, due);
        world.clock.advance(due - world.journeys.clock.now() - Duration::seconds(1));
        assert_eq!(world.journeys.repeat_searches().await.unwrap().looked_at, 0);
        world.clock.advance(Duration::seconds(1));
        let round = world.journeys.repeat_searches().await.unwrap();
        assert_eq!((round.looked_at, round.changed), (1, 0));
        wait = (wait * 2).min(Duration::minutes(1024));
        due += wait;
    }
    assert_eq!(world.account_with(account.id).await.lookup_status, Some(LookupStatus::Pending));
    assert_eq!(world.letters(ASHA).await, ["ticket-raised"]);
}

#[actix_web::test]
async fn a_source_that_does_not_answer_one_search_is_not_asked_for_the_others() {
    let world = World::new().await;
    let first = world.registers_unsure(ASHA, "Asha", "Bennett").await;
    let second = world.registers_unsure("gareth@example.com", "Gareth", "Pugh").await;
    world.clock.advance(Duration::hours(1));
    let asked = world.source.asked();
    assert_eq!(world.journeys.repeat_searches().await.unwrap().looked_at, 1);
    assert_eq!(world.source.asked(), asked + 1);
    let waits = world.search_of(&second).await.unwrap();
    assert_eq!((world.search_of(&first).await.unwrap().unanswered, waits.unanswered), (2, 1));
    assert!(waits.next_at <= world.journeys.clock.now(), "it keeps its turn");
}

#[actix_web::test]
async fn a_search_that_two_servers_repeat_at_once_is_told_once() {
    let world = World::new().await;
    let account = world.registers_unsure(ASHA, "Asha", "Bennett").await;
    world.source.is_in(Mood::Answers);
    world.clock.advance(Duration::minutes(1));
    let nodes = [world.journeys.get_ref().clone(), world.another_node()];
    let rounds = nodes.map(|node| actix_web::rt::spawn(async move { node.repeat_searches().await.unwrap() }));
    let mut changed = 0;
    for round in rounds {
        changed += round.await.unwrap().changed;
    }
    assert_eq!(changed, 1);
    assert_eq!(world.letters(ASHA).await, ["record-found", "ticket-raised"]);
    let lookups = world.events(&account).await.into_iter();
    assert_eq!(lookups.filter(|event| matches!(event, EventKind::RecordLookedUp { .. })).count(), 1);
}

#[actix_web::test]
async fn a_repeated_search_leaves_a_record_that_another_account_holds_to_support() {
    let world = World::new().await;
    let account = world.registers_unsure(ASHA, "Asha", "Bennett").await;
    world.source.is_in(Mood::Answers);
    let holder = world.person_from("optional").await;
    holder.starts("asha.other@example.com", "Asha", "Bennett").await.leads_to("has-nino");
    holder.gives_trn("1000001").await.leads_to("check-answers");
    holder.answers("check-answers", &[]).await.creates();
    world.clock.advance(Duration::minutes(1));
    let round = world.journeys.repeat_searches().await.unwrap();
    assert_eq!((round.looked_at, round.changed), (1, 0));
    assert_eq!(world.account_with(account.id).await.lookup_status, Some(LookupStatus::Pending));
    assert!(world.open_ticket_of(&account).await.is_some());
    assert_eq!(world.letters(ASHA).await, ["ticket-raised"]);
    let again = world.search_of(&account).await.unwrap();
    assert_eq!((again.unanswered, again.next_at), (0, world.journeys.clock.now() + Duration::days(1)));
}

#[actix_web::test]
async fn a_record_that_was_added_since_is_found_by_the_next_days_search() {
    let world = World::new().await;
    let account = world.registers_without_record("optional", "morgan@example.com", Says::Neither).await;
    world.has_records([record("1000007", "Morgan", "Reid", "morgan@example.com")]).await;
    world.clock.advance(Duration::days(1));
    assert_eq!(world.journeys.repeat_searches().await.unwrap().changed, 1);
    assert_eq!(world.account_with(account.id).await.trn(), Some(&trn("1000007")));
    assert_eq!(world.letters("morgan@example.com").await, ["record-found"]);
}
