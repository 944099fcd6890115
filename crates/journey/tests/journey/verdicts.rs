//! The verdict table: what a search for a record comes to, and what is left of it for later.

use chrono::Duration;
use identity::account::LookupStatus;
use identity::matching::{Decision, MatchPolicy};
use identity::record::TeachingRecord;
use identity::ticket::TicketKind;

use crate::people::Says;
use crate::records::{Mood, provider, record, trn};
use crate::world::World;

/// A row of the table: who comes, what they say of themselves, and what it comes to.
struct Row {
    person: (&'static str, &'static str, &'static str),
    mood: Mood,
    /// None: they are asked for no number.
    says: Option<Says>,
    decision: fn(&Decision) -> bool,
    status: LookupStatus,
    /// When the search is repeated.
    again: Option<Duration>,
    letters: &'static [&'static str],
}

const MORGAN: (&str, &str, &str) = ("morgan@example.com", "Morgan", "Reid");
const NOT_FOUND: Row = Row {
    person: MORGAN,
    mood: Mood::Answers,
    says: Some(Says::Neither),
    decision: |decision| *decision == Decision::None,
    status: LookupStatus::None,
    again: Some(Duration::days(1)),
    letters: &[],
};
const PENDING: Row = Row { status: LookupStatus::Pending, letters: &["ticket-raised"], ..NOT_FOUND };

fn rows() -> [Row; 7] {
    let soon = Some(Duration::minutes(1));
    let unsure = |decision: &Decision| *decision == Decision::Unsure;
    [
        Row {
            person: ("asha@example.com", "Asha", "Bennett"),
            says: None,
            decision: |decision| matches!(decision, Decision::One(_)),
            status: LookupStatus::Found,
            again: None,
            ..NOT_FOUND
        },
        Row {
            person: ("nia@example.com", "Nia", "Evans"),
            decision: |decision| *decision == Decision::Several(vec![trn("1000003"), trn("1000004")]),
            ..PENDING
        },
        Row { says: Some(Says::Trn), ..PENDING },
        Row { says: Some(Says::Qts), ..PENDING },
        NOT_FOUND,
        Row { mood: Mood::Fails, decision: unsure, again: soon, ..PENDING },
        Row { mood: Mood::Fails, decision: unsure, again: soon, says: Some(Says::Qts), ..PENDING },
    ]
}

#[actix_web::test]
async fn every_row_of_the_verdict_table_leaves_its_status_its_search_its_ticket_and_its_letters() {
    for (number, row) in rows().into_iter().enumerate() {
        let world = World::new().await;
        let twin = |trn| record(trn, "Nia", "Evans", "nia@example.com");
        world.has_records([twin("1000003"), twin("1000004")]).await;
        world.source.is_in(row.mood);
        let (email, first, last) = row.person;
        let person = world.person_from("optional").await;
        let next = person.starts(email, first, last).await;
        let contested = row.mood == Mood::Answers && row.says.is_some_and(|says| says != Says::Neither);
        let played_back = if contested { "no-match" } else { "check-answers" };
        match row.says {
            None => next.leads_to(played_back),
            Some(says) => person.has_no_number(says).await.leads_to(played_back),
        };
        person.answers(played_back, &[]).await.creates();

        let account = world.account(email).await.unwrap();
        assert_eq!(account.lookup_status, Some(row.status), "row {number}");
        assert_eq!(account.record.is_some(), row.status == LookupStatus::Found, "row {number}");
        assert_eq!(world.signed_in(&person).await, account.id, "row {number}: the client lets them go on");
        let search = world.search_of(&account).await;
        let again = search.as_ref().map(|search| search.next_at - account.created_at);
        assert_eq!(again, row.again, "row {number}");
        assert_eq!(world.letters(email).await, row.letters, "row {number}");
        let ticket = world.open_ticket_of(&account).await;
        assert_eq!(ticket.is_some(), row.status == LookupStatus::Pending, "row {number}");
        if let Some(ticket) = ticket {
            assert_eq!((ticket.kind, ticket.contact.as_str()), (TicketKind::RecordSearch, email));
            assert!((row.decision)(&ticket.verdict.unwrap().decision), "row {number}");
            assert_eq!(Some(ticket.stated), search.map(|search| search.stated), "row {number}");
            let letter = world.letter(email, "ticket-raised").await;
            assert!(letter.body.contains(ticket.reference.as_str()), "{}", letter.body);
        }
    }
}

#[actix_web::test]
async fn support_says_that_there_is_no_record_and_the_status_stays_failed_until_one_is_found() {
    let world = World::new().await;
    let account = world.registers_without_record("optional", MORGAN.0, Says::Trn).await;
    let (id, now) = (account.id, world.journeys.clock.now());
    assert!(world.journeys.store.transact(move |db| db.accounts().deny_record(id, now)).await.unwrap());
    let account = world.signs_in("optional", MORGAN.0).await;
    assert_eq!((account.lookup_status, account.trn()), (Some(LookupStatus::Failed), None));
    assert_eq!(world.letters(MORGAN.0).await, ["ticket-raised"]);
}

#[actix_web::test]
async fn a_client_that_raises_no_tickets_leaves_a_pending_search_to_be_repeated() {
    let world = World::new().await;
    let morgan = world.person_from("no-tickets").await;
    morgan.starts(MORGAN.0, "Morgan", "Reid").await.leads_to("has-nino");
    morgan.has_no_number(Says::Qts).await.leads_to("no-match");
    morgan.answers("no-match", &[]).await.leads_to("finished");
    morgan.visits("finished").await.says(200, "You need to contact support");
    let account = world.account(MORGAN.0).await.unwrap();
    assert_eq!(account.lookup_status, Some(LookupStatus::Pending));
    assert!(world.tickets().await.is_empty() && world.letters(MORGAN.0).await.is_empty());
    assert!(world.search_of(&account).await.is_some());
}

#[actix_web::test]
async fn two_tabs_that_search_for_one_account_raise_one_ticket_with_one_letter() {
    let world = World::new().await;
    world.registers("no-trn", MORGAN.0, "Morgan", "Reid").await;
    let tabs = [world.person_from("optional").await, world.person_from("optional").await];
    for tab in &tabs {
        tab.proves(MORGAN.0).await.leads_to("has-nino");
        tab.has_no_number(Says::Trn).await.leads_to("no-match");
        tab.answers("no-match", &[]).await.leads_to("your-details");
    }
    for tab in &tabs {
        tab.confirms_their_details().await.ends();
    }
    assert_eq!(world.tickets().await.len(), 1);
    assert_eq!(world.letters(MORGAN.0).await, ["ticket-raised"]);
}

const OWEN: (&str, &str, &str) = ("owen@example.com", "Owen", "Price");

/// Owen's record has no QTS date; another Owen Price of that day got it in Leeds.
async fn world_of_owen() -> World {
    let world = World::new().await;
    let own = TeachingRecord { qts_date: None, ..record("1000005", OWEN.1, OWEN.2, OWEN.0) };
    let other = record("1000006", OWEN.1, OWEN.2, "another.owen@example.com");
    let other = TeachingRecord { training_providers: vec![provider("University of Leeds")], ..other };
    world.has_records([own, other]).await;
    world
}

#[actix_web::test]
async fn a_match_without_a_qts_date_is_settled_after_the_question_where_qts_was_awarded() {
    let found = (LookupStatus::Found, Some("1000005"));
    for (says, (status, trn)) in [
        (Says::Neither, found),
        (Says::Qts, found),
        (Says::QtsFrom("University of York"), found),
        (Says::QtsFrom("University of Leeds"), (LookupStatus::Pending, None)),
    ] {
        let world = world_of_owen().await;
        let owen = world.person_from("optional").await;
        owen.starts(OWEN.0, OWEN.1, OWEN.2).await.leads_to("has-qts");
        owen.says_whether_they_have_qts(says).await.leads_to("check-answers");
        owen.answers("check-answers", &[]).await.creates();
        let account = world.account(OWEN.0).await.unwrap();
        assert_eq!(account.lookup_status, Some(status), "{says:?}");
        assert_eq!(account.trn().map(|trn| trn.as_str()), trn, "{says:?}");
        if status == LookupStatus::Pending {
            let ticket = world.open_ticket_of(&account).await.unwrap();
            let both = Decision::Several(vec![crate::records::trn("1000005"), crate::records::trn("1000006")]);
            assert_eq!((ticket.verdict.unwrap().decision, ticket.claims_qts), (both, Some(true)));
        }
    }
}

#[actix_web::test]
async fn a_strict_client_settles_a_match_without_a_qts_date_at_once() {
    let world = world_of_owen().await;
    let owen = world.person_from("strict").await;
    owen.starts(OWEN.0, OWEN.1, OWEN.2).await.leads_to("has-nino");
    owen.gives_trn("1000005").await.leads_to("check-answers");
    owen.answers("check-answers", &[]).await.creates();
    let link = world.account(OWEN.0).await.unwrap().record.unwrap();
    assert!(link.is_enough_for(MatchPolicy::Strict));
    assert_eq!((link.trn.as_str(), link.policy.as_str()), ("1000005", "strict/1"));
}
