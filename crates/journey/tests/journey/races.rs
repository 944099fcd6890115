//! Two finish at the same moment, on either database: there is one account each time, and the other person lands on the
//! page that the rules lead to.

use actix_web::rt::spawn;
use actix_web::web::Data;
use chrono::Duration;
use journey::Journeys;

use crate::database::Database;
use crate::records::{Mood, record, trn};
use crate::world::{Person, Seen, World, answer, budgets};

const TIMES: u32 = 200;
const TRN: &str = "2000000";
const ONE: &str = "one@example.com";
const OTHER: &str = "other@example.com";

/// Everybody whom these tests need a record for has the same name and date of birth, and a number of their own.
fn number(time: u32) -> String {
    (2_000_000 + time).to_string()
}

fn address(of: &str, time: u32) -> String {
    format!("time{time}.{of}")
}

async fn world_on(database: Database) -> World {
    let world = World::on(database, budgets()).await;
    let records: Vec<_> = (0..=TIMES).map(|time| record(&number(time), "Nia", "Evans", &address(ONE, time))).collect();
    world.register.has(records).await;
    world
}

/// What is kept of a journey that waits on the page where the answers are played back.
async fn kept(person: &Person<'_>) -> String {
    person.visits("").await.leads_to("check-answers");
    person.world.interaction(person.id).await.state
}

/// The same journey, of somebody else.
async fn again<'w>(world: &'w World, client: &str, state: String) -> Person<'w> {
    let person = world.person_from(client).await;
    let id = person.id;
    let saved = world.journeys.store.transact(move |db| db.interactions().save_state(&id, 0, &state));
    assert!(saved.await.unwrap());
    person
}

/// Both press the last button, and neither waits for the other.
async fn finish_at_once(servers: &[Data<Journeys>; 2], people: [&Person<'_>; 2]) -> [Seen; 2] {
    let [one, other] = people.map(|person| person.form("check-answers", &[]));
    let (one, other) = (spawn(answer(servers[0].clone(), one)), spawn(answer(servers[1].clone(), other)));
    [one.await.unwrap(), other.await.unwrap()]
}

/// Which of the two ended; the other is led to one of these pages.
#[track_caller]
fn one_ends(seen: [Seen; 2], pages: &[&str]) -> usize {
    let is_end = |seen: &Seen| seen.location.as_ref().is_some_and(|to| to.ends_with("/finished"));
    let first = seen.iter().position(is_end).unwrap_or_else(|| panic!("one of them ends: {seen:?}"));
    let [one, other] = seen;
    let late = if first == 0 { other } else { one };
    let to = late.location.as_deref().unwrap_or_default();
    assert!(pages.iter().any(|page| to.ends_with(page)), "{late:?}");
    first
}

async fn two_who_finish_with_one_record(world: World, servers: [Data<Journeys>; 2]) {
    let mut states = Vec::new();
    for address in [ONE, OTHER] {
        let person = world.person_from("optional").await;
        person.starts(address, "Nia", "Evans").await.leads_to("has-nino");
        person.gives_trn(TRN).await.leads_to("check-answers");
        states.push(kept(&person).await);
    }
    for time in 1..=TIMES {
        let of = |state: &str, from: &str| state.replace(TRN, &number(time)).replace(from, &address(from, time));
        let one = again(&world, "optional", of(&states[0], ONE)).await;
        let other = again(&world, "optional", of(&states[1], OTHER)).await;
        let ended =
            one_ends(finish_at_once(&servers, [&one, &other]).await, &["existing-account", "record-holder-code"]);
        let held = world.account(&address([ONE, OTHER][ended], time)).await.unwrap();
        assert_eq!(held.trn(), Some(&trn(&number(time))));
        assert!(world.account(&address([OTHER, ONE][ended], time)).await.is_none());
        let late = [&other, &one][ended];
        // Where the record was found to be taken only when the account was to be written, the account was looked for again.
        late.answers("existing-account", &[("account", "none")]).await.leads_to("record-holder-code");
        late.visits("record-holder-code").await.says(200, "You already have an account");
    }
}

async fn two_who_finish_with_one_address(world: World, servers: [Data<Journeys>; 2]) {
    let person = world.person_from("no-trn").await;
    person.starts(ONE, "Nia", "Evans").await.leads_to("check-answers");
    let state = kept(&person).await;
    for time in 1..=TIMES {
        let state = state.replace(ONE, &address(ONE, time));
        let tabs = [again(&world, "no-trn", state.clone()).await, again(&world, "no-trn", state).await];
        let ended = one_ends(finish_at_once(&servers, [&tabs[0], &tabs[1]]).await, &["your-details"]);
        let account = world.account(&address(ONE, time)).await.unwrap();
        assert_eq!(world.signed_in(&tabs[ended]).await, account.id);
        let late = &tabs[1 - ended];
        late.confirms_their_details().await.ends();
        assert_eq!(world.signed_in(late).await, account.id);
    }
}

/// Searches that two servers repeat: each is taken by one of them, and told once.
async fn two_servers_that_repeat_searches(world: World, servers: [Data<Journeys>; 2]) {
    let people: Vec<String> = (1..=10).map(|time| address(ONE, time)).collect();
    for address in &people {
        world.registers_unsure(address, "Nia", "Evans").await;
    }
    world.source.is_in(Mood::Answers);
    world.clock.advance(Duration::minutes(1));
    let rounds = servers.map(|server| spawn(async move { server.repeat_searches().await.unwrap() }));
    let mut changed = 0;
    for round in rounds {
        changed += round.await.unwrap().changed;
    }
    assert_eq!(changed, people.len());
    for address in &people {
        assert_eq!(world.letters(address).await, ["record-found", "ticket-raised"]);
        let account = world.account(address).await.unwrap();
        let lookups = world.happened(&account).await.into_iter().filter(|event| *event == "record_looked_up");
        assert_eq!(lookups.count(), 1);
    }
}

/// Both people come to the same server.
fn one_server(world: &World) -> [Data<Journeys>; 2] {
    [world.journeys.clone(), world.journeys.clone()]
}

fn two_servers(world: &World) -> [Data<Journeys>; 2] {
    [world.journeys.clone(), Data::new(world.another_node())]
}

mod sqlite {
    use super::*;

    #[actix_web::test]
    async fn two_who_finish_with_one_record_make_one_account() {
        let world = world_on(Database::sqlite()).await;
        let servers = one_server(&world);
        two_who_finish_with_one_record(world, servers).await;
    }

    #[actix_web::test]
    async fn two_who_finish_with_one_address_make_one_account() {
        let world = world_on(Database::sqlite()).await;
        let servers = one_server(&world);
        two_who_finish_with_one_address(world, servers).await;
    }

    #[actix_web::test]
    async fn two_servers_that_repeat_searches_tell_each_person_once() {
        let world = world_on(Database::sqlite()).await;
        let servers = two_servers(&world);
        two_servers_that_repeat_searches(world, servers).await;
    }
}

mod postgres {
    use super::*;

    #[actix_web::test]
    async fn two_who_finish_with_one_record_make_one_account() {
        let world = world_on(Database::postgres()).await;
        let servers = two_servers(&world);
        two_who_finish_with_one_record(world, servers).await;
    }

    #[actix_web::test]
    async fn two_who_finish_with_one_address_make_one_account() {
        let world = world_on(Database::postgres()).await;
        let servers = two_servers(&world);
        two_who_finish_with_one_address(world, servers).await;
    }

    #[actix_web::test]
    async fn two_servers_that_repeat_searches_tell_each_person_once() {
        let world = world_on(Database::postgres()).await;
        let servers = two_servers(&world);
        two_servers_that_repeat_searches(world, servers).await;
    }
}
