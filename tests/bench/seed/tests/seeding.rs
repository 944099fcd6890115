//! A small seed, looked at through the store's own doors.

use std::path::Path;
use std::time::Duration;

use identity::client::ClientId;
use identity::clock::Time;
use identity::email::Email;
use identity::matching::{Decision, Identifiers, MatchPolicy, Policy, StatedName, decide};
use identity::name::{NamePart, PersonName};
use identity::trn::Trn;
use seed::{Plan, SeedError, Seeded, seed};
use store::{Db, PoolSettings, Store, StoreError};
use tempfile::TempDir;

/// A database, and the folder that its lists are in.
struct World {
    folder: TempDir,
    store: Store,
}

impl World {
    async fn empty() -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/seeded.db", folder.path().display());
        let store =
            Store::open(&url, PoolSettings { wait: Duration::from_secs(20), ..PoolSettings::default() }).unwrap();
        store.migrate().await.unwrap();
        World { folder, store }
    }

    fn seeded(&self, plan: &Plan) -> Result<Seeded, SeedError> {
        seed(&self.store, 1, plan, self.folder.path())
    }

    fn list(&self, name: &str) -> Vec<Vec<String>> {
        list(&self.folder.path().join(name))
    }

    fn sees<T>(&self, look: impl FnOnce(&mut Db<'_>) -> Result<T, StoreError>) -> T {
        self.store.transact_blocking(look).unwrap()
    }
}

/// The rows below the header.
fn list(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn plan(accounts: usize, records: usize, seed: u64) -> Plan {
    let now = Time::from_timestamp(1_800_000_000, 0).unwrap();
    Plan { accounts, records, seed, client: ClientId::parse("a-service").unwrap(), now }
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

#[tokio::test]
async fn every_account_is_linked_to_a_record_as_a_journey_would_have_linked_it() {
    let world = World::empty().await;
    let seeded = world.seeded(&plan(200, 1_000, 1)).unwrap();
    assert_eq!((seeded.accounts, seeded.records, seeded.listed_accounts), (200, 1_000, 200));
    assert_eq!(world.sees(|db| db.records().count()), 1_000);
    let listed = world.list("accounts.csv");
    assert_eq!(listed.len(), 200);
    for row in listed {
        let account = world.sees(|db| db.accounts().by_email(&email(&row[0]))).expect("it is there");
        let link = account.record.clone().expect("it is linked");
        assert_eq!(link.trn.as_str(), row[4]);
        assert_eq!(link.matched.expect("what agreed is kept").on.len(), 3);
        let record = world.sees(|db| db.records().by_trn(&link.trn)).expect("the record is there");
        assert!(record.is_current());
        assert_eq!((&record.name, Some(record.date_of_birth)), (&account.official_name, account.date_of_birth));
        let events = world.sees(|db| db.events().of_account(account.id, 10));
        let mut kinds: Vec<_> = events.iter().map(|event| event.kind.name()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["account_registered", "signed_in"]);
    }
}

#[tokio::test]
async fn a_new_person_has_no_account_and_is_found_at_once() {
    let world = World::empty().await;
    let seeded = world.seeded(&plan(200, 1_000, 1)).unwrap();
    let listed = world.list("new-people.csv");
    assert_eq!(listed.len(), seeded.new_people);
    assert!(listed.len() > 300, "{}", listed.len());
    for row in listed {
        let part = |text: &str| NamePart::parse(text).unwrap();
        let name = StatedName::only(PersonName { first: part(&row[1]), middle: None, last: part(&row[2]) });
        let trn = Trn::parse(&row[4]).unwrap();
        let born = world.sees(|db| db.records().by_trn(&trn)).expect("the record is there").date_of_birth;
        assert_eq!(born.to_string(), row[3]);
        assert_eq!(world.sees(|db| db.accounts().by_email(&email(&row[0]))), None);
        assert_eq!(world.sees(|db| db.accounts().by_trn(&trn)), None);
        assert_eq!(world.sees(|db| db.accounts().alike(&name, born)), []);
        let stated = Identifiers {
            email: Some(email(&row[0])),
            name: Some(name),
            date_of_birth: Some(born),
            ..Identifiers::default()
        };
        let candidates = world.sees(|db| db.records().candidates(&stated));
        let verdict = decide(Policy::named(MatchPolicy::Default), &stated, &candidates);
        assert_eq!(verdict.decision, Decision::One(trn));
    }
}

#[tokio::test]
async fn a_database_that_holds_anybody_is_not_seeded_again() {
    let world = World::empty().await;
    world.seeded(&plan(20, 100, 1)).unwrap();
    let refused = world.seeded(&plan(20, 100, 2)).unwrap_err();
    assert!(matches!(refused, SeedError::Inhabited), "{refused}");
    assert_eq!(world.sees(|db| db.records().count()), 100);
    assert_eq!(world.list("accounts.csv").len(), 20, "the lists are still those of the first");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_people_and_another_seed_others() {
    let (one, same, other) = (World::empty().await, World::empty().await, World::empty().await);
    for (world, seed) in [(&one, 1), (&same, 1), (&other, 2)] {
        world.seeded(&plan(50, 300, seed)).unwrap();
    }
    for name in ["accounts.csv", "new-people.csv"] {
        assert_eq!(one.list(name), same.list(name));
        assert_ne!(one.list(name), other.list(name));
    }
}

#[tokio::test]
async fn more_accounts_than_records_in_use_are_refused() {
    let world = World::empty().await;
    let refused = world.seeded(&plan(101, 100, 1)).unwrap_err();
    assert!(matches!(refused, SeedError::TooFewRecords { wanted: 101, .. }), "{refused}");
    assert_eq!(world.sees(|db| db.records().count()), 0);
}
