//! What concerns one of the two databases alone.

use std::time::Duration;

use store::{PoolSettings, Store, StoreError};

use crate::sample::{account, email, message};
use crate::world::World;

fn impatient() -> PoolSettings {
    PoolSettings { connections: 2, wait: Duration::from_millis(300) }
}

mod sqlite {
    use super::*;

    #[tokio::test]
    async fn a_lock_that_another_process_holds_is_waited_for() {
        let world = World::sqlite().await;
        let mut other = world.raw();
        other.run("BEGIN IMMEDIATE").unwrap();
        let message = message(&world.random);
        let writing = world.store.transact(move |db| db.outbox().put(&message));
        let releasing = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            other.run("COMMIT").unwrap();
        };
        let (written, ()): (Result<(), StoreError>, ()) = tokio::join!(writing, releasing);
        written.expect("the lock was released in time");
        assert_eq!(world.count("outbox_messages"), 1);
    }

    #[tokio::test]
    async fn a_lock_that_another_process_holds_too_long_makes_the_database_unavailable_to_writers_alone() {
        let world = World::sqlite().await;
        let store = Store::open(&world.url, impatient()).unwrap();
        let mut other = world.raw();
        other.run("BEGIN IMMEDIATE").unwrap();
        let refused = store.transact(|db| db.records().refresh_training_providers()).await;
        assert!(matches!(&refused, Err(error) if error.is_unavailable()), "{refused:?}");
        assert_eq!(store.read(|db| db.records().count()).await.unwrap(), 0);
        other.run("COMMIT").unwrap();
        assert_eq!(store.transact(|db| db.records().refresh_training_providers()).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn many_servers_may_open_one_new_file_at_once() {
        for _ in 0..10 {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite://{}/store.db", folder.path().display());
            let opening: Vec<_> = (0..4)
                .map(|_| {
                    let url = url.clone();
                    std::thread::spawn(move || crate::world::open(&url).map(drop))
                })
                .collect();
            for thread in opening {
                thread.join().unwrap().expect("the file can be shared");
            }
        }
    }

    #[test]
    fn the_folders_of_a_new_file_are_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one/two/store.db");
        crate::world::open(&format!("sqlite://{}", path.display())).unwrap();
        assert!(path.is_file());
    }

    #[test]
    fn a_path_that_cannot_be_a_database_is_unavailable() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "this is no database, and longer than the head of one").unwrap();
        for path in ["", "/file", "/file/store.db"] {
            let url = format!("sqlite://{}{path}", folder.path().display());
            let refused = Store::open(&url, impatient());
            assert!(matches!(&refused, Err(error) if error.is_unavailable()), "{path}: {refused:?}");
        }
    }

    #[test]
    fn an_address_of_no_database_is_told_as_such() {
        let refused = Store::open("mysql://localhost/identity", impatient());
        assert!(matches!(refused, Err(StoreError::Url(_))), "{refused:?}");
    }
}

mod postgres {
    use std::process::{Command, exit};

    use super::*;

    /// Set in the process that ends.
    const ENDS: &str = "ENDS_WHILE_CONNECTIONS_ARE_OPENED";

    #[test]
    fn a_process_that_ends_while_connections_are_opened_ends_well() {
        let url = std::env::var("TEST_POSTGRES_URL").unwrap();
        if std::env::var_os(ENDS).is_some() {
            for _ in 0..4 {
                let url = url.clone();
                std::thread::spawn(move || {
                    loop {
                        drop(Store::open(&url, impatient()))
                    }
                });
            }
            std::thread::sleep(Duration::from_millis(200));
            exit(0);
        }
        let this = "alone::postgres::a_process_that_ends_while_connections_are_opened_ends_well";
        for _ in 0..20 {
            let mut ending = Command::new(std::env::current_exe().unwrap());
            let ended = ending.args(["--exact", this]).env(ENDS, "1").output().unwrap();
            assert!(ended.status.success(), "{ended:?}");
        }
    }

    const END_ALL_OTHERS: &str = "SELECT CAST(pg_terminate_backend(pid) AS TEXT) AS value FROM pg_stat_activity \
                                  WHERE datname = current_database() AND pid <> pg_backend_pid()";

    #[tokio::test]
    async fn connections_that_died_while_nobody_used_them_are_passed_over() {
        let world = World::postgres().await;
        for round in 1..=3 {
            let ended = world.texts(END_ALL_OTHERS);
            assert_eq!(ended, vec!["true"; ended.len()]);
            assert!(!ended.is_empty());
            let message = message(&world.random);
            world.does(move |db| db.outbox().put(&message)).await;
            assert_eq!(world.count("outbox_messages"), round);
        }
        world.texts(END_ALL_OTHERS);
        assert!(world.store.is_ready().await, "the first connection may be dead, the store is not");
    }

    #[tokio::test]
    async fn a_look_up_passes_over_connections_that_died_a_while_ago_and_fails_once_for_each_that_died_just_now() {
        let world = World::postgres().await;
        let look = || world.store.glance(|db| db.records().count());
        assert_eq!(look().await.unwrap(), 0);
        world.texts(END_ALL_OTHERS);
        let mut failed = 0;
        while let Err(error) = look().await {
            assert!(error.is_unavailable(), "{error:?}");
            failed += 1;
            assert!(failed <= crate::world::CONNECTIONS, "a connection that failed is not lent again");
        }
        world.texts(END_ALL_OTHERS);
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert_eq!(look().await.unwrap(), 0);
    }

    #[tokio::test]
    async fn a_connection_that_dies_in_a_transaction_makes_the_database_unavailable_and_leaves_nothing() {
        let world = World::postgres().await;
        let jane = account(&world.random, "jane@example.com");
        let mut other = world.raw();
        let cut = world.store.transact(move |db| {
            db.accounts().create(&jane)?;
            other.texts(END_ALL_OTHERS);
            db.accounts().by_email(&email("jane@example.com"))
        });
        let cut = cut.await;
        assert!(matches!(&cut, Err(error) if error.is_unavailable()), "{cut:?}");
        assert_eq!(world.count("accounts"), 0);
        let jane = account(&world.random, "jane@example.com");
        world.does(move |db| db.accounts().create(&jane)).await;
    }

    #[tokio::test]
    async fn a_connection_that_dies_before_the_commit_makes_the_database_unavailable_and_leaves_nothing() {
        let world = World::postgres().await;
        let jane = account(&world.random, "jane@example.com");
        let mut other = world.raw();
        let cut: Result<(), StoreError> = world
            .store
            .transact(move |db| {
                db.accounts().create(&jane)?;
                other.texts(END_ALL_OTHERS);
                Ok(())
            })
            .await;
        assert!(matches!(&cut, Err(error) if error.is_unavailable()), "{cut:?}");
        assert_eq!(world.count("accounts"), 0);
    }

    /// Whoever began second is chosen to give way, and may try again.
    #[tokio::test]
    async fn a_deadlock_makes_the_database_unavailable_to_one_of_the_two() {
        let world = World::postgres().await;
        let people = ["jane@example.com", "joan@example.com"].map(|address| account(&world.random, address));
        let ids = people.each_ref().map(|person| person.id);
        world.does(move |db| people.iter().try_for_each(|person| db.accounts().create(person))).await;
        let line = std::sync::Arc::new(std::sync::Barrier::new(2));
        let cross = |first: usize| {
            let line = line.clone();
            world.store.transact(move |db| -> Result<(), StoreError> {
                db.accounts().record_sign_in(ids[first], None, crate::sample::noon())?;
                line.wait();
                db.accounts().record_sign_in(ids[1 - first], None, crate::sample::noon())
            })
        };
        let (one, other) = tokio::join!(cross(0), cross(1));
        let refused: Vec<StoreError> = [one, other].into_iter().filter_map(Result::err).collect();
        assert!(matches!(refused.as_slice(), [error] if error.is_unavailable()), "{refused:?}");
    }

    #[test]
    fn a_server_that_is_not_there_is_unavailable() {
        let refused = Store::open("postgres://nobody@127.0.0.1:1/nothing", impatient());
        assert!(matches!(&refused, Err(error) if error.is_unavailable()), "{refused:?}");
    }
}
