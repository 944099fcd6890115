//! `tickets`: the list, one in full, and each way to decide one.

use identity::account::{Account, AccountId, LookupStatus, MatchLevel, RecordLink};
use identity::clock::Time;
use identity::email::Email;
use identity::event::EventKind;
use identity::matching::Identifiers;
use identity::name::{NamePart, PersonName};
use identity::random::Random;
use identity::ticket::{Decision, Reference, Ticket, TicketId, TicketKind, TicketState};
use identity::trn::Trn;
use store::{Db, PoolSettings, Store, StoreError};

use crate::world::{Done, World};

const RECORDS: &str = "trn,given_name,family_name,date_of_birth,active,merged_into\n\
                       1111111,Siân,Price,1980-02-03,true,\n\
                       2222222,Siân,Price,1980-02-03,false,\n\
                       3333333,Siân,Price,1980-02-03,true,1111111\n";

/// A database with three records, where people wait.
struct HelpDesk {
    world: World,
    random: Random,
}

impl HelpDesk {
    fn new() -> HelpDesk {
        let world = World::new();
        let file = world.writes("records.csv", RECORDS);
        let done = world.runs(&["records", "import", file.to_str().unwrap()], &[]);
        assert!(done.success, "{done:?}");
        HelpDesk { world, random: Random::seeded(1) }
    }

    /// Past the program, on the database that it works with.
    fn does<T>(&self, work: impl FnOnce(&mut Db<'_>) -> Result<T, StoreError>) -> T {
        let url = format!("sqlite://{}", self.world.path("test.sqlite").display());
        Store::open(&url, PoolSettings::default()).unwrap().transact_blocking(work).unwrap()
    }

    fn has_person(&self, address: &str, of: Option<&str>) -> Account {
        let part = |text| NamePart::parse(text).unwrap();
        let link = |of| RecordLink { trn: trn(of), level: MatchLevel::Low, policy: "default/1".into(), matched: None };
        let account = Account {
            id: AccountId::new(&self.random),
            email: Email::parse(address).unwrap(),
            mobile: None,
            official_name: PersonName { first: part("Jane"), middle: None, last: part("Smith") },
            preferred_name: None,
            date_of_birth: None,
            nino: None,
            lookup_status: Some(if of.is_some() { LookupStatus::Found } else { LookupStatus::Pending }),
            record: of.map(link),
            record_seen: None,
            registered_with: None,
            created_at: moment(),
            updated_at: moment(),
            last_signed_in_at: None,
        };
        self.does(|db| db.accounts().create(&account));
        account
    }

    fn has_ticket(&self, of: &Account, kind: TicketKind) -> Ticket {
        let of_kind = |this| (kind == this).then_some(of.id);
        let ticket = Ticket {
            id: TicketId::new(&self.random),
            reference: Reference::new(&self.random),
            kind,
            account: of_kind(TicketKind::RecordSearch),
            holder: of_kind(TicketKind::AccountAccess),
            interaction: None,
            client: None,
            contact: of.email.clone(),
            name: of.official_name.clone(),
            preferred_name: None,
            stated: Identifiers { email: Some(of.email.clone()), ..Identifiers::default() },
            claims_qts: None,
            verdict: None,
            state: TicketState::Open,
            created_at: moment(),
        };
        self.does(|db| db.tickets().raise(&ticket))
    }

    fn searches(&self, address: &str) -> (Account, Ticket) {
        let person = self.has_person(address, None);
        let ticket = self.has_ticket(&person, TicketKind::RecordSearch);
        (person, ticket)
    }

    fn runs(&self, args: &[&str]) -> Done {
        self.world.runs(&[&["tickets"], args].concat(), &[])
    }

    fn resolves(&self, ticket: &Ticket, answer: &[&str]) -> Done {
        self.runs(&[&["resolve", ticket.reference.as_str(), "--by", "Nadia"], answer].concat())
    }

    fn account(&self, id: AccountId) -> Account {
        self.does(|db| db.accounts().by_id(id)).unwrap()
    }

    fn state(&self, of: &Ticket) -> TicketState {
        self.does(|db| db.tickets().by_id(of.id)).unwrap().state
    }

    fn events(&self, of: &Account) -> Vec<EventKind> {
        self.does(|db| db.events().of_account(of.id, 10)).into_iter().map(|event| event.kind).collect()
    }
}

fn trn(text: &str) -> Trn {
    Trn::parse(text).unwrap()
}

fn moment() -> Time {
    Time::from_timestamp(1_769_860_800, 0).unwrap()
}

#[test]
fn the_tickets_are_listed_and_one_is_shown_by_its_reference_however_it_is_typed() {
    let desk = HelpDesk::new();
    assert_eq!(desk.runs(&["list"]).out, "No ticket is open.\n");
    let (jane, first) = desk.searches("jane@example.com");
    let (_, second) = desk.searches("joan@example.com");
    let list = desk.runs(&["list"]);
    assert!(list.success && list.out.lines().count() == 3, "{list:?}");
    assert!(list.out.contains(first.reference.as_str()) && list.out.contains(second.reference.as_str()), "{list:?}");
    assert!(desk.runs(&["list", "--limit", "1"]).out.contains("There are more"));
    assert!(desk.resolves(&first, &["--no-record"]).success);
    assert!(!desk.runs(&["list"]).out.contains(first.reference.as_str()));
    assert!(desk.runs(&["list", "--all"]).out.contains(first.reference.as_str()));
    let said = first.reference.as_str().to_lowercase().replace('-', " ");
    let shown = desk.runs(&["show", &said]);
    assert!(shown.success, "{shown:?}");
    for part in [first.reference.as_str(), "jane@example.com", "no record, by Nadia", &jane.id.to_string()] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
}

#[test]
fn a_record_is_linked_to_the_account_that_waited_for_it() {
    let desk = HelpDesk::new();
    let (jane, ticket) = desk.searches("jane@example.com");
    let done = desk.resolves(&ticket, &["--trn", "11/11111"]);
    assert!(done.success, "{done:?}");
    assert_eq!(done.out, format!("Ticket {} is closed: the record is linked to the account.\n", ticket.reference));
    let account = desk.account(jane.id);
    assert_eq!(account.lookup_status, Some(LookupStatus::Found));
    let RecordLink { trn: linked, level, policy, matched } = account.record.unwrap();
    assert_eq!((linked, level, policy.as_str()), (trn("1111111"), MatchLevel::Medium, "support/1"));
    assert!(matched.is_some_and(|matched| matched.on.is_empty()), "the record holds nothing that she stated");
    assert_eq!(account.official_name.full(), "Siân Price");
    assert!(account.updated_at > jane.updated_at);
    assert!(matches!(desk.state(&ticket), TicketState::Closed { decision: Decision::Linked(_), .. }));
    assert!(matches!(&desk.events(&jane)[..], [EventKind::RecordAssigned { by, .. }] if by.as_str() == "Nadia"));
}

#[test]
fn a_record_is_looked_up_where_the_configuration_says_that_records_come_from() {
    let desk = HelpDesk::new();
    let register = "trn,given_name,family_name,date_of_birth\n4444444,Siân,Price,1980-02-03\n";
    let extract = desk.world.writes("register.csv", register);
    let simulator = desk.world.simulates(&["records", "--extract", extract.to_str().unwrap(), "--api-key", "a key"]);
    let settings = |key: &'static str| {
        [
            ("GAI__RECORDS__SOURCE", "api"),
            ("GAI__RECORDS__API_BASE", simulator.url.as_str()),
            ("GAI__RECORDS__API_KEY", key),
        ]
    };
    let (jane, ticket) = desk.searches("jane@example.com");
    let resolves = |trn: &str, key: &'static str| {
        let args = ["tickets", "resolve", ticket.reference.as_str(), "--by", "Nadia", "--trn", trn];
        desk.world.runs(&args, &settings(key))
    };
    let imported_only = resolves("1111111", "a key");
    assert!(imported_only.err.contains("No teaching record has this TRN."), "{imported_only:?}");
    let not_let_in = resolves("4444444", "another key");
    assert!(not_let_in.err.contains("the teaching records are unavailable"), "{not_let_in:?}");
    assert_eq!(desk.account(jane.id).record, None);
    let done = resolves("4444444", "a key");
    assert!(done.success, "{done:?}");
    assert_eq!(desk.account(jane.id).trn(), Some(&trn("4444444")));
}

#[test]
fn a_record_is_denied_to_the_account_that_waited_for_it() {
    let desk = HelpDesk::new();
    let (jane, ticket) = desk.searches("jane@example.com");
    let done = desk.resolves(&ticket, &["--no-record"]);
    assert_eq!(done.out, format!("Ticket {} is closed: the account has the status Failed.\n", ticket.reference));
    assert_eq!(desk.account(jane.id).lookup_status, Some(LookupStatus::Failed));
    assert!(matches!(desk.state(&ticket), TicketState::Closed { decision: Decision::NoRecord, .. }));
    assert!(matches!(&desk.events(&jane)[..], [EventKind::RecordDenied { by }] if by.as_str() == "Nadia"));
}

#[test]
fn a_question_about_access_is_answered() {
    let desk = HelpDesk::new();
    let holder = desk.has_person("jane@example.com", Some("1111111"));
    let ticket = desk.has_ticket(&holder, TicketKind::AccountAccess);
    let done = desk.resolves(&ticket, &["--answered"]);
    assert_eq!(done.out, format!("Ticket {} is closed: it was answered.\n", ticket.reference));
    assert_eq!(desk.account(holder.id), holder);
    assert!(matches!(desk.state(&ticket), TicketState::Closed { decision: Decision::Answered, .. }));
}

#[test]
fn what_cannot_be_decided_is_refused_and_changes_nothing() {
    let desk = HelpDesk::new();
    let holder = desk.has_person("holder@example.com", Some("1111111"));
    let (jane, search) = desk.searches("jane@example.com");
    let access = desk.has_ticket(&holder, TicketKind::AccountAccess);
    let late = desk.has_ticket(&holder, TicketKind::RecordSearch);
    let held = format!("belongs to account {} already.\n", holder.id);
    for (ticket, answer, said) in [
        (&search, &["--trn", "4444444"][..], "No teaching record has this TRN.\n"),
        (&search, &["--trn", "2222222"], "is not active.\n"),
        (&search, &["--trn", "3333333"], "was merged into another"),
        (&search, &["--trn", "1111111"], held.as_str()),
        (&search, &["--answered"], "answer with --trn or --no-record.\n"),
        (&access, &["--trn", "1111111"], "close it with --answered.\n"),
        (&access, &["--no-record"], "close it with --answered.\n"),
        (&late, &["--trn", "1111111"], "has a TRN already.\n"),
        (&late, &["--no-record"], "has a TRN already.\n"),
    ] {
        let done = desk.resolves(ticket, answer);
        assert!(!done.success && done.out.is_empty() && done.err.contains(said), "{said}: {done:?}");
        assert!(!done.err.contains('@') && !done.err.contains("Smith"), "{done:?}");
        assert_eq!(desk.state(ticket), TicketState::Open, "{said}");
    }
    assert_eq!((desk.account(jane.id), desk.account(holder.id)), (jane.clone(), holder));
    assert_eq!(desk.events(&jane), []);
}

#[test]
fn a_ticket_is_decided_once() {
    let desk = HelpDesk::new();
    let (jane, ticket) = desk.searches("jane@example.com");
    assert!(desk.resolves(&ticket, &["--no-record"]).success);
    let again = desk.resolves(&ticket, &["--trn", "1111111"]);
    assert!(!again.success && again.err.contains("is closed already"), "{again:?}");
    assert_eq!(desk.account(jane.id).lookup_status, Some(LookupStatus::Failed));
}

#[test]
fn a_ticket_that_is_not_there_and_a_command_that_says_too_little_or_too_much_are_refused() {
    let desk = HelpDesk::new();
    let (_, ticket) = desk.searches("jane@example.com");
    let reference = ticket.reference.as_str();
    for (args, said) in [
        (&["show", "GAI-2222-2222"][..], "There is no ticket GAI-2222-2222.\n"),
        (&["resolve", "GAI-2222-2222", "--no-record", "--by", "Nadia"], "There is no ticket GAI-2222-2222.\n"),
        (&["show", "GAI-0000-0000"], "a reference is GAI, and 8 letters and digits after it"),
        (&["resolve", reference, "--by", "Nadia"], "required"),
        (&["resolve", reference, "--no-record"], "--by"),
        (&["resolve", reference, "--no-record", "--answered", "--by", "Nadia"], "cannot be used with"),
        (&["resolve", reference, "--trn", "12", "--by", "Nadia"], "does not have 7 digits"),
        (&["resolve", reference, "--no-record", "--by", " "], "the name is missing"),
        (&["resolve", reference, "--no-record", "--by", "the service"], "give the name of a person"),
    ] {
        let done = desk.runs(args);
        assert!(!done.success && done.out.is_empty() && done.err.contains(said), "{said}: {done:?}");
    }
    assert_eq!(desk.state(&ticket), TicketState::Open);
}
