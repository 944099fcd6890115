//! Files of evidence through everything at once, each that can be wrong in a way of its own: what the page says, and that
//! nothing is left of it.

use std::path::Path;
use std::sync::Arc;

use actix_web::test::TestRequest;
use actix_web::web::Data;
use async_trait::async_trait;
use identity::account::{LookupStatus, RecordLink};
use identity::email::Email;
use identity::evidence::{EvidenceId, EvidenceStore, EvidenceUnavailable};
use identity::matching::MatchPolicy;
use identity::random::Random;
use identity::ticket::Agent;
use identity::trn::Trn;
use journey::{EvidenceRoom, Journeys};
use partners::simulators::{self, Manner, eicar};
use serde_json::Value;
use server::tickets;
use store::StoreError;
use tempfile::TempDir;

use crate::account::{ACCOUNT, EMAIL, MORGAN};
use crate::person::Person;
use crate::world::{Seen, World};

const MAX: usize = 3 * 1024 * 1024;

/// Somebody with a record who is signed in, at a server that takes files and has a real clamd's words for them.
struct Filing {
    world: World,
    folder: TempDir,
    _clamd: simulators::Clamd,
}

impl Filing {
    async fn with(manner: Manner) -> Filing {
        let folder = TempDir::new().unwrap();
        let (clamd, address) = simulators::Clamd::on_tcp(manner).await.unwrap();
        let (directory, address) = (folder.path().display().to_string(), address.to_string());
        let world = World::new(&[
            ("GAI__EVIDENCE__KEEP_IN", "directory"),
            ("GAI__EVIDENCE__DIRECTORY", &directory),
            ("GAI__EVIDENCE__SCANNER", "clamd"),
            ("GAI__EVIDENCE__CLAMD", &address),
            ("GAI__EVIDENCE__SCAN_TIMEOUT", "1s"),
        ])
        .await;
        world.signs_in_to(ACCOUNT).await;
        world.links_a_record().await;
        Filing { world, folder, _clamd: clamd }
    }

    /// The page that takes the file.
    async fn at_the_file(&self) -> String {
        let name = [("first_name", "Morgan"), ("last_name", "Reid")];
        let begun = self.world.submits("/account/change/name", &name).await;
        let page = begun.location().unwrap().to_owned();
        assert!(page.ends_with("/official-name-evidence"), "{page}");
        page
    }

    fn kept(&self) -> usize {
        kept(self.folder.path())
    }

    /// The files that are written down, whether or not they are kept.
    async fn expected(&self) -> usize {
        let never = self.world.clock.clock().now() + chrono::Duration::days(1_000);
        let outlived = self.world.parts.store.read(move |db| db.evidence_files().outlived(never, never, 10)).await;
        outlived.map_err(|error: StoreError| error).unwrap().len()
    }

    async fn leaves_nothing(&self, page: &str) {
        assert_eq!((self.kept(), self.expected().await), (0, 0));
        assert!(!self.world.visits(page).await.text.contains("You have uploaded"));
    }
}

fn kept(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

impl World {
    async fn links_a_record(&self) {
        let now = self.clock.clock().now();
        let link = RecordLink::searched(Trn::parse("1000001").unwrap(), MatchPolicy::Default);
        let linked = self.parts.store.transact(move |db| {
            let account = db.accounts().by_email(&Email::parse(EMAIL).unwrap())?.expect("she has an account");
            db.accounts().settle_record(account.id, LookupStatus::Found, Some(&link), None, now)
        });
        linked.await.unwrap();
    }

    /// As a browser sends a form with a file.
    async fn uploads(&self, page: &str, file: &str, content: &[u8]) -> Seen {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"{file}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), content, b"\r\n--edge--\r\n"].concat();
        let request = TestRequest::post()
            .uri(page)
            .insert_header(("content-type", "multipart/form-data; boundary=edge"))
            .insert_header(("content-length", body.len()))
            .set_payload(body);
        self.asks(request).await
    }
}

fn pdf(more: &str) -> Vec<u8> {
    format!("%PDF-1.4\n{more}\n%%EOF\n").into_bytes()
}

fn of_size(size: usize) -> Vec<u8> {
    let mut file = pdf("");
    file.resize(size, b'\n');
    file
}

fn png() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], kind, data, &[0; 4]].concat()
    };
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &[0; 13]), &chunk(b"IDAT", &[1]), &chunk(b"IEND", &[])].concat()
}

#[actix_web::test]
async fn a_file_with_a_fault_is_named_beside_its_field_and_nothing_is_left_of_it() {
    let filing = Filing::with(Manner::Honest).await;
    let page = filing.at_the_file().await;
    let archive = [&pdf("")[..], b"PK\x03\x04 and an archive"].concat();
    for (what, file, content, says) in [
        ("a page behind the name of a PDF", "deed.pdf", b"<html><script>".to_vec(), "must be a PDF, JPEG or PNG"),
        ("a picture behind the name of a PDF", "deed.pdf", png(), "is a PNG, but its name says something else"),
        ("a PDF behind the name of a program", "deed.exe", pdf(""), "must be a PDF, JPEG or PNG"),
        ("no bytes at all", "deed.pdf", Vec::new(), "is empty"),
        ("one byte more than 3 MiB", "deed.pdf", of_size(MAX + 1), "must be 3 MB or smaller"),
        ("much more than any page takes", "deed.pdf", of_size(2 * MAX), "must be 3 MB or smaller"),
        ("a PDF that is an archive, too", "deed.pdf", archive, "has something else attached to it"),
        (
            "a picture with a page behind it",
            "deed.png",
            [png(), b"<script>".to_vec()].concat(),
            "something else attached",
        ),
        (
            "a PDF with a script",
            "deed.pdf",
            pdf("<< /OpenAction << /S /JavaScript >> >>"),
            "has scripts or other files in it",
        ),
        ("half a picture", "deed.png", png()[..30].to_vec(), "is damaged or not complete"),
        ("the virus that is none", "deed.pdf", pdf(&eicar()), "contains a virus"),
        ("no file", "", Vec::new(), "Select a file that shows your new details"),
    ] {
        let refused = filing.world.uploads(&page, file, &content).await;
        assert_eq!(refused.status, 400, "{what}: {}", refused.text);
        assert_eq!(refused.text.matches(says).count(), 2, "{what}: {}", refused.text);
        filing.leaves_nothing(&page).await;
    }
}

#[actix_web::test]
async fn a_file_of_just_3_mib_is_kept_byte_for_byte() {
    let filing = Filing::with(Manner::Honest).await;
    let page = filing.at_the_file().await;
    let taken = filing.world.uploads(&page, "deed.pdf", &of_size(MAX)).await;
    assert!(taken.location().unwrap().ends_with("/new-preferred-name"), "{:?}", taken.location());
    let [file] = std::fs::read_dir(filing.folder.path()).unwrap().collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(std::fs::read(file.unwrap().path()).unwrap(), of_size(MAX));
    assert_eq!(filing.expected().await, 1);
}

#[actix_web::test]
async fn a_scanner_that_takes_too_long_keeps_no_file_and_asks_to_try_later() {
    let filing = Filing::with(Manner::Silent).await;
    let page = filing.at_the_file().await;
    let refused = filing.world.uploads(&page, "deed.pdf", &pdf("")).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.text.matches("could not be uploaded: try again later").count(), 2, "{}", refused.text);
    filing.leaves_nothing(&page).await;
}

/// A disk without room.
struct Full;

#[async_trait]
impl EvidenceStore for Full {
    async fn put(&self, _: EvidenceId, _: &[u8]) -> Result<(), EvidenceUnavailable> {
        Err(EvidenceUnavailable::new(std::io::Error::from(std::io::ErrorKind::StorageFull)))
    }

    async fn get(&self, _: EvidenceId) -> Result<Option<Vec<u8>>, EvidenceUnavailable> {
        Ok(None)
    }

    async fn delete(&self, _: EvidenceId) -> Result<(), EvidenceUnavailable> {
        Ok(())
    }
}

/// What a real full disk does to a file is tested where files are kept.
#[actix_web::test]
async fn a_full_disk_keeps_no_file_and_no_request_and_what_was_written_down_is_swept() {
    let mut filing = Filing::with(Manner::Honest).await;
    let page = filing.at_the_file().await;
    let room = filing.world.parts.journeys.evidence.clone().unwrap();
    let full = EvidenceRoom { files: Arc::new(Full), ..room };
    let journeys = Journeys { evidence: Some(full.clone()), ..filing.world.parts.journeys.get_ref().clone() };
    filing.world.parts.journeys = Data::new(journeys);
    let refused = filing.world.uploads(&page, "deed.pdf", &pdf("")).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("could not be uploaded: try again later"), "{}", refused.text);
    assert_eq!((filing.kept(), filing.expected().await), (0, 1), "it was written down before");
    filing.world.clock.advance(chrono::Duration::hours(25));
    let now = filing.world.clock.clock().now();
    assert_eq!(full.sweep(now).await.unwrap(), 1);
    assert_eq!(filing.expected().await, 0);
}

impl Filing {
    /// From the account page to the request, and back.
    async fn asks_for_a_name(&self) -> Seen {
        let page = self.at_the_file().await;
        let next = self.world.uploads(&page, "deed.pdf", &pdf("")).await.location().unwrap().to_owned();
        let next = self.world.submits(&next, &[("preferred_name", "Morgan Reid")]).await.location().unwrap().to_owned();
        assert!(next.ends_with("/check-official-name"), "{next}");
        let check = self.world.visits(&next).await.text;
        for words in ["Morgan Reid", "deed.pdf", "Confirm and continue"] {
            assert!(check.contains(words), "{words}: {check}");
        }
        let done = self.world.submits(&next, &[]).await.location().unwrap().to_owned();
        self.world.visits(&done).await
    }
}

#[actix_web::test]
async fn a_request_from_the_account_page_waits_there_and_can_be_withdrawn() {
    let filing = Filing::with(Manner::Honest).await;
    let account = filing.asks_for_a_name().await.text;
    for words in ["You have asked us to change your teaching record", "GAI-", "You asked us to change this on"] {
        assert!(account.contains(words), "{words}: {account}");
    }
    assert!(!account.contains("/account/change/name") && account.contains("/account/change/date-of-birth"));
    let again = filing.world.visits("/account/change/name").await;
    assert_eq!(again.location(), Some("/account"), "a second one has no page");
    let told = filing.world.outbox(EMAIL).await;
    assert!(told.iter().any(|letter| letter["template"] == "change-requested"));

    let all: Value = serde_json::from_str(&filing.world.visits("/account/download").await.text).unwrap();
    let asked = &all["changes_asked_for"][0];
    assert_eq!((&asked["file"], &asked["decided"]), (&"deed.pdf".into(), &Value::Null));
    assert_eq!(asked["wanted"]["official_name"]["last"], "Reid");

    let from = account.find("/account/requests/").unwrap();
    let withdraw = account[from..].split('"').next().unwrap();
    assert_eq!(filing.world.submits(withdraw, &[]).await.location(), Some("/account"));
    let account = filing.world.visits("/account").await.text;
    assert!(account.contains("/account/change/name") && !account.contains("You asked us"), "{account}");
    assert!(filing.asks_for_a_name().await.text.contains("GAI-"), "there may be another now");
}

#[actix_web::test]
async fn nobody_withdraws_the_request_of_another() {
    let filing = Filing::with(Manner::Honest).await;
    let account = filing.asks_for_a_name().await.text;
    let from = account.find("/account/requests/").unwrap();
    let withdraw = account[from..].split('"').next().unwrap();
    let browser = filing.world.takes_another_browser();
    let other = Person { email: "another@example.com", name: ("Another", "Person"), ..MORGAN };
    filing.world.signs_somebody_in_to(ACCOUNT, &other).await;
    assert_eq!(filing.world.submits(withdraw, &[]).await.location(), Some("/account"));
    filing.world.goes_back_to(browser);
    assert!(filing.world.visits("/account").await.text.contains("You asked us to change this on"));
}

#[actix_web::test]
async fn a_request_and_its_file_go_with_the_account() {
    let filing = Filing::with(Manner::Honest).await;
    filing.asks_for_a_name().await;
    filing.world.submits("/account/delete", &[("understood", "yes")]).await;
    let now = filing.world.clock.clock().now();
    let store = filing.world.parts.store.clone();
    let id = Email::parse(EMAIL).unwrap();
    let account =
        store.read(move |db| db.accounts().by_email(&id)).await.map_err(|error: StoreError| error).unwrap().unwrap();
    let wish = store.read(move |db| db.tickets().open_deletion_of(account.id)).await;
    let reference = wish.map_err(|error: StoreError| error).unwrap().unwrap().reference;
    let by = Agent::parse("Nadia").unwrap();
    let resolution = tickets::Resolution { reference, answer: tickets::Answer::Delete, by };
    let clock = filing.world.clock.clock();
    let around = tickets::Around { clock, random: Random::seeded(3), record: None, letter: &|_, _, _| Ok(None) };
    tickets::resolve(&store, &resolution, &around).unwrap();
    let left = store.read(move |db| db.change_requests().of_account(account.id)).await;
    assert_eq!(left.map_err(|error: StoreError| error).unwrap(), []);
    filing.world.clock.advance(chrono::Duration::hours(25));
    let room = filing.world.parts.journeys.evidence.clone().unwrap();
    assert_eq!(room.sweep(now).await.unwrap(), 1);
    assert_eq!(filing.kept(), 0);
}
