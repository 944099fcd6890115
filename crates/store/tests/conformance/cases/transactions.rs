//! Transactions: all or nothing, one state, and nobody waits for a reader.

use std::sync::mpsc;
use std::time::Duration;

use identity::account::{Account, DetailChanges};
use store::{Constraint, PoolSettings, Store, StoreError};
use tokio::sync::oneshot;

use crate::sample::{account, email, hashed, message, noon};
use crate::world::World;

pub(crate) async fn a_transaction_that_fails_leaves_nothing(world: World) {
    #[derive(Debug)]
    enum Why {
        Changed,
        Store,
    }
    impl From<StoreError> for Why {
        fn from(_: StoreError) -> Why {
            Why::Store
        }
    }
    let (jane, message) = (account(&world.random, "jane@example.com"), message(&world.random));
    let result = world.store.transact(move |db| {
        db.accounts().create(&jane)?;
        db.outbox().put(&message)?;
        Err::<(), _>(Why::Changed)
    });
    let why = result.await.expect_err("it changed its mind");
    assert!(matches!(why, Why::Changed), "{why:?}");
    assert_eq!((world.count("accounts"), world.count("outbox_messages")), (0, 0));
}

pub(crate) async fn a_transaction_that_panics_leaves_nothing_and_the_store_goes_on(world: World) {
    // More often than there are connections: each is given back or replaced.
    for round in 0..6 {
        let jane = account(&world.random, "jane@example.com");
        let store = world.store.clone();
        let run = tokio::spawn(async move {
            let work = move |db: &mut store::Db<'_>| -> Result<(), StoreError> {
                db.accounts().create(&jane)?;
                panic!("this panic belongs to the test");
            };
            store.transact(work).await
        });
        assert!(run.await.is_err_and(|error| error.is_panic()));
        assert_eq!(world.count("accounts"), 0);
        let message = message(&world.random);
        world.does(move |db| db.outbox().put(&message)).await;
        assert_eq!(world.count("outbox_messages"), round + 1);
    }
}

/// In PostgreSQL a statement that fails takes the transaction with it, unless it has a savepoint.
pub(crate) async fn a_transaction_goes_on_after_a_broken_rule(world: World) {
    let [jane, joan] = ["jane@example.com", "joan@example.com"].map(|address| account(&world.random, address));
    let (hers, address) = (joan.id, jane.email.clone());
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.accounts().create(&joan)?;
            let taken = DetailChanges { email: Some(address), ..DetailChanges::default() };
            let refused = db.accounts().change_details(hers, &taken, noon());
            assert!(matches!(refused, Err(StoreError::Unique(Constraint::AccountEmail))), "{refused:?}");
            let free = DetailChanges { email: Some(email("joan.doe@example.com")), ..DetailChanges::default() };
            db.accounts().change_details(hers, &free, noon())
        })
        .await;
    assert_eq!(world.account(hers).await.expect("she is there").email.as_str(), "joan.doe@example.com");
    assert_eq!(world.count("accounts"), 2);
}

pub(crate) async fn a_read_writes_nothing(world: World) {
    let message = message(&world.random);
    let refused = world.store.read(move |db| db.outbox().put(&message)).await;
    assert!(matches!(refused, Err(StoreError::Other(_))), "{refused:?}");
    assert_eq!(world.count("outbox_messages"), 0);
}

pub(crate) async fn a_read_sees_one_state(world: World) {
    let (looked, has_looked) = oneshot::channel();
    let (go_on, goes_on) = mpsc::channel();
    let reading = world.store.read(move |db| -> Result<_, StoreError> {
        let before = db.accounts().by_email(&email("jane@example.com"))?;
        looked.send(()).expect("the test waits");
        goes_on.recv().expect("the test goes on");
        Ok((before, db.accounts().by_email(&email("jane@example.com"))?))
    });
    let writing = async {
        has_looked.await.expect("it looks");
        let jane = account(&world.random, "jane@example.com");
        world.does(move |db| db.accounts().create(&jane)).await;
        go_on.send(()).expect("it waits");
    };
    let (seen, ()) = tokio::join!(reading, writing);
    assert_eq!(seen.unwrap(), (None, None));
    let now = world.sees(|db| db.accounts().by_email(&email("jane@example.com"))).await;
    assert!(now.is_some());
}

pub(crate) async fn a_read_does_not_wait_for_a_transaction(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let open = OpenTransaction::of(&world.store, jane).await;
    let reads = async {
        for _ in 0..20 {
            assert!(world.sees(|db| db.accounts().by_email(&email("jane@example.com"))).await.is_none());
        }
    };
    tokio::time::timeout(Duration::from_secs(5), reads).await.expect("nobody waits for the writer");
    open.commits().await;
    assert_eq!(world.count("accounts"), 1);
}

/// A transaction that has written an account and waits.
struct OpenTransaction {
    go_on: mpsc::Sender<()>,
    run: tokio::task::JoinHandle<Result<(), StoreError>>,
}

impl OpenTransaction {
    async fn of(store: &Store, person: Account) -> OpenTransaction {
        let (written, has_written) = oneshot::channel();
        let (go_on, goes_on) = mpsc::channel();
        let store = store.clone();
        let run = tokio::spawn(async move {
            let work = move |db: &mut store::Db<'_>| {
                db.accounts().create(&person)?;
                written.send(()).expect("the test waits");
                goes_on.recv().expect("the test goes on");
                Ok(())
            };
            store.transact(work).await
        });
        has_written.await.expect("it writes");
        OpenTransaction { go_on, run }
    }

    async fn commits(self) {
        self.go_on.send(()).expect("it waits");
        self.run.await.expect("it does not panic").expect("nothing stands in the way");
    }
}

pub(crate) async fn a_transaction_may_run_on_the_thread_that_asks_for_it(world: World) {
    let (jane, joan) = (account(&world.random, "jane@example.com"), account(&world.random, "joan@example.com"));
    let done: Result<(), StoreError> = world.store.transact_blocking(|db| db.accounts().create(&jane));
    done.expect("nothing stands in the way");
    let refused: Result<(), StoreError> = world.store.transact_blocking(|db| {
        db.accounts().create(&joan)?;
        db.accounts().create(&jane)
    });
    assert!(matches!(refused, Err(StoreError::Unique(_))), "{refused:?}");
    assert_eq!(world.count("accounts"), 1);
}

/// On SQLite a transaction that asks for the writer's lock only after a first read is refused when others wrote since.
pub(crate) async fn a_transaction_that_reads_first_may_write_although_another_server_writes_too(world: World) {
    let nodes = [world.store.clone(), world.another_node(), world.another_node(), world.another_node()];
    let people: Vec<Account> =
        (0..nodes.len()).map(|number| account(&world.random, &format!("person{number}@example.com"))).collect();
    let results = super::at_once(&nodes, move |number, db| {
        let person = &people[number];
        let found = db.accounts().by_email(&person.email)?;
        std::thread::sleep(Duration::from_millis(30));
        if found.is_none() { db.accounts().create(person) } else { Ok(()) }
    });
    results.await.into_iter().collect::<Result<Vec<()>, StoreError>>().expect("each gets the lock in its turn");
    assert_eq!(world.count("accounts"), 4);
}

pub(crate) async fn more_transactions_than_connections_are_all_done(world: World) {
    let node = world.another_node();
    let nodes: Vec<Store> = (0..40).map(|number| if number % 2 == 0 { &world.store } else { &node }.clone()).collect();
    let people: Vec<Account> =
        (0..40).map(|number| account(&world.random, &format!("person{number}@example.com"))).collect();
    let done = super::at_once(&nodes, move |number, db| db.accounts().create(&people[number])).await;
    done.into_iter().collect::<Result<Vec<()>, StoreError>>().expect("whoever waits, gets a turn");
    assert_eq!(world.count("accounts"), 40);
}

pub(crate) async fn who_waits_too_long_for_a_connection_is_told_that_the_database_is_unavailable(world: World) {
    let settings = PoolSettings { connections: 1, wait: Duration::from_millis(200) };
    let store = Store::open(&world.url, settings).expect("the database is there");
    let open = OpenTransaction::of(&store, account(&world.random, "jane@example.com")).await;
    let person = account(&world.random, "joan@example.com");
    let refused = store.transact(move |db| db.accounts().create(&person)).await;
    assert!(matches!(&refused, Err(error) if error.is_unavailable()), "{refused:?}");
    open.commits().await;
    let found = store.read(|db| db.accounts().by_email(&email("jane@example.com"))).await;
    assert!(found.expect("the connection is free again").is_some());
}

pub(crate) async fn a_glance_sees_what_was_told_to_be_written_and_writes_nothing_itself(world: World) {
    for number in 0..20 {
        let address = format!("person{number}@example.com");
        let (person, asked) = (account(&world.random, &address), email(&address));
        let id = person.id;
        world.does(move |db| db.accounts().create(&person)).await;
        let seen = world.store.glance(move |db| db.accounts().by_email(&asked)).await;
        assert_eq!(seen.unwrap().map(|account| account.id), Some(id));
    }
    let message = message(&world.random);
    let written = world.store.glance(move |db| db.outbox().put(&message)).await;
    assert!(written.is_err() && world.count("outbox_messages") == 0);
}

pub(crate) async fn a_stroke_is_kept_and_what_it_refuses_is_not(world: World) {
    let id = hashed(&world.random);
    for first in [true, false] {
        let id = id.clone();
        let spent = world.store.stroke(move |db| db.spent_ids().spend(&id, noon())).await;
        assert_eq!(spent.unwrap(), first);
    }
    let told = world.eight_nodes()[0].glance(move |db| db.spent_ids().is_spent(&id)).await;
    assert!(told.unwrap(), "another server sees it at once");
    assert_eq!(world.count("spent_ids"), 1);
}

pub(crate) async fn a_glance_that_finds_no_free_connection_waits_for_one(world: World) {
    let one = PoolSettings { connections: 1, wait: Duration::from_secs(10) };
    let store = Store::open(&world.url, one).unwrap();
    let (begun, begins) = oneshot::channel();
    let (release, released) = mpsc::channel();
    let holding = {
        let store = store.clone();
        tokio::spawn(async move {
            let hold = move |_: &mut store::Db<'_>| {
                begun.send(()).unwrap();
                released.recv().unwrap();
                Ok::<_, StoreError>(())
            };
            store.read(hold).await
        })
    };
    begins.await.unwrap();
    let glancing = store.glance(|db| db.records().count());
    let releasing = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        release.send(()).unwrap();
    };
    let (seen, ()) = tokio::join!(glancing, releasing);
    assert_eq!(seen.unwrap(), 0);
    holding.await.unwrap().unwrap();
}
