//! Candidates, and what is done later, are found by index: the statements that the store really runs are caught on their
//! way, and the database is asked how it would go about them.

use std::sync::Mutex;

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use identity::account::{Account, RecordSeen};
use identity::clock::Time;
use identity::matching::{Identifiers, StatedName};
use identity::record::TeachingRecord;
use store::Turn;

use crate::sample::{account, born, email, full_account, name, nino, provider, record, session, trn};
use crate::world::World;

static STATEMENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn catches_statements() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            STATEMENTS.lock().unwrap().push(query.to_string());
        }
    }))
}

const EMAIL: &str = "plan@plan.example";
const SHARED_EMAIL: &str = "shared@plan.example";
const NINO: &str = "PZ123456C";
const SHARED_NINO: &str = "PZ654321C";
const TRN: &str = "9870000";

/// What these tests state and nobody else does: statements of other tests in the same process are told apart by it.
const OURS: [&str; 6] = [EMAIL, SHARED_EMAIL, NINO, SHARED_NINO, TRN, "1907-07-07"];

fn is_ours(statement: &str) -> bool {
    OURS.iter().any(|value| statement.contains(value)) || statement.contains("98700")
}

async fn prepared(world: World) -> World {
    let shared = (1..=60).map(|number| TeachingRecord {
        emails: vec![email(SHARED_EMAIL)],
        nino: Some(nino(SHARED_NINO)),
        date_of_birth: born("1907-07-07"),
        ..record(&format!("{:07}", 9_870_000 + number))
    });
    let one = TeachingRecord { emails: vec![email(EMAIL)], nino: Some(nino(NINO)), ..record(TRN) };
    let records: Vec<TeachingRecord> = shared.chain([one]).collect();
    world.does(move |db| db.records().upsert(&records)).await;
    world
}

fn every_way_to_look_up() -> Vec<Identifiers> {
    let by = Identifiers::default;
    let name = Some(StatedName::only(name("Jane", "Smith")));
    let born = Some(born("1907-07-07"));
    vec![
        Identifiers { email: Some(email(EMAIL)), ..by() },
        Identifiers { nino: Some(nino(NINO)), ..by() },
        Identifiers { trn: Some(trn(TRN)), ..by() },
        Identifiers { name: name.clone(), date_of_birth: born, ..by() },
        Identifiers { email: Some(email(SHARED_EMAIL)), name: name.clone(), date_of_birth: born, ..by() },
        Identifiers { nino: Some(nino(SHARED_NINO)), name: name.clone(), date_of_birth: born, ..by() },
        Identifiers {
            email: Some(email(EMAIL)),
            name,
            date_of_birth: born,
            nino: Some(nino(NINO)),
            trn: Some(trn(TRN)),
            provider: Some(provider("Leeds")),
        },
    ]
}

async fn candidates_are_found_by_index(world: World, explain: fn(&World, &str) -> Vec<String>, scan: &str) {
    let world = prepared(world).await;
    STATEMENTS.lock().unwrap().retain(|statement| !is_ours(statement));
    for stated in every_way_to_look_up() {
        assert!(!world.sees(move |db| db.records().candidates(&stated)).await.is_empty());
    }
    let caught = STATEMENTS.lock().unwrap().clone();
    let ours: Vec<&str> = caught.iter().filter(|statement| is_ours(statement)).map(String::as_str).collect();
    assert!(ours.len() > 15, "every arm was seen: {ours:#?}");
    let mut plans = Vec::new();
    for statement in ours {
        let (statement, _) = statement.split_once(" -- binds").expect("it has values");
        let plan = explain(&world, statement);
        assert!(!plan.iter().any(|step| step.contains(scan)), "{statement}\n{plan:#?}");
        plans.extend(plan);
    }
    for index in ["teaching_records_nino", "teaching_record_emails_canonical", "teaching_record_names_date_of_birth"] {
        assert!(plans.iter().any(|step| step.contains(index)), "no plan uses {index}: {plans:#?}");
    }
}

/// A day that no other test asks about.
const LATER: &str = "1908-08-08";

async fn what_is_done_later_is_found_by_index(world: World, explain: fn(&World, &str) -> Vec<String>, scan: &str) {
    let now = format!("{LATER}T00:00:00Z").parse::<Time>().unwrap();
    world.sees(move |db| db.record_searches().due(now, 100)).await;
    world.does(move |db| db.logout_notices().take_due(now, now, 100)).await;
    let caught = STATEMENTS.lock().unwrap().clone();
    let ours: Vec<&String> = caught.iter().filter(|statement| statement.contains(LATER)).collect();
    assert_eq!(ours.len(), 2, "{ours:#?}");
    for statement in ours {
        let (statement, _) = statement.split_once(" -- binds").expect("it has values");
        let plan = explain(&world, statement);
        assert!(!plan.iter().any(|step| step.contains(scan)), "{statement}\n{plan:#?}");
    }
}

/// A day on which somebody's record was seen.
const SEEN: &str = "1911-11-11";

/// Neither all accounts are read for it, nor all that are due are put in order: they may be all there are.
async fn accounts_follow_their_records_by_index_alone(world: World, explain: fn(&World, &str) -> Vec<String>) {
    let at = format!("{SEEN}T00:00:00Z").parse::<Time>().unwrap();
    let seen = RecordSeen { date_of_birth: born("1980-02-03"), prohibited: false, at };
    let people: Vec<Account> = (0..1000)
        .map(|number| {
            let (address, of) = (format!("person{number}@plan.example"), format!("{:07}", 1_000_000 + number));
            Account { record_seen: (number > 0).then_some(seen), ..full_account(&world.random, &address, &of) }
        })
        .collect();
    let [never, once] = [0, 1].map(|number| Turn::from(&people[number]));
    world.does(move |db| people.iter().try_for_each(|person| db.accounts().create(person))).await;
    for after in [None, Some(never), Some(once)] {
        world.sees(move |db| db.accounts().with_record_unseen_since(at, after, 100)).await;
    }
    let caught = STATEMENTS.lock().unwrap().clone();
    let is_due = |statement: &&String| {
        statement.replace('`', "\"").contains("\"record_seen_at\" ") && statement.contains("LIMIT")
    };
    let asked: Vec<&String> = caught.iter().filter(is_due).collect();
    assert!(asked.len() >= 5, "{asked:#?}");
    for statement in asked {
        let (statement, _) = statement.split_once(" -- binds").expect("it has values");
        let plan = explain(&world, statement);
        let narrow = ["record_seen_at=", "record_seen_at>", "record_seen_atISNULL"];
        let is_narrow = |step: &String| narrow.iter().any(|by| step.replace(' ', "").contains(by));
        assert!(plan.iter().any(|step| step.contains("accounts_record_seen_at")), "{statement}\n{plan:#?}");
        assert!(plan.iter().any(is_narrow), "{statement}\n{plan:#?}");
        assert!(!plan.iter().any(|step| step.contains("ORDER BY") || step.contains("Sort")), "{statement}\n{plan:#?}");
    }
}

async fn the_clients_of_a_session_are_found_by_index(world: World, explain: fn(&World, &str) -> Vec<String>) {
    let jane = account(&world.random, "jane@example.com");
    let session = session(&world.random, &jane);
    let id = session.id;
    let end = world.store.transact(move |db| {
        db.accounts().create(&jane)?;
        db.browser_sessions().create(&session)?;
        db.browser_sessions().end(id, session.authenticated_at)
    });
    end.await.unwrap();
    let caught = STATEMENTS.lock().unwrap().clone();
    let asked = caught.iter().find(|statement| statement.contains(&id.to_string()) && statement.contains("grants"));
    let (statement, _) = asked.and_then(|it| it.split_once(" -- binds")).expect("it was asked, with values");
    let plan = explain(&world, statement);
    assert!(plan.iter().any(|step| step.contains("grants_session_id")), "{statement}\n{plan:#?}");
}

/// Another day that no other test asks about.
const ALIKE: &str = "1909-09-09";

/// Nothing but a limit keeps the search for old keys short, and a start that finds none must not read all accounts.
async fn accounts_alike_and_old_keys_are_found_by_index(
    world: World,
    explain: fn(&World, &str) -> Vec<String>,
    scan: &str,
) {
    let somebody = StatedName::only(name("Elizabeth", "Smith-Jones"));
    world.sees(move |db| db.accounts().alike(&somebody, born(ALIKE))).await;
    world.store.migrate().await.unwrap();
    let caught = STATEMENTS.lock().unwrap().clone();
    for (said, index) in [(ALIKE, "accounts_likeness"), ("\"keys_version\" <", "accounts_keys_version")] {
        // SQLite's names stand in other quotation marks.
        let statement = caught.iter().find(|statement| statement.replace('`', "\"").contains(said));
        let (statement, _) = statement.and_then(|it| it.split_once(" -- binds")).expect("it was asked, with values");
        let plan = explain(&world, statement);
        assert!(plan.iter().any(|step| step.contains(index)), "{statement}\n{plan:#?}");
        assert!(!plan.iter().any(|step| step.contains(scan)), "{statement}\n{plan:#?}");
    }
}

/// A day before any other test's messages.
const TAKEN: &str = "1910-10-10";

/// Nearly all messages were taken, and each is some kilobytes.
async fn messages_to_delete_are_found_by_when_they_were_taken(world: World, explain: fn(&World, &str) -> Vec<String>) {
    let before = format!("{TAKEN}T00:00:00Z").parse::<Time>().unwrap();
    world.does(move |db| db.housekeeping().delete_carried_messages(before, 100)).await;
    let caught = STATEMENTS.lock().unwrap().clone();
    let statement = caught.iter().find(|statement| statement.contains(TAKEN));
    let (statement, _) = statement.and_then(|it| it.split_once(" -- binds")).expect("it was asked, with values");
    let plan = explain(&world, statement);
    let is_narrow = |step: &String| step.replace(' ', "").contains("state_at<");
    assert!(plan.iter().any(is_narrow), "{statement}\n{plan:#?}");
}

fn explain_on_sqlite(world: &World, statement: &str) -> Vec<String> {
    world.raw().plan(&format!("EXPLAIN QUERY PLAN {statement}"))
}

/// With values unknown, and a table read from end to end only where there is no other way.
fn explain_on_postgres(world: &World, statement: &str) -> Vec<String> {
    let values = (1..).take_while(|number| statement.contains(&format!("${number}"))).count();
    let mut raw = world.raw();
    raw.run("ANALYZE; SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan").unwrap();
    raw.run(&format!("PREPARE asked AS {statement}")).unwrap();
    raw.plan(&format!("EXPLAIN EXECUTE asked ({})", vec!["NULL"; values].join(", ")))
}

mod sqlite {
    use super::*;

    #[tokio::test]
    async fn candidates_are_found_by_index_and_never_by_a_scan() {
        set_default_instrumentation(catches_statements).unwrap();
        candidates_are_found_by_index(World::sqlite().await, explain_on_sqlite, "SCAN").await;
    }

    #[tokio::test]
    async fn what_is_done_later_is_found_by_index_and_never_by_a_scan() {
        set_default_instrumentation(catches_statements).unwrap();
        what_is_done_later_is_found_by_index(World::sqlite().await, explain_on_sqlite, "SCAN").await;
    }

    #[tokio::test]
    async fn the_clients_of_a_session_are_found_by_index_and_never_by_a_scan() {
        set_default_instrumentation(catches_statements).unwrap();
        the_clients_of_a_session_are_found_by_index(World::sqlite().await, explain_on_sqlite).await;
    }

    #[tokio::test]
    async fn accounts_alike_and_old_keys_are_found_by_index_and_never_by_a_scan() {
        set_default_instrumentation(catches_statements).unwrap();
        accounts_alike_and_old_keys_are_found_by_index(World::sqlite().await, explain_on_sqlite, "SCAN").await;
    }

    #[tokio::test]
    async fn messages_to_delete_are_found_by_when_they_were_taken_and_the_others_are_not_read() {
        set_default_instrumentation(catches_statements).unwrap();
        messages_to_delete_are_found_by_when_they_were_taken(World::sqlite().await, explain_on_sqlite).await;
    }

    #[tokio::test]
    async fn accounts_follow_their_records_by_index_though_all_accounts_have_one() {
        set_default_instrumentation(catches_statements).unwrap();
        accounts_follow_their_records_by_index_alone(World::sqlite().await, explain_on_sqlite).await;
    }
}

mod postgres {
    use super::*;

    #[tokio::test]
    async fn candidates_are_found_by_index_and_never_by_a_scan() {
        set_default_instrumentation(catches_statements).unwrap();
        candidates_are_found_by_index(World::postgres().await, explain_on_postgres, "Seq Scan").await;
    }

    #[tokio::test]
    async fn what_is_done_later_is_found_by_index_and_never_by_a_scan() {
        set_default_instrumentation(catches_statements).unwrap();
        what_is_done_later_is_found_by_index(World::postgres().await, explain_on_postgres, "Seq Scan").await;
    }

    #[tokio::test]
    async fn the_clients_of_a_session_are_found_by_index_and_never_by_a_scan() {
        set_default_instrumentation(catches_statements).unwrap();
        the_clients_of_a_session_are_found_by_index(World::postgres().await, explain_on_postgres).await;
    }

    #[tokio::test]
    async fn accounts_alike_and_old_keys_are_found_by_index_and_never_by_a_scan() {
        set_default_instrumentation(catches_statements).unwrap();
        accounts_alike_and_old_keys_are_found_by_index(World::postgres().await, explain_on_postgres, "Seq Scan").await;
    }

    #[tokio::test]
    async fn messages_to_delete_are_found_by_when_they_were_taken_and_the_others_are_not_read() {
        set_default_instrumentation(catches_statements).unwrap();
        messages_to_delete_are_found_by_when_they_were_taken(World::postgres().await, explain_on_postgres).await;
    }

    #[tokio::test]
    async fn accounts_follow_their_records_by_index_though_all_accounts_have_one() {
        set_default_instrumentation(catches_statements).unwrap();
        accounts_follow_their_records_by_index_alone(World::postgres().await, explain_on_postgres).await;
    }
}
