//! Files of evidence on their way in: what is clean is kept, everything else leaves nothing behind.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use identity::clock::{FakeClock, Time};
use identity::evidence::{
    Evidence, EvidenceFault, EvidenceId, EvidenceStore, EvidenceUnavailable, Scan, ScanFailed, Scanner,
};
use identity::random::Random;
use journey::EvidenceRoom;
use partners::evidence::Directory;
use partners::scanner::{Clamd, ClamdAddress, Command};
use partners::simulators::{self, Manner, eicar};
use store::{PoolSettings, Store};
use tempfile::TempDir;

struct World {
    folder: TempDir,
    store: Store,
    clock: FakeClock,
    room: EvidenceRoom,
}

async fn world(scanner: impl Scanner + 'static) -> World {
    let folder = TempDir::new().unwrap();
    let files = Arc::new(Directory::open(folder.path().join("evidence")).unwrap());
    let store = Store::open(&format!("sqlite://{}/db", folder.path().display()), PoolSettings::default()).unwrap();
    store.migrate().await.unwrap();
    let clock = FakeClock::at(Time::from_timestamp(1_790_000_000, 0).unwrap());
    let (scanner, random) = (Arc::new(scanner), Random::seeded(1));
    let room = EvidenceRoom { files, scanner, store: store.clone(), clock: clock.clock(), random };
    World { folder, store, clock, room }
}

impl World {
    fn kept(&self) -> Vec<String> {
        names(&self.folder.path().join("evidence"))
    }

    /// The files that are written down, whether or not they are kept.
    async fn expected(&self) -> Vec<EvidenceId> {
        let never = self.clock.clock().now() + chrono::Duration::days(1_000);
        self.store.read(move |db| db.evidence_files().outlived(never, never, 10)).await.unwrap()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

fn pdf(text: &str) -> Evidence {
    Evidence::read("deed.pdf", format!("%PDF-1.4\n{text}\n%%EOF").into_bytes()).unwrap()
}

const LONG: Duration = Duration::from_secs(30);

fn command(line: &str) -> Command {
    Command::new("sh", vec!["-c".into(), line.into()], LONG)
}

/// A scanner that finds nothing.
fn content() -> Command {
    command("cat > /dev/null")
}

/// A place that takes half a file in, and breaks.
struct Breaks(Directory, io::ErrorKind);

#[async_trait]
impl EvidenceStore for Breaks {
    async fn put(&self, id: EvidenceId, bytes: &[u8]) -> Result<(), EvidenceUnavailable> {
        // As a bucket does that took the file and whose answer was lost.
        self.0.put(id, bytes).await?;
        Err(EvidenceUnavailable::new(io::Error::from(self.1)))
    }

    async fn get(&self, id: EvidenceId) -> Result<Option<Vec<u8>>, EvidenceUnavailable> {
        self.0.get(id).await
    }

    async fn delete(&self, id: EvidenceId) -> Result<(), EvidenceUnavailable> {
        self.0.delete(id).await
    }
}

#[tokio::test]
async fn a_clean_file_is_kept_byte_for_byte() {
    let world = world(content()).await;
    let evidence = pdf("a deed");
    let file = world.room.receive(&evidence).await.unwrap().unwrap();
    let id = file.id.unwrap();
    assert_eq!(world.room.files.get(id).await.unwrap(), Some(evidence.bytes.clone()));
    assert_eq!((file.name, file.kind, file.size as usize), (evidence.name, evidence.kind, evidence.bytes.len()));
    assert_eq!((world.kept(), world.expected().await), (vec![id.to_string()], vec![id]));
}

#[tokio::test]
async fn an_infected_file_is_not_kept_whichever_scanner_finds_it() {
    let (_simulator, address) = simulators::Clamd::on_tcp(Manner::Honest).await.unwrap();
    let clamd = world(Clamd::new(ClamdAddress::Tcp(address), LONG)).await;
    let grep = world(command("if grep -aq STANDARD-ANTIVIRUS; then exit 1; fi")).await;
    for world in [clamd, grep] {
        assert_eq!(world.room.receive(&pdf(&eicar())).await.unwrap(), Err(EvidenceFault::Infected));
        assert_eq!((world.kept(), world.expected().await), (vec![], vec![]));
        assert!(world.room.receive(&pdf("a deed")).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_slow_or_broken_scanner_keeps_nothing_and_asks_to_try_later() {
    let (_simulator, address) = simulators::Clamd::on_tcp(Manner::Silent).await.unwrap();
    let slow = world(Clamd::new(ClamdAddress::Tcp(address), Duration::from_millis(100))).await;
    for world in [slow, world(command("cat > /dev/null; exit 2")).await] {
        assert_eq!(world.room.receive(&pdf("a deed")).await.unwrap(), Err(EvidenceFault::TryLater));
        assert_eq!((world.kept(), world.expected().await), (vec![], vec![]));
    }
}

#[tokio::test]
async fn a_place_that_breaks_asks_to_try_later_and_what_it_may_have_kept_is_swept() {
    let mut world = world(content()).await;
    let directory = Directory::open(world.folder.path().join("evidence")).unwrap();
    world.room.files = Arc::new(Breaks(directory, io::ErrorKind::StorageFull));
    assert_eq!(world.room.receive(&pdf("a deed")).await.unwrap(), Err(EvidenceFault::TryLater));
    assert_eq!(world.kept().len(), 1, "the answer was lost, and the file was not");
    let now = world.clock.clock().now();
    assert_eq!(world.room.sweep(now).await.unwrap(), 0, "a request may yet name it");
    world.clock.advance(chrono::Duration::days(1) + chrono::Duration::seconds(1));
    assert_eq!(world.room.sweep(now).await.unwrap(), 1);
    assert_eq!((world.kept(), world.expected().await), (vec![], vec![]));
}

struct Clean;

#[async_trait]
impl Scanner for Clean {
    async fn scan(&self, _bytes: &[u8]) -> Result<Scan, ScanFailed> {
        Ok(Scan::Clean)
    }
}

#[tokio::test]
async fn a_process_that_dies_between_file_and_request_leaves_nothing_for_long() {
    let world = world(Clean).await;
    // The file is kept, and no request follows.
    world.room.receive(&pdf("a deed")).await.unwrap().unwrap();
    // It is written down, and the process dies before it is kept.
    let (id, now) = (EvidenceId::new(&Random::seeded(2)), world.clock.clock().now());
    world.store.transact(move |db| db.evidence_files().expect(id, now)).await.unwrap();
    world.clock.advance(chrono::Duration::hours(25));
    assert_eq!(world.room.sweep(now).await.unwrap(), 2);
    assert_eq!((world.kept(), world.expected().await), (vec![], vec![]));
}
