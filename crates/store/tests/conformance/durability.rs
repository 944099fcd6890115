//! What was acknowledged is kept, and what was not is there as a whole or not at all: a process of its own writes, and
//! is killed without a warning.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use identity::random::Random;
use store::{Db, StoreError};

use crate::sample::{account, event, message};
use crate::world::{World, open};

/// Tells the child, which is this very test started again, where to write.
const ADDRESS: &str = "STORE_TEST_CHILD_WRITES_TO";
const ACKNOWLEDGED: &str = "acknowledged";
const IN_THE_MIDDLE: &str = "in the middle";

fn child_of(world: &World, test: &str) -> Child {
    let this = std::env::current_exe().expect("a test is a program");
    let mut child = Command::new(this);
    child.args(["--exact", test, "--nocapture"]).env(ADDRESS, &world.url);
    child.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a program can start itself")
}

fn says(what: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{what}").and_then(|()| out.flush()).expect("the parent listens");
}

/// Three rows that belong together.
fn write(db: &mut Db<'_>, random: &Random, number: usize) -> Result<(), StoreError> {
    let person = account(random, &format!("person{number}@example.com"));
    db.accounts().create(&person)?;
    db.events().record(&event(random, &person))?;
    db.outbox().put(&message(random))
}

/// How many rows each of the three tables has, at one moment.
fn counts(world: &World) -> [usize; 3] {
    let of = |table: &str| format!("(SELECT CAST(count(*) AS TEXT) FROM {table})");
    let tables = ["accounts", "events", "outbox_messages"].map(of).join(" || ' ' || ");
    let line = world.texts(&format!("SELECT {tables} AS value")).remove(0);
    let counts: Vec<usize> = line.split(' ').map(|count| count.parse().unwrap()).collect();
    counts.try_into().unwrap()
}

/// The child writes as fast as it can; it is killed eight times, each time at another moment.
async fn what_was_acknowledged_survives(world: World, test: &str) {
    for round in 0..8 {
        let [before, ..] = counts(&world);
        let mut child = child_of(&world, test);
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let mut acknowledged = 0;
        while acknowledged < 5 + round {
            let line = lines.next().expect("the child goes on until it is killed").unwrap();
            acknowledged += usize::from(line == ACKNOWLEDGED);
        }
        std::thread::sleep(Duration::from_micros(300 * round as u64));
        child.kill().expect("it is ours");
        acknowledged += lines.map_while(Result::ok).filter(|line| line == ACKNOWLEDGED).count();
        child.wait().expect("it has ended");
        let [people, events, messages] = counts(&world);
        assert!(
            (acknowledged..=acknowledged + 1).contains(&(people - before)),
            "{acknowledged} of {people} - {before}"
        );
        assert_eq!((events, messages), (people, people), "a transaction is there as a whole or not at all");
    }
}

async fn writes_for_ever(address: &str) {
    let (store, random) = (open(address).unwrap(), Random::system());
    let [first] = [random.bytes::<4>()].map(u32::from_be_bytes);
    for number in first as usize.. {
        let random = random.clone();
        store.transact(move |db| write(db, &random, number)).await.unwrap();
        says(ACKNOWLEDGED);
    }
}

async fn what_was_not_committed_is_gone(world: World, test: &str) {
    let mut child = child_of(&world, test);
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    lines.find(|line| line.as_ref().is_ok_and(|line| line == IN_THE_MIDDLE)).expect("it comes to the middle").unwrap();
    child.kill().expect("it is ours");
    child.wait().expect("it has ended");
    assert_eq!(counts(&world), [0, 0, 0]);
    let random = world.random.clone();
    world.does(move |db| write(db, &random, 1)).await;
    assert_eq!(counts(&world), [1, 1, 1]);
}

async fn stops_in_the_middle(address: &str) {
    let (store, random) = (open(address).unwrap(), Random::system());
    let work = move |db: &mut Db<'_>| -> Result<(), StoreError> {
        for number in 0..50 {
            write(db, &random, number)?;
        }
        says(IN_THE_MIDDLE);
        loop {
            std::thread::park();
        }
    };
    store.transact(work).await.unwrap();
}

macro_rules! on {
    ($database:ident) => {
        mod $database {
            use crate::world::World;

            fn name(of: &str) -> String {
                format!("{}::{of}", module_path!().split_once("::").expect("this is no root").1)
            }

            #[tokio::test]
            async fn what_was_acknowledged_survives_a_kill() {
                match std::env::var(super::ADDRESS) {
                    Ok(address) => super::writes_for_ever(&address).await,
                    Err(_) => {
                        let test = name("what_was_acknowledged_survives_a_kill");
                        super::what_was_acknowledged_survives(World::$database().await, &test).await;
                    }
                }
            }

            #[tokio::test]
            async fn a_transaction_that_was_open_at_a_kill_is_gone() {
                match std::env::var(super::ADDRESS) {
                    Ok(address) => super::stops_in_the_middle(&address).await,
                    Err(_) => {
                        let test = name("a_transaction_that_was_open_at_a_kill_is_gone");
                        super::what_was_not_committed_is_gone(World::$database().await, &test).await;
                    }
                }
            }
        }
    };
}
on!(sqlite);
on!(postgres);
