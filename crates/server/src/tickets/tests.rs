//! Decisions in a real SQLite file.

use chrono::Duration;
use identity::account::{Account, AccountId, LookupStatus, MatchLevel, Matched, RecordLink, RecordSeen};
use identity::browser_session::{BrowserSession, SessionId};
use identity::client::ClientId;
use identity::clock::{FakeClock, Time};
use identity::email::Email;
use identity::event::EventKind;
use identity::interaction::InteractionId;
use identity::matching::{Identifier, Identifiers, Policy, StatedName, decide};
use identity::name::{NamePart, PersonName, PreviousName};
use identity::outbox::{Channel, OutboxMessage};
use identity::passkey::{Passkey, PasskeyId, PasskeyName};
use identity::random::Random;
use identity::record::TeachingRecord;
use identity::secret::Hashed;
use identity::ticket::{Agent, Decision, Reference, Ticket, TicketId, TicketKind, TicketState};
use identity::trn::Trn;
use store::{PoolSettings, Store, TicketFilter};
use tempfile::TempDir;

use super::*;

struct World {
    store: Store,
    random: Random,
    clock: FakeClock,
    _folder: TempDir,
}

fn noon() -> Time {
    Time::from_timestamp(1_769_860_800, 0).unwrap()
}

fn part(text: &str) -> NamePart {
    NamePart::parse(text).unwrap()
}

fn trn(text: &str) -> Trn {
    Trn::parse(text).unwrap()
}

fn nadia() -> Agent {
    Agent::parse("Nadia").unwrap()
}

fn record(of: &str) -> TeachingRecord {
    TeachingRecord {
        trn: trn(of),
        name: PersonName { first: part("Siân"), middle: None, last: part("Price") },
        previous_names: Vec::new(),
        date_of_birth: serde_json::from_str("\"1980-02-03\"").unwrap(),
        nino: None,
        emails: Vec::new(),
        training_providers: Vec::new(),
        qts_date: None,
        alerts: Vec::new(),
        portal_locked: false,
        active: true,
        merged_into: None,
    }
}

impl World {
    /// With three records: one current, one inactive, one merged into the first.
    async fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, PoolSettings::default()).unwrap();
        store.migrate().await.unwrap();
        let inactive = TeachingRecord { active: false, ..record("2222222") };
        let merged = TeachingRecord { merged_into: Some(trn("1111111")), ..record("3333333") };
        store.transact_blocking(|db| db.records().upsert(&[record("1111111"), inactive, merged])).unwrap();
        World { store, random: Random::seeded(1), clock: FakeClock::at(noon()), _folder: folder }
    }

    fn has_person(&self, address: &str, of: Option<&str>) -> Account {
        let link = |of| RecordLink { trn: trn(of), level: MatchLevel::Low, policy: "default/1".into(), matched: None };
        let account = Account {
            id: AccountId::new(&self.random),
            email: Email::parse(address).unwrap(),
            mobile: None,
            official_name: PersonName { first: part("Jane"), middle: Some(part("Ann")), last: part("Smith") },
            preferred_name: None,
            date_of_birth: None,
            nino: None,
            lookup_status: Some(if of.is_some() { LookupStatus::Found } else { LookupStatus::Pending }),
            record: of.map(link),
            record_seen: None,
            registered_with: None,
            created_at: noon() - Duration::days(1),
            updated_at: noon() - Duration::days(1),
            last_signed_in_at: None,
        };
        self.store.transact_blocking(|db| db.accounts().create(&account)).unwrap();
        account
    }

    fn has_ticket(&self, of: &Account, kind: TicketKind) -> Ticket {
        let access = kind == TicketKind::AccountAccess;
        let previous = PreviousName { first: None, last: Some(part("Price")) };
        let stated = Identifiers {
            email: Some(of.email.clone()),
            name: Some(StatedName { current: of.official_name.clone(), previous: Some(previous) }),
            date_of_birth: serde_json::from_str("\"1980-02-03\"").unwrap(),
            trn: Some(trn("1111119")),
            ..Identifiers::default()
        };
        let ticket = Ticket {
            id: TicketId::new(&self.random),
            reference: Reference::new(&self.random),
            kind,
            account: (!access).then_some(of.id),
            holder: access.then_some(of.id),
            interaction: Some(InteractionId::new(&self.random)),
            client: Some(ClientId::parse("npq").unwrap()),
            contact: of.email.clone(),
            name: of.official_name.clone(),
            preferred_name: None,
            verdict: Some(decide(&Policy::DEFAULT, &stated, &[record("1111111")])),
            stated,
            claims_qts: Some(true),
            state: TicketState::Open,
            created_at: noon() - Duration::hours(1),
        };
        self.store.transact_blocking(|db| db.tickets().raise(&ticket)).unwrap()
    }

    fn resolves(&self, ticket: &Ticket, answer: Answer) -> Result<Decision, Refusal> {
        let resolution = Resolution { reference: ticket.reference.clone(), answer, by: nadia() };
        let letter = |account: &Account, _: &Decision, at| {
            let sealed = format!("{} {:?}", account.email, account.lookup_status);
            Ok(Some(OutboxMessage::new(self.random.uuid(), Channel::Email, sealed, at)))
        };
        let record = match &resolution.answer {
            Answer::Record(trn) => self.store.transact_blocking(|db| db.records().by_trn(trn)).unwrap(),
            _ => None,
        };
        let around = Around { clock: self.clock.clock(), random: self.random.clone(), record, letter: &letter };
        resolve(&self.store, &resolution, &around)
    }

    /// All that a resolution may write: the account, the ticket, its events, the letters.
    fn state(&self, of: &Account, ticket: &Ticket) -> (Account, TicketState, Vec<EventKind>, Vec<String>) {
        self.store
            .transact_blocking(|db| {
                let account = db.accounts().by_id(of.id)?.unwrap();
                let state = db.tickets().by_id(ticket.id)?.unwrap().state;
                let events = db.events().of_account(of.id, 10)?.into_iter().map(|event| event.kind).collect();
                let letters = db.outbox().newest_first(10)?.into_iter().map(|message| message.sealed).collect();
                Ok::<_, store::StoreError>((account, state, events, letters))
            })
            .unwrap()
    }

    fn shown(&self, ticket: &Ticket) -> String {
        self.store.transact_blocking(|db| Shown::read(db, &ticket.reference)).unwrap().to_string()
    }

    fn listed(&self, filter: TicketFilter, limit: u32) -> String {
        self.store.transact_blocking(|db| List::read(db, filter, limit)).unwrap().to_string()
    }
}

fn closed(decision: Decision) -> TicketState {
    TicketState::Closed { decision, at: noon(), by: nadia() }
}

#[actix_web::test]
async fn a_record_is_linked_with_its_name_and_ticket_event_and_letter_go_with_it() {
    let world = World::new().await;
    let jane = world.has_person("jane@example.com", None);
    let ticket = world.has_ticket(&jane, TicketKind::RecordSearch);
    let decision = world.resolves(&ticket, Answer::Record(trn("1111111"))).unwrap();
    assert_eq!(decision, Decision::Linked(trn("1111111")));
    let (account, state, events, letters) = world.state(&jane, &ticket);
    let matched = Some(Matched { on: vec![Identifier::DateOfBirth], at: noon() });
    let link = RecordLink { trn: trn("1111111"), level: MatchLevel::Medium, policy: "support/1".into(), matched };
    let expected = Account {
        official_name: record("1111111").name,
        lookup_status: Some(LookupStatus::Found),
        record: Some(link),
        record_seen: Some(RecordSeen::of(&record("1111111"), noon())),
        updated_at: noon(),
        ..jane
    };
    assert_eq!(account, expected);
    assert_eq!(state, closed(decision));
    assert_eq!(events, [EventKind::RecordAssigned { trn: trn("1111111"), by: nadia() }]);
    assert_eq!(letters, ["jane@example.com Some(Found)"], "the letter knows the account as it is now");
}

#[actix_web::test]
async fn a_record_is_denied_and_ticket_event_and_letter_go_with_it() {
    let world = World::new().await;
    let jane = world.has_person("jane@example.com", None);
    let ticket = world.has_ticket(&jane, TicketKind::RecordSearch);
    world.resolves(&ticket, Answer::NoRecord).unwrap();
    let (account, state, events, letters) = world.state(&jane, &ticket);
    assert_eq!(account, Account { lookup_status: Some(LookupStatus::Failed), updated_at: noon(), ..jane });
    assert_eq!(state, closed(Decision::NoRecord));
    assert_eq!(events, [EventKind::RecordDenied { by: nadia() }]);
    assert_eq!(letters, ["jane@example.com Some(Failed)"]);
}

#[actix_web::test]
async fn a_question_about_access_is_answered_and_the_account_that_holds_the_record_stays_as_it_is() {
    let world = World::new().await;
    let holder = world.has_person("jane@example.com", Some("1111111"));
    let ticket = world.has_ticket(&holder, TicketKind::AccountAccess);
    world.resolves(&ticket, Answer::Answered).unwrap();
    assert_eq!(world.state(&holder, &ticket), (holder.clone(), closed(Decision::Answered), vec![], vec![]));
}

#[actix_web::test]
async fn an_account_is_deleted_with_all_that_hangs_on_it_and_its_owner_is_told() {
    let world = World::new().await;
    let jane = world.has_person("jane@example.com", Some("1111111"));
    let search = world.has_ticket(&jane, TicketKind::RecordSearch);
    let wish = world.has_ticket(&jane, TicketKind::AccountDeletion);
    let session = BrowserSession {
        id: SessionId::new(&world.random),
        token: Hashed::from_stored("a token"),
        account: jane.id,
        authenticated_at: noon(),
        methods: Vec::new(),
        expires_at: noon() + Duration::hours(1),
        ended_at: None,
        device: None,
    };
    let passkey = Passkey {
        id: PasskeyId::new(&world.random),
        account: jane.id,
        credential_id: "a key".into(),
        credential: "{}".into(),
        name: PasskeyName::parse("Phone").unwrap(),
        created_at: noon(),
        last_used_at: None,
    };
    world
        .store
        .transact_blocking(|db| {
            db.passkeys().add(&passkey)?;
            db.browser_sessions().create(&session)
        })
        .unwrap();
    assert_eq!(world.resolves(&wish, Answer::Delete).unwrap(), Decision::Deleted);
    world
        .store
        .transact_blocking(|db| {
            assert_eq!(db.accounts().by_id(jane.id)?, None);
            assert!(db.browser_sessions().live_of(jane.id, noon())?.is_empty());
            assert!(db.passkeys().of_account(jane.id)?.is_empty());
            assert_eq!(db.tickets().by_id(search.id)?, None);
            assert_eq!(db.tickets().by_id(wish.id)?.unwrap().state, closed(Decision::Deleted));
            let events: Vec<_> = db.events().of_account(jane.id, 10)?.into_iter().map(|event| event.kind).collect();
            assert_eq!(events, [EventKind::AccountDeleted { by: nadia() }]);
            let letters: Vec<_> = db.outbox().newest_first(10)?.into_iter().map(|letter| letter.sealed).collect();
            assert_eq!(letters, ["jane@example.com Some(Found)"]);
            Ok::<_, store::StoreError>(())
        })
        .unwrap();
    assert!(world.shown(&wish).contains("deleted"));
    let again = world.has_person("jane@example.com", Some("1111111"));
    assert_ne!(again.id, jane.id, "address and TRN are free");
}

#[actix_web::test]
async fn a_wish_to_be_deleted_may_be_answered_with_a_letter_and_the_account_stays() {
    let world = World::new().await;
    let jane = world.has_person("jane@example.com", None);
    let wish = world.has_ticket(&jane, TicketKind::AccountDeletion);
    for other in [Answer::NoRecord, Answer::Record(trn("1111111"))] {
        assert!(world.resolves(&wish, other).unwrap_err().to_string().contains("--delete"));
    }
    let search = world.has_ticket(&jane, TicketKind::RecordSearch);
    assert!(world.resolves(&search, Answer::Delete).unwrap_err().to_string().contains("--trn or --no-record"));
    world.resolves(&wish, Answer::Answered).unwrap();
    assert_eq!(world.state(&jane, &wish), (jane.clone(), closed(Decision::Answered), vec![], vec![]));
}

#[actix_web::test]
async fn what_is_refused_changes_nothing() {
    let world = World::new().await;
    let joan = world.has_person("joan@example.com", Some("1111111"));
    let jane = world.has_person("jane@example.com", None);
    let (search, access) =
        (world.has_ticket(&jane, TicketKind::RecordSearch), world.has_ticket(&joan, TicketKind::AccountAccess));
    let late = world.has_ticket(&joan, TicketKind::RecordSearch);
    let record = |of| Answer::Record(trn(of));
    for (ticket, of, answer, said) in [
        (&search, &jane, record("4444444"), "No teaching record has this TRN.".to_owned()),
        (&search, &jane, record("2222222"), "not active".into()),
        (&search, &jane, record("3333333"), "merged".into()),
        (&search, &jane, record("1111111"), format!("belongs to account {} already", joan.id)),
        (&search, &jane, Answer::Answered, "--trn or --no-record".into()),
        (&access, &joan, Answer::NoRecord, "--answered".into()),
        (&access, &joan, record("1111111"), "--answered".into()),
        (&late, &joan, record("1111111"), format!("Account {} has a TRN already", joan.id)),
        (&late, &joan, Answer::NoRecord, "has a TRN already".into()),
    ] {
        let refusal = world.resolves(ticket, answer).unwrap_err().to_string();
        assert!(refusal.contains(&said), "{said}: {refusal}");
        assert!(!refusal.contains('@') && !refusal.contains("Smith"), "{refusal}");
        assert_eq!(world.state(of, ticket), (of.clone(), TicketState::Open, vec![], vec![]), "{said}");
    }
    let unknown = Ticket { reference: Reference::new(&world.random), ..search };
    assert!(matches!(world.resolves(&unknown, Answer::NoRecord), Err(Refusal::NoSuchTicket(_))));
}

#[actix_web::test]
async fn a_ticket_is_resolved_once() {
    let world = World::new().await;
    let jane = world.has_person("jane@example.com", None);
    let ticket = world.has_ticket(&jane, TicketKind::RecordSearch);
    world.resolves(&ticket, Answer::NoRecord).unwrap();
    let after = world.state(&jane, &ticket);
    for answer in [Answer::NoRecord, Answer::Record(trn("1111111"))] {
        assert!(matches!(world.resolves(&ticket, answer), Err(Refusal::Closed(_))));
        assert_eq!(world.state(&jane, &ticket), after);
    }
}

#[actix_web::test]
async fn of_many_agents_at_once_one_decides() {
    let world = World::new().await;
    let jane = world.has_person("jane@example.com", None);
    let ticket = world.has_ticket(&jane, TicketKind::RecordSearch);
    let decided = std::thread::scope(|scope| {
        let agents: Vec<_> = (0..4)
            .map(|number| {
                let answer = if number % 2 == 0 { Answer::NoRecord } else { Answer::Record(trn("1111111")) };
                let (world, ticket) = (&world, &ticket);
                scope.spawn(move || world.resolves(ticket, answer).is_ok())
            })
            .collect();
        agents.into_iter().map(|agent| agent.join().unwrap()).filter(|won| *won).count()
    });
    assert_eq!(decided, 1);
    let (.., events, letters) = world.state(&jane, &ticket);
    assert_eq!((events.len(), letters.len()), (1, 1));
}

#[actix_web::test]
async fn a_ticket_says_what_was_stated_and_how_each_record_compares() {
    let world = World::new().await;
    let jane = world.has_person("jane@example.com", None);
    let ticket = world.has_ticket(&jane, TicketKind::RecordSearch);
    let shown = world.shown(&ticket);
    for line in [
        format!("Ticket {}", ticket.reference),
        "  State                      open".into(),
        "  Raised                     2026-01-31 11:00 UTC".into(),
        "  Service                    npq".into(),
        format!("  Account                    {}, status Pending", jane.id),
        "  Name                       Jane Ann Smith, before: Jane Price".into(),
        "  Date of birth              3 February 1980".into(),
        "  National Insurance number  not stated".into(),
        "  TRN                        1111119".into(),
        "  Says they have QTS         yes".into(),
        "What matching found, by the policy default/1: no record.".into(),
        "  Record 1111111".into(),
        "    agree                        date of birth".into(),
        "    disagree                     name, TRN".into(),
        "    not stated or not on record  email, National Insurance number, training provider".into(),
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
    world.resolves(&ticket, Answer::Record(trn("1111111"))).unwrap();
    let shown = world.shown(&ticket);
    assert!(shown.contains("linked to 1111111, by Nadia, 2026-01-31 12:00"), "{shown}");
    assert!(shown.contains(&format!("{}, linked to 1111111", jane.id)), "{shown}");
}

#[actix_web::test]
async fn the_list_has_the_open_tickets_or_all_and_says_when_there_are_more() {
    let world = World::new().await;
    assert_eq!(world.listed(TicketFilter::Open, 10), "No ticket is open.");
    assert_eq!(world.listed(TicketFilter::All, 10), "There is no ticket.");
    let jane = world.has_person("jane@example.com", None);
    let (search, access) =
        (world.has_ticket(&jane, TicketKind::RecordSearch), world.has_ticket(&jane, TicketKind::AccountAccess));
    world.resolves(&search, Answer::NoRecord).unwrap();
    let open = world.listed(TicketFilter::Open, 10);
    assert!(open.contains(access.reference.as_str()) && !open.contains(search.reference.as_str()), "{open}");
    assert!(!open.contains('@') && !open.contains("Smith"), "{open}");
    let all = world.listed(TicketFilter::All, 2);
    assert!(all.contains("no record, by Nadia, 2026-01-31 12:00") && all.lines().count() == 3, "{all}");
    let some = world.listed(TicketFilter::All, 1);
    assert!(some.lines().count() == 3 && some.ends_with("There are more: ask for them with --limit."), "{some}");
}
