//! Asking support, with a document, for a change of the teaching record, on the way to a service.

use std::sync::Arc;
use std::time::Duration;

use actix_web::test::TestRequest;
use actix_web::web::Data;
use identity::account::Account;
use identity::change_request::{ChangeDecision, ChangeRequest, Subject, Wanted};
use identity::event::EventKind;
use identity::evidence::Scanner;
use identity::name::PreviousName;
use identity::record::TeachingRecord;
use identity::ticket::Agent;
use journey::{EvidenceRoom, Journeys};
use partners::evidence::Directory;
use partners::scanner::{Command, Nobody};
use tempfile::TempDir;

use crate::records::{born, name};
use crate::world::{Person, Seen, World};

const ASHA: &str = "asha@example.com";
type Fields<'a> = &'a [(&'a str, &'a str)];
const JONES: Fields<'static> = &[("first_name", "Asha"), ("last_name", "Bennett-Jones")];

/// A server that takes files, and the folder that it keeps them in.
struct Taking {
    world: World,
    folder: TempDir,
}

impl Taking {
    async fn files() -> Taking {
        Taking::scanned_by(Nobody).await
    }

    async fn scanned_by(scanner: impl Scanner + 'static) -> Taking {
        let mut world = World::new().await;
        let folder = TempDir::new().unwrap();
        let Journeys { store, clock, random, .. } = world.journeys.get_ref().clone();
        let files = Arc::new(Directory::open(folder.path()).unwrap());
        let room = EvidenceRoom { files, scanner: Arc::new(scanner), store, clock, random };
        world.journeys = Data::new(Journeys { evidence: Some(room), ..world.journeys.get_ref().clone() });
        Taking { world, folder }
    }

    fn kept(&self) -> usize {
        std::fs::read_dir(self.folder.path()).unwrap().count()
    }

    async fn pending(&self, account: &Account) -> Vec<ChangeRequest> {
        let id = account.id;
        self.world.journeys.store.read(move |db| db.change_requests().pending_of_account(id)).await.unwrap()
    }

    /// Somebody whom we know, and who looks at their details.
    async fn at_her_details(&self) -> Person<'_> {
        let asha = self.world.person_from("optional").await;
        asha.proves(ASHA).await.leads_to("your-details");
        asha
    }

    async fn knows_asha(&self) -> Account {
        self.world.registers("optional", ASHA, "Asha", "Bennett").await
    }
}

impl Person<'_> {
    async fn uploads(&self, page: &str, file: &str) -> Seen {
        let content = format!("%PDF-1.4\n% {file}\n%%EOF");
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"{file}\"\r\n\
             Content-Type: application/pdf\r\n\r\n{content}\r\n--edge--\r\n"
        );
        self.sends(page, body).await
    }

    async fn presses_later(&self, page: &str) -> Seen {
        let body = "--edge\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"\"\r\n\r\n\r\n\
                    --edge\r\nContent-Disposition: form-data; name=\"later\"\r\n\r\ntrue\r\n--edge--\r\n";
        self.sends(page, body.to_owned()).await
    }

    async fn sends(&self, page: &str, body: String) -> Seen {
        let form = |request: TestRequest| {
            request.insert_header(("content-type", "multipart/form-data; boundary=edge")).set_payload(body)
        };
        self.world.call(self.with_cookie(form(TestRequest::post().uri(&self.address(page))))).await
    }

    /// From her details, by way of the document, to the last look.
    async fn asks_for_a_name(&self) {
        self.answers("new-official-name", JONES).await.leads_to("official-name-evidence");
        self.uploads("official-name-evidence", "deed.pdf").await.leads_to("new-preferred-name");
        self.answers("new-preferred-name", &[("preferred_name", "Asha Bennett-Jones")])
            .await
            .leads_to("check-official-name");
    }
}

#[actix_web::test]
async fn somebody_we_know_asks_for_another_name_and_goes_on_while_it_is_looked_at() {
    let taking = Taking::files().await;
    let before = taking.knows_asha().await;
    let asha = taking.at_her_details().await;
    asha.visits("your-details").await.says(200, "href=\"new-official-name\"");
    asha.visits("new-official-name").await.says(200, "value=\"Bennett\"");
    asha.asks_for_a_name().await;
    asha.visits("check-official-name").await.says(200, "Asha Bennett-Jones").says(200, "deed.pdf");
    asha.answers("check-official-name", &[]).await.leads_to("your-details");
    asha.visits("your-details").await.says(200, "New official name").says(200, "Asha Bennett-Jones");
    assert!(taking.pending(&before).await.is_empty(), "nothing is sent before she goes on");
    asha.confirms_their_details().await.ends();

    let [request] = taking.pending(&before).await.try_into().unwrap();
    assert_eq!(request.wanted, Wanted::OfficialName(name("Asha", "Bennett-Jones")));
    assert_eq!(request.client.as_ref().map(|client| client.as_str()), Some("optional"));
    assert_eq!(taking.kept(), 1);
    let letter = taking.world.letter(ASHA, "change-requested").await;
    assert!(letter.body.contains(request.reference.as_str()), "{}", letter.body);
    let event = EventKind::ChangeRequested { reference: request.reference, subject: Subject::OfficialName };
    assert!(taking.world.events(&before).await.contains(&event));
    let after = taking.world.account(ASHA).await.unwrap();
    assert_eq!(after.official_name, before.official_name, "the record's name is the account's");
    assert_eq!(after.preferred_name.unwrap().as_str(), "Asha Bennett-Jones");

    let again = taking.at_her_details().await;
    let details = again.visits("your-details").await.says(200, "You asked us to change this on");
    assert!(!details.html.contains("href=\"new-official-name\""), "{}", details.html);
    assert!(details.html.contains("href=\"new-date-of-birth\""), "the other may be asked for");
    again.visits("new-official-name").await.leads_to("your-details");
}

#[actix_web::test]
async fn a_file_stays_until_another_takes_its_place() {
    let taking = Taking::files().await;
    let account = taking.knows_asha().await;
    let asha = taking.at_her_details().await;
    asha.asks_for_a_name().await;
    asha.visits("official-name-evidence").await.says(200, "You have uploaded deed.pdf");
    let no_file = "--edge\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"\"\r\n\r\n\r\n--edge--\r\n";
    asha.sends("official-name-evidence", no_file.to_owned()).await.leads_to("check-official-name");
    asha.visits("check-official-name").await.says(200, "deed.pdf");
    asha.uploads("official-name-evidence", "photo of the deed.pdf").await.leads_to("check-official-name");
    asha.visits("check-official-name").await.says(200, "photo of the deed.pdf");
    asha.answers("check-official-name", &[]).await.leads_to("your-details");
    asha.confirms_their_details().await.ends();
    let [request] = taking.pending(&account).await.try_into().unwrap();
    assert_eq!(request.evidence.name.as_str(), "photo of the deed.pdf");
    assert_eq!(taking.kept(), 2);
    taking.world.clock.advance(chrono::Duration::hours(25));
    let room = taking.world.journeys.evidence.as_ref().unwrap();
    assert_eq!(room.sweep(account.created_at).await.unwrap(), 1, "the first has outlived its use");
    assert_eq!(room.files.get(request.evidence.id.unwrap()).await.unwrap().is_some(), taking.kept() == 1);
}

#[actix_web::test]
async fn who_has_no_document_at_hand_goes_on_with_the_record_as_it_is_and_may_ask_again() {
    let taking = Taking::files().await;
    let account = taking.knows_asha().await;
    let asha = taking.at_her_details().await;
    asha.answers("new-official-name", JONES).await.leads_to("official-name-evidence");
    asha.presses_later("official-name-evidence").await.leads_to("your-details");
    asha.visits("your-details").await.says(200, "href=\"new-official-name\"");
    asha.answers("new-official-name", JONES).await.leads_to("official-name-evidence");
    asha.presses_later("official-name-evidence").await.leads_to("your-details");
    asha.answers("new-official-name", &[("first_name", "Asha"), ("last_name", "Bennett")])
        .await
        .leads_to("your-details");
    asha.confirms_their_details().await.ends();
    assert!(taking.pending(&account).await.is_empty());
    assert!(taking.world.letters(ASHA).await.is_empty());
}

#[actix_web::test]
async fn of_two_tabs_that_ask_for_the_same_one_is_heard_and_both_go_on() {
    let taking = Taking::files().await;
    let account = taking.knows_asha().await;
    let (one, other) = (taking.at_her_details().await, taking.at_her_details().await);
    for tab in [&one, &other] {
        tab.asks_for_a_name().await;
        tab.answers("check-official-name", &[]).await.leads_to("your-details");
    }
    one.confirms_their_details().await.ends();
    other.confirms_their_details().await.ends();
    assert_eq!(taking.pending(&account).await.len(), 1);
    let letters = taking.world.letters(ASHA).await;
    assert_eq!(letters.iter().filter(|letter| *letter == "change-requested").count(), 1);

    // Once support has decided, there may be another.
    let (id, at) = (taking.pending(&account).await[0].id, taking.world.journeys.clock.now());
    let by = Agent::parse("Nadia").unwrap();
    let decide = move |db: &mut store::Db<'_>| db.change_requests().decide(id, ChangeDecision::Rejected, &by, at);
    assert!(taking.world.journeys.store.transact(decide).await.unwrap());
    let third = taking.at_her_details().await;
    third.asks_for_a_name().await;
    third.answers("check-official-name", &[]).await.leads_to("your-details");
    third.confirms_their_details().await.ends();
    assert_eq!(taking.pending(&account).await.len(), 1);
}

#[actix_web::test]
async fn a_file_that_is_not_taken_says_why_beside_its_field_and_nothing_is_kept() {
    let infected = Command::new("sh", vec!["-c".into(), "exit 1".into()], Duration::from_secs(30));
    let taking = Taking::scanned_by(infected).await;
    let account = taking.knows_asha().await;
    let asha = taking.at_her_details().await;
    asha.answers("new-official-name", JONES).await.leads_to("official-name-evidence");
    for (file, says) in [
        ("deed.pdf", "contains a virus: choose another file"),
        ("deed.png", "is a PDF, but its name says something else"),
        ("deed.exe", "must be a PDF, JPEG or PNG"),
    ] {
        let seen = asha.uploads("official-name-evidence", file).await.says(400, says);
        assert_eq!(seen.html.matches(says).count(), 2, "in the summary and at the field");
    }
    asha.sends("official-name-evidence", "--edge--\r\n".into()).await.says(400, "Select a file that shows");
    asha.answers("official-name-evidence", &[]).await.says(400, "Select a file that shows");
    asha.visits("check-official-name").await.leads_to("official-name-evidence");
    assert_eq!((taking.kept(), taking.pending(&account).await.len()), (0, 0));
}

#[actix_web::test]
async fn where_no_file_can_be_kept_no_change_can_be_asked_for() {
    let world = World::new().await;
    world.registers("optional", ASHA, "Asha", "Bennett").await;
    let asha = world.person_from("optional").await;
    asha.proves(ASHA).await.leads_to("your-details");
    let details = asha.visits("your-details").await.says(200, "help@example.com");
    assert!(!details.html.contains("new-official-name"));
    asha.answers("new-official-name", JONES).await.leads_to("your-details");
    asha.uploads("official-name-evidence", "deed.pdf").await.leads_to("your-details");
}

#[actix_web::test]
async fn a_newcomer_whose_record_has_another_name_sees_both_and_asks_before_they_go_on() {
    let taking = Taking::files().await;
    let asha = taking.world.record("1000001").await;
    let previous = PreviousName { first: None, last: Some(name("A", "Bennett").last) };
    let rao = TeachingRecord { name: name("Asha", "Rao"), previous_names: vec![previous], ..asha };
    taking.world.has_records([rao]).await;
    let asha = taking.world.person_from("optional").await;
    asha.starts(ASHA, "Asha", "Bennett").await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.leads_to("record-differs");
    asha.visits("record-differs").await.says(200, "Asha Bennett").says(200, "Asha Rao");
    asha.visits("new-official-name").await.says(200, "value=\"Bennett\"");
    asha.answers("new-official-name", JONES).await.leads_to("official-name-evidence");
    asha.uploads("official-name-evidence", "deed.pdf").await.leads_to("check-official-name");
    asha.answers("check-official-name", &[]).await.leads_to("record-differs");
    asha.visits("record-differs").await.says(200, "Asha Bennett-Jones");
    asha.answers("record-differs", &[]).await.creates();
    let account = taking.world.account(ASHA).await.unwrap();
    assert_eq!(account.official_name, name("Asha", "Rao"), "until support has decided");
    let [request] = taking.pending(&account).await.try_into().unwrap();
    assert_eq!(request.wanted, Wanted::OfficialName(name("Asha", "Bennett-Jones")));
    assert_eq!(taking.world.letters(ASHA).await, ["change-requested"], "what she asks for is not told as a surprise");
}

#[actix_web::test]
async fn what_the_record_has_by_the_next_sign_in_is_decided_and_its_owner_is_told() {
    let taking = Taking::files().await;
    let account = taking.knows_asha().await;
    let asha = taking.at_her_details().await;
    let date: Fields<'_> = &[("date_of_birth-day", "13"), ("date_of_birth-month", "3"), ("date_of_birth-year", "1985")];
    asha.answers("new-date-of-birth", date).await.leads_to("date-of-birth-evidence");
    asha.uploads("date-of-birth-evidence", "passport.pdf").await.leads_to("check-date-of-birth");
    asha.answers("check-date-of-birth", &[]).await.leads_to("your-details");
    asha.confirms_their_details().await.ends();
    let [request] = taking.pending(&account).await.try_into().unwrap();

    let record = taking.world.record("1000001").await;
    taking.world.has_records([TeachingRecord { date_of_birth: born("1985-03-13"), ..record }]).await;
    taking.at_her_details().await.confirms_their_details().await.ends();
    assert!(taking.pending(&account).await.is_empty());
    assert_eq!(taking.world.account(ASHA).await.unwrap().date_of_birth, Some(born("1985-03-13")));
    let letter = taking.world.letter(ASHA, "change-made").await;
    assert!(letter.body.contains(request.reference.as_str()), "{}", letter.body);
    let (reference, decision) = (request.reference, ChangeDecision::Approved);
    let event = EventKind::ChangeDecided { reference, decision, by: Agent::service() };
    assert!(taking.world.events(&account).await.contains(&event));
}
