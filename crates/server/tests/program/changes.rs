//! `changes`: the list, one in full, its file, and both ways to decide.

use std::os::unix::fs::PermissionsExt;

use identity::account::{Account, AccountId};
use identity::change_request::{ChangeRequest, ChangeRequestId, ChangeState, EvidenceFile, Wanted};
use identity::clock::Time;
use identity::email::Email;
use identity::evidence::{Evidence, EvidenceId};
use identity::name::{NamePart, PersonName};
use identity::random::Random;
use identity::ticket::Reference;
use store::{Db, PoolSettings, Store, StoreError};

use crate::world::{Done, World};

const FILE: &[u8] = b"%PDF-1.4\n%%EOF";

fn name(first: &str, last: &str) -> PersonName {
    let part = |text| NamePart::parse(text).unwrap();
    PersonName { first: part(first), middle: None, last: part(last) }
}

/// Jane, who has no record, waits for another name.
struct HelpDesk {
    world: World,
    jane: Account,
    request: ChangeRequest,
}

impl HelpDesk {
    fn new() -> HelpDesk {
        let (world, random) = (World::new(), Random::seeded(1));
        let at = Time::from_timestamp(1_769_860_800, 0).unwrap();
        let jane = Account {
            id: AccountId::new(&random),
            email: Email::parse("jane@example.com").unwrap(),
            mobile: None,
            official_name: name("Jane", "Smith"),
            preferred_name: None,
            date_of_birth: None,
            nino: None,
            lookup_status: None,
            record: None,
            record_seen: None,
            registered_with: None,
            created_at: at,
            updated_at: at,
            last_signed_in_at: None,
        };
        let (file, evidence) = (EvidenceId::new(&random), Evidence::read("deed.pdf", FILE.to_vec()).unwrap());
        let request = ChangeRequest {
            id: ChangeRequestId::new(&random),
            reference: Reference::new(&random),
            account: jane.id,
            wanted: Wanted::OfficialName(name("Jane", "Taylor")),
            evidence: EvidenceFile::of(file, &evidence),
            client: None,
            state: ChangeState::Pending,
            created_at: at,
        };
        let desk = HelpDesk { world, jane, request };
        assert_eq!(desk.runs(&["list"]).out, "No request waits.\n");
        std::fs::create_dir_all(desk.world.path("evidence")).unwrap();
        std::fs::write(desk.world.path("evidence").join(file.to_string()), FILE).unwrap();
        desk.does(|db| {
            db.accounts().create(&desk.jane)?;
            db.evidence_files().expect(file, at)?;
            db.change_requests().create(&desk.request)
        });
        desk
    }

    /// Past the program, on the database that it works with.
    fn does<T>(&self, work: impl FnOnce(&mut Db<'_>) -> Result<T, StoreError>) -> T {
        let url = format!("sqlite://{}", self.world.path("test.sqlite").display());
        Store::open(&url, PoolSettings::default()).unwrap().transact_blocking(work).unwrap()
    }

    fn runs(&self, arguments: &[&str]) -> Done {
        let directory = self.world.path("evidence");
        let settings =
            [("GAI__EVIDENCE__KEEP_IN", "directory"), ("GAI__EVIDENCE__DIRECTORY", directory.to_str().unwrap())];
        self.world.runs(&[&["changes"], arguments].concat(), &settings)
    }

    fn name(&self) -> PersonName {
        self.does(|db| db.accounts().by_id(self.jane.id)).unwrap().official_name
    }
}

#[test]
fn a_request_is_listed_shown_and_its_file_written_where_nothing_was() {
    let desk = HelpDesk::new();
    let reference = desk.request.reference.as_str();
    let list = desk.runs(&["list"]);
    assert!(list.success && list.out.contains(reference) && !list.out.contains("Taylor"), "{list:?}");
    let shown = desk.runs(&["show", reference]);
    assert!(shown.success && shown.out.contains("Jane Taylor") && shown.out.contains("deed.pdf"), "{shown:?}");
    let file = desk.world.path("out.pdf");
    let written = desk.runs(&["evidence", reference, file.to_str().unwrap()]);
    assert!(written.success, "{written:?}");
    assert_eq!(std::fs::read(&file).unwrap(), FILE);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!desk.runs(&["evidence", reference, file.to_str().unwrap()]).success, "it is there already");
}

#[test]
fn a_request_is_approved_once_and_by_a_person() {
    let desk = HelpDesk::new();
    let reference = desk.request.reference.as_str();
    assert!(!desk.runs(&["approve", reference]).success, "nobody said who decides");
    assert!(!desk.runs(&["approve", reference, "--by", "the service"]).success);
    assert_eq!(desk.name(), name("Jane", "Smith"));
    let approved = desk.runs(&["approve", reference, "--by", "Nadia"]);
    assert!(approved.success, "{approved:?}");
    assert_eq!(desk.name(), name("Jane", "Taylor"));
    assert_eq!(desk.does(|db| db.outbox().newest_first(10)).len(), 1);
    let again = desk.runs(&["reject", reference, "--reason", "No.", "--by", "Nadia"]);
    assert!(!again.success && again.err.contains("is decided already"), "{again:?}");
}

#[test]
fn a_request_is_rejected_with_a_reason_and_changes_nothing() {
    let desk = HelpDesk::new();
    let reference = desk.request.reference.as_str();
    assert!(!desk.runs(&["reject", reference, "--by", "Nadia"]).success, "there is no reason");
    let rejected = desk.runs(&["reject", reference, "--reason", "The deed is not signed.", "--by", "Nadia"]);
    assert!(rejected.success, "{rejected:?}");
    assert_eq!(desk.name(), name("Jane", "Smith"));
    assert_eq!(desk.does(|db| db.outbox().newest_first(10)).len(), 1);
}
