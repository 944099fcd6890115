//! Asking for a change of the teaching record, with evidence.

use std::sync::Arc;

use identity::account::Account;
use identity::change_request::{ChangeDecision, ChangeRequest, Subject, Wanted};
use identity::event::EventKind;
use identity::evidence::{Evidence, EvidenceFault};
use identity::name::{NamePart, PersonName};
use identity::ticket::Agent;
use journey::{Asked, EvidenceRoom, Journeys};
use partners::evidence::Directory;
use partners::scanner::{Command, Nobody};
use tempfile::TempDir;

use crate::world::World;

const ASHA: &str = "asha@example.com";

fn bennet() -> Wanted {
    let part = |text| NamePart::parse(text).unwrap();
    Wanted::OfficialName(PersonName { first: part("Asha"), middle: None, last: part("Bennet") })
}

fn deed() -> Evidence {
    Evidence::read("deed.pdf", b"%PDF-1.4\n%%EOF".to_vec()).unwrap()
}

/// Somebody with a record, at a service that takes files.
struct Asking {
    world: World,
    asha: Account,
    journeys: Journeys,
    folder: TempDir,
}

impl Asking {
    async fn begins() -> Asking {
        let world = World::new().await;
        let asha = world.registers("optional", ASHA, "Asha", "Bennett").await;
        let folder = TempDir::new().unwrap();
        let Journeys { store, clock, random, .. } = world.journeys.get_ref().clone();
        let files = Arc::new(Directory::open(folder.path()).unwrap());
        let room = EvidenceRoom { files, scanner: Arc::new(Nobody), store, clock, random };
        let journeys = Journeys { evidence: Some(room), ..world.journeys.get_ref().clone() };
        Asking { world, asha, journeys, folder }
    }

    async fn asks(&self) -> Asked {
        self.journeys.ask_for_change(self.asha.id, bennet(), &deed(), None).await.unwrap()
    }

    async fn pending(&self) -> Vec<ChangeRequest> {
        let id = self.asha.id;
        self.world.journeys.store.read(move |db| db.change_requests().pending_of_account(id)).await.unwrap()
    }

    async fn requested(&self) -> usize {
        let events = self.world.events(&self.asha).await;
        events.into_iter().filter(|kind| matches!(kind, EventKind::ChangeRequested { .. })).count()
    }

    fn files(&self) -> usize {
        std::fs::read_dir(self.folder.path()).unwrap().count()
    }
}

#[actix_web::test]
async fn a_request_waits_with_its_file_and_the_person_is_told_its_reference() {
    let asking = Asking::begins().await;
    let Asked::Pending(reference) = asking.asks().await else { panic!("nothing stands in the way") };
    let pending = asking.pending().await;
    assert_eq!((pending.len(), &pending[0].reference, &pending[0].wanted), (1, &reference, &bennet()));
    let room = asking.journeys.evidence.as_ref().unwrap();
    assert_eq!(room.files.get(pending[0].evidence.id.unwrap()).await.unwrap(), Some(deed().bytes));
    let told = asking.world.letter(ASHA, "change-requested").await;
    assert!(told.body.contains(reference.as_str()), "{}", told.body);
    let event = EventKind::ChangeRequested { reference, subject: Subject::OfficialName };
    assert!(asking.world.events(&asking.asha).await.contains(&event));
    assert_eq!(asking.world.account(ASHA).await.unwrap().official_name, asking.asha.official_name);
}

#[actix_web::test]
async fn who_asks_twice_waits_for_the_first_and_may_ask_again_once_it_is_decided() {
    let asking = Asking::begins().await;
    asking.asks().await;
    assert_eq!(asking.asks().await, Asked::AlreadyPending);
    assert_eq!((asking.pending().await.len(), asking.files(), asking.requested().await), (1, 1, 1));
    let (id, at) = (asking.pending().await[0].id, asking.world.journeys.clock.now());
    let by = Agent::parse("Nadia").unwrap();
    let decide = move |db: &mut store::Db<'_>| db.change_requests().decide(id, ChangeDecision::Rejected, &by, at);
    assert!(asking.world.journeys.store.transact(decide).await.unwrap());
    assert!(matches!(asking.asks().await, Asked::Pending(_)));
}

#[actix_web::test]
async fn a_file_that_is_not_taken_leaves_no_request_no_letter_and_no_event() {
    let mut asking = Asking::begins().await;
    let before = asking.world.letters(ASHA).await;
    let finds = Command::new("sh", vec!["-c".into(), "exit 1".into()], std::time::Duration::from_secs(30));
    asking.journeys.evidence.as_mut().unwrap().scanner = Arc::new(finds);
    assert_eq!(asking.asks().await, Asked::Refused(EvidenceFault::Infected));
    asking.journeys.evidence = None;
    assert_eq!(asking.asks().await, Asked::Refused(EvidenceFault::TryLater));
    assert_eq!((asking.pending().await.len(), asking.files(), asking.requested().await), (0, 0, 0));
    assert_eq!(asking.world.letters(ASHA).await, before);
}
