//! Decisions in a real SQLite file.

use chrono::NaiveDate;
use identity::account::{Account, AccountId, MatchLevel, RecordLink};
use identity::change_request::{ChangeRequestId, EvidenceFile};
use identity::clock::FakeClock;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::event::EventKind;
use identity::evidence::{EvidenceId, EvidenceKind, FileName};
use identity::key_ring::{KeyRing, SealingKey};
use identity::message::Message;
use identity::name::{NamePart, PersonName};
use identity::outbox::SEAL_PURPOSE;
use identity::random::Random;
use identity::record::TeachingRecord;
use identity::ticket::{Agent, Reference};
use identity::trn::Trn;
use journey::messages::Post;
use store::{PoolSettings, Store};
use tempfile::TempDir;

use super::*;

const TRN: &str = "1111111";

struct World {
    store: Store,
    random: Random,
    ring: KeyRing,
    _folder: TempDir,
}

fn noon() -> Time {
    Time::from_timestamp(1_769_860_800, 0).unwrap()
}

fn name(first: &str, last: &str) -> PersonName {
    let part = |text| NamePart::parse(text).unwrap();
    PersonName { first: part(first), middle: None, last: part(last) }
}

fn born(year: i32) -> DateOfBirth {
    DateOfBirth::new(NaiveDate::from_ymd_opt(year, 2, 3).unwrap())
}

fn nadia() -> Agent {
    Agent::parse("Nadia").unwrap()
}

fn taylor() -> Wanted {
    Wanted::OfficialName(name("Jane", "Taylor"))
}

impl World {
    async fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, PoolSettings::default()).unwrap();
        store.migrate().await.unwrap();
        let ring = KeyRing::new(vec![SealingKey { id: "test".into(), key: [7; 32] }]).unwrap();
        World { store, random: Random::seeded(1), ring, _folder: folder }
    }

    fn has_record(&self, name: PersonName, date_of_birth: DateOfBirth) {
        let record = TeachingRecord {
            trn: Trn::parse(TRN).unwrap(),
            name,
            previous_names: Vec::new(),
            date_of_birth,
            nino: None,
            emails: Vec::new(),
            training_providers: Vec::new(),
            qts_date: None,
            alerts: Vec::new(),
            portal_locked: false,
            active: true,
            merged_into: None,
        };
        self.store.transact_blocking(|db| db.records().upsert(&[record])).unwrap();
    }

    fn has_person(&self, of: Option<&str>) -> Account {
        let link = |of| RecordLink {
            trn: Trn::parse(of).unwrap(),
            level: MatchLevel::Low,
            policy: "default/1".into(),
            matched: None,
        };
        let account = Account {
            id: AccountId::new(&self.random),
            email: Email::parse("jane@example.com").unwrap(),
            mobile: None,
            official_name: name("Jane", "Smith"),
            preferred_name: None,
            date_of_birth: Some(born(1980)),
            nino: None,
            lookup_status: of.map(|_| identity::account::LookupStatus::Found),
            record: of.map(link),
            record_seen: None,
            registered_with: None,
            created_at: noon(),
            updated_at: noon(),
            last_signed_in_at: None,
        };
        self.store.transact_blocking(|db| db.accounts().create(&account)).unwrap();
        account
    }

    fn has_request(&self, of: &Account, wanted: Wanted) -> ChangeRequest {
        let file = EvidenceId::new(&self.random);
        let request = ChangeRequest {
            id: ChangeRequestId::new(&self.random),
            reference: Reference::new(&self.random),
            account: of.id,
            wanted,
            evidence: EvidenceFile {
                id: Some(file),
                kind: EvidenceKind::Pdf,
                name: FileName::from("deed.pdf".to_owned()),
                size: 12_345,
            },
            client: None,
            state: ChangeState::Pending,
            created_at: noon(),
        };
        let made = self.store.transact_blocking(|db| {
            db.evidence_files().expect(file, noon())?;
            db.change_requests().create(&request)
        });
        made.unwrap();
        request
    }

    fn record_of(&self, request: &ChangeRequest) -> Option<TeachingRecord> {
        let read = self.store.transact_blocking(|db| match linked_record(db, &request.reference)? {
            Some(trn) => db.records().by_trn(&trn),
            None => Ok(None),
        });
        read.unwrap()
    }

    fn decides(&self, request: &ChangeRequest, choice: Choice) -> Result<(), Refusal> {
        let templates = journey::compiled_templates();
        let post = Post {
            templates: &templates,
            key_ring: &self.ring,
            random: &self.random,
            support_email: "a@b.uk",
            account_url: "https://a.uk/account",
        };
        let letter =
            |account: &_, request: &_, choice: &_, at| letters::about_choice(account, request, choice, &post, at);
        let clock = FakeClock::at(noon()).clock();
        let record = self.record_of(request);
        let around = Around { clock, random: self.random.clone(), record, letter: &letter };
        decide(&self.store, &Answer { reference: request.reference.clone(), choice, by: nadia() }, &around)
    }

    fn account(&self, of: &Account) -> Account {
        self.store.transact_blocking(|db| db.accounts().by_id(of.id)).unwrap().unwrap()
    }

    fn state(&self, of: &ChangeRequest) -> ChangeState {
        self.store.transact_blocking(|db| db.change_requests().by_id(of.id)).unwrap().unwrap().state
    }

    fn letters(&self) -> Vec<Message> {
        let rows = self.store.transact_blocking(|db| db.outbox().newest_first(10)).unwrap();
        let read = |sealed: &str| serde_json::from_slice(&self.ring.open(SEAL_PURPOSE, sealed).unwrap()).unwrap();
        rows.iter().map(|row| read(&row.sealed)).collect()
    }

    fn events(&self, of: &Account) -> Vec<EventKind> {
        let events = self.store.transact_blocking(|db| db.events().of_account(of.id, 10)).unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }
}

fn decided(decision: ChangeDecision) -> ChangeState {
    ChangeState::Decided { decision, at: noon(), by: nadia() }
}

#[tokio::test]
async fn a_name_is_approved_once_the_record_says_it_and_not_before() {
    let world = World::new().await;
    world.has_record(name("Jane", "Smith"), born(1980));
    let jane = world.has_person(Some(TRN));
    let request = world.has_request(&jane, taylor());
    let refused = world.decides(&request, Choice::Approve);
    assert!(matches!(refused, Err(Refusal::NotInRecord)), "{refused:?}");
    assert_eq!((world.state(&request), world.letters().len()), (ChangeState::Pending, 0));
    assert_eq!(world.account(&jane), jane);

    world.has_record(name("Jane", "Taylor"), born(1980));
    world.decides(&request, Choice::Approve).unwrap();
    assert_eq!(world.state(&request), decided(ChangeDecision::Approved));
    assert_eq!(world.account(&jane).official_name, name("Jane", "Taylor"));
    let letters = world.letters();
    assert_eq!((letters.len(), letters[0].template.as_str()), (1, "change-made"));
    assert!(letters[0].body.contains("Hello Jane Taylor,"), "{}", letters[0].body);
    let (reference, by) = (request.reference, nadia());
    let event = EventKind::ChangeDecided { reference, decision: ChangeDecision::Approved, by };
    assert_eq!(world.events(&jane), [event]);
}

#[tokio::test]
async fn a_date_of_birth_that_was_approved_is_not_undone_when_the_account_follows_its_record() {
    let world = World::new().await;
    world.has_record(name("Jane", "Smith"), born(1981));
    let jane = world.has_person(Some(TRN));
    let request = world.has_request(&jane, Wanted::DateOfBirth(born(1981)));
    world.decides(&request, Choice::Approve).unwrap();
    let after = world.account(&jane);
    assert_eq!(after.date_of_birth, Some(born(1981)));
    let record = world.store.transact_blocking(|db| db.records().by_trn(after.trn().unwrap())).unwrap().unwrap();
    assert_eq!(identity::follow::changes(&after, &record, noon()), []);
}

#[tokio::test]
async fn an_account_without_a_record_takes_over_what_was_asked_for() {
    let world = World::new().await;
    let jane = world.has_person(None);
    let request = world.has_request(&jane, taylor());
    world.decides(&request, Choice::Approve).unwrap();
    assert_eq!(world.account(&jane).official_name, name("Jane", "Taylor"));
}

#[tokio::test]
async fn a_rejected_request_changes_nothing_and_the_person_is_told_why() {
    let world = World::new().await;
    world.has_record(name("Jane", "Taylor"), born(1980));
    let jane = world.has_person(Some(TRN));
    let request = world.has_request(&jane, taylor());
    world.decides(&request, Choice::Reject { reason: "The deed is not signed.".into() }).unwrap();
    assert_eq!(world.account(&jane), jane);
    assert_eq!(world.state(&request), decided(ChangeDecision::Rejected));
    let letters = world.letters();
    assert!(letters[0].template == "change-refused" && letters[0].body.contains("The deed is not signed."));
    let again = world.decides(&request, Choice::Approve);
    assert!(matches!(again, Err(Refusal::Decided(_))), "{again:?}");
}

#[tokio::test]
async fn the_list_has_no_names_and_one_in_full_has_all_that_is_needed() {
    let world = World::new().await;
    world.has_record(name("Jane", "Smith"), born(1980));
    let request = world.has_request(&world.has_person(Some(TRN)), taylor());
    let list = world.store.transact_blocking(|db| List::read(db, 10)).unwrap().to_string();
    assert!(list.contains(request.reference.as_str()) && !list.contains("Taylor"), "{list}");
    let record = world.record_of(&request);
    let shown = world.store.transact_blocking(|db| Shown::read(db, &request.reference, record)).unwrap().to_string();
    for text in ["Jane Taylor", "Jane Smith", "pending", "jane@example.com", TRN, "deed.pdf (PDF, 12345 bytes)"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    world.decides(&request, Choice::Reject { reason: "No.".into() }).unwrap();
    let list = world.store.transact_blocking(|db| List::read(db, 10)).unwrap().to_string();
    assert_eq!(list, "No request waits.");
}
