use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use identity::clock::Time;
use identity::secret::{HashKey, Hashed, Plain, Purpose};
use tempfile::TempDir;

use crate::{Db, PoolSettings, Store, StoreError};

struct World {
    store: Store,
    folder: TempDir,
}

impl World {
    async fn waiting(wait: Duration) -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/store.db", folder.path().display());
        let store = Store::open(&url, PoolSettings { wait, ..PoolSettings::default() }).unwrap();
        store.migrate().await.unwrap();
        World { store, folder }
    }

    async fn new() -> World {
        World::waiting(Duration::from_secs(10)).await
    }

    async fn is_kept(&self, name: &'static str) -> bool {
        self.store.read(move |db| db.spent_ids().is_spent(&hashed(name))).await.unwrap()
    }

    /// Work that occupies the writer until its sender says so.
    fn busy(&self) -> (Sender<()>, JoinHandle<Result<(), StoreError>>) {
        let (release, released) = channel::<()>();
        let (begins, begun) = channel();
        let store = self.store.clone();
        let hold = move |db: &mut Db<'_>| {
            begins.send(()).unwrap();
            released.recv().unwrap();
            keep(db, "first")
        };
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let holding = std::thread::spawn(move || runtime().block_on(store.transact(hold)));
        begun.recv().unwrap();
        (release, holding)
    }
}

fn hashed(name: &str) -> Hashed {
    HashKey::new(&[7; 32]).hash(Purpose::AccessToken, "", &Plain::new(name))
}

fn keep(db: &mut Db<'_>, name: &str) -> Result<(), StoreError> {
    db.spent_ids().spend(&hashed(name), Time::from_timestamp(1_900_000_000, 0).unwrap()).map(drop)
}

fn refused() -> StoreError {
    StoreError::unavailable("this work fails by itself")
}

#[tokio::test]
async fn work_that_waits_is_committed_together_and_told_of_after_the_commit() {
    let world = World::new().await;
    let told = Arc::new(AtomicBool::new(false));
    let (release, first) = world.busy();
    let first = std::thread::spawn({
        let told = told.clone();
        move || {
            first.join().unwrap().unwrap();
            told.store(true, Ordering::SeqCst);
        }
    });
    let before = told.clone();
    let second = world.store.transact(move |db| {
        std::thread::sleep(Duration::from_millis(100));
        keep(db, "second")?;
        Ok::<_, StoreError>(before.load(Ordering::SeqCst))
    });
    let release = async { release.send(()).unwrap() };
    let (was_told_before, ()) = tokio::join!(second, release);
    assert!(!was_told_before.unwrap(), "the first waits for the commit that it shares");
    first.join().unwrap();
    assert!(told.load(Ordering::SeqCst));
    assert!(world.is_kept("first").await && world.is_kept("second").await);
}

#[tokio::test]
async fn work_that_fails_takes_nothing_with_it_but_itself() {
    let world = World::new().await;
    let (release, first) = world.busy();
    let failing = world.store.transact(|db| keep(db, "failed").and_then(|()| Err::<(), _>(refused())));
    let last = world.store.transact(|db| keep(db, "last"));
    let (failed, kept, _) = tokio::join!(failing, last, async { release.send(()) });
    assert!(failed.is_err() && kept.is_ok());
    first.join().unwrap().unwrap();
    assert!(world.is_kept("first").await && world.is_kept("last").await);
    assert!(!world.is_kept("failed").await);
}

#[tokio::test]
async fn a_panic_comes_to_whoever_waits_and_to_nobody_else() {
    let world = World::new().await;
    let (release, first) = world.busy();
    let store = world.store.clone();
    let panicking = tokio::spawn(async move {
        let panics = |db: &mut Db<'_>| -> Result<(), StoreError> {
            keep(db, "panicked")?;
            panic!("this is a test")
        };
        store.transact(panics).await
    });
    let last = world.store.transact(|db| keep(db, "last"));
    let (panicked, kept, _) = tokio::join!(panicking, last, async { release.send(()) });
    assert!(panicked.unwrap_err().is_panic());
    kept.unwrap();
    first.join().unwrap().unwrap();
    assert!(world.is_kept("first").await && world.is_kept("last").await);
    assert!(!world.is_kept("panicked").await);
}

#[tokio::test]
async fn work_that_waited_too_long_is_never_begun() {
    let world = World::waiting(Duration::from_millis(200)).await;
    let (release, first) = world.busy();
    let late = world.store.transact(|db| keep(db, "late")).await;
    assert!(matches!(&late, Err(error) if error.is_unavailable()), "{late:?}");
    release.send(()).unwrap();
    first.join().unwrap().expect("what was begun is waited for, however long it takes");
    world.store.transact(|db| keep(db, "next")).await.unwrap();
    assert!(!world.is_kept("late").await && world.is_kept("next").await);
}

#[tokio::test]
async fn where_the_transaction_is_lost_nobody_is_told_of_a_success_and_the_next_begins_anew() {
    let world = World::new().await;
    let (release, first) = world.busy();
    let losing = world.store.transact(|db| {
        keep(db, "lost")?;
        // As SQLite does by itself when the disk is full.
        db.connection().batch_execute("ROLLBACK")?;
        Ok::<_, StoreError>(())
    });
    let (lost, _) = tokio::join!(losing, async { release.send(()) });
    assert!(lost.is_err());
    let first = first.join().unwrap();
    assert!(matches!(&first, Err(error) if error.is_unavailable()), "{first:?}");
    world.store.transact(|db| keep(db, "next")).await.unwrap();
    assert!(!world.is_kept("first").await && !world.is_kept("lost").await && world.is_kept("next").await);
}

#[tokio::test]
async fn a_store_that_is_dropped_has_left_everything_in_one_file() {
    let World { store, folder } = World::new().await;
    store.transact(|db| keep(db, "first")).await.unwrap();
    drop(store);
    let files: Vec<_> = folder.path().read_dir().unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["store.db"]);
}

#[tokio::test]
async fn a_store_that_is_settled_has_everything_in_its_file_though_others_hold_it() {
    let world = World::new().await;
    world.store.transact(|db| keep(db, "first")).await.unwrap();
    assert!(world.is_kept("first").await);
    world.store.settle().await.unwrap();
    let log = world.folder.path().join("store.db-wal");
    assert_eq!(log.metadata().unwrap().len(), 0);
}
