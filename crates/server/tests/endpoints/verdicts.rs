//! The verdict table at the service: what arrives there for each verdict and each setting, or why nothing does.

use std::sync::Arc;

use actix_web::web::Data;
use async_trait::async_trait;
use chrono::NaiveDate;
use identity::clock::Time;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::matching::Identifiers;
use identity::name::{NamePart, PersonName};
use identity::nino::Nino;
use identity::provider::TrainingProvider;
use identity::record::{Alert, Records, RecordsUnavailable, TeachingRecord, Unlocking};
use identity::trn::Trn;
use journey::Journeys;
use serde_json::{Value, json};

use crate::person::{End, Person};
use crate::services::{SETTINGS, request_of};
use crate::world::World;

/// What a service gets.
#[derive(Clone, Copy, Debug)]
enum Gets {
    /// A code, and not a word about the record.
    NoWord,
    /// A code, and why there is no TRN.
    Status(&'static str),
    /// A code and the TRN, with the level and the policy of the match.
    Trn(&'static str, &'static str, &'static str),
    /// No code. The page that says why has these words.
    Nothing(&'static str),
}

use Gets::{NoWord, Nothing, Status, Trn as Found};

const CHECKS: Gets = Nothing("somebody is looking for it now");
const NO_RECORD: Gets = Nothing("is only for people with a teacher reference number (TRN)");
const BARRED: Gets = Nothing("You cannot use The blocking service with this teaching record");
const PENDING: Gets = Status("Pending");

const LOW: &str = "default/1";
const MEDIUM: &str = "strict/1";

const MORGAN: Person =
    Person { email: "morgan@example.com", name: ("Morgan", "Reid"), nino: None, claims_trn: false, claims_qts: false };
const ASHA: Person = Person { email: "asha@example.com", name: ("Asha", "Bennett"), nino: Some("AB123456C"), ..MORGAN };
const NIA: Person = Person { email: "nia@example.com", name: ("Nia", "Evans"), ..MORGAN };
const VICTOR: Person =
    Person { email: "victor@example.com", name: ("Victor", "Hargreave"), nino: Some("CE123456A"), ..MORGAN };

const BRYN: Person = Person { email: "bryn@example.com", name: ("Bryn", "Cole"), nino: Some("AB654321A"), ..MORGAN };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    /// The source of the records has stopped answering. The last row, because it does not begin again.
    RecordsDown,
    /// They have been here before, and support has said that there is no record.
    Denied,
}

struct Row {
    person: Person,
    before: Before,
    /// In the order of the settings: not asked, optional, required, strict optional, strict required, blocking.
    gets: [Gets; 6],
}

fn rows() -> Vec<Row> {
    let row = |person, gets| Row { person, before: Before::Nothing, gets };
    let of = |trn, last| {
        let (low, medium) = (Found(trn, "Low", LOW), Found(trn, "Medium", MEDIUM));
        [NoWord, low, low, medium, medium, last]
    };
    let undecided = [NoWord, PENDING, CHECKS, PENDING, CHECKS, CHECKS];
    let none = |status| [NoWord, Status(status), NO_RECORD, Status(status), NO_RECORD, NO_RECORD];
    // To a strict client nobody is asked about QTS.
    let qts = [NoWord, PENDING, CHECKS, Status("None"), NO_RECORD, CHECKS];
    vec![
        row(ASHA, of("1000001", Found("1000001", "Low", LOW))),
        row(VICTOR, of("1000005", BARRED)),
        row(NIA, undecided),
        row(Person { email: "morgan.trn@example.com", claims_trn: true, ..MORGAN }, undecided),
        row(Person { email: "morgan.qts@example.com", claims_qts: true, ..MORGAN }, qts),
        row(MORGAN, none("None")),
        Row {
            person: Person { email: "morgan.denied@example.com", ..MORGAN },
            before: Before::Denied,
            gets: none("Failed"),
        },
        Row { person: BRYN, before: Before::RecordsDown, gets: undecided },
    ]
}

async fn world_of_records() -> World {
    let world = World::with_every_setting().await;
    let twin = |trn| record(trn, NIA, None);
    let barred = Alert { kind: Alert::PROHIBITION.into(), start: day("2019-03-01"), end: None };
    let records = [
        record("1000001", ASHA, None),
        twin("1000003"),
        twin("1000004"),
        record("1000005", VICTOR, Some(barred)),
        record("1000006", BRYN, None),
    ];
    world.parts.store.transact(move |db| db.records().upsert(&records)).await.unwrap();
    world
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn record(trn: &str, of: Person, alert: Option<Alert>) -> TeachingRecord {
    let part = |text| NamePart::parse(text).unwrap();
    TeachingRecord {
        trn: Trn::parse(trn).unwrap(),
        name: PersonName { first: part(of.name.0), middle: None, last: part(of.name.1) },
        previous_names: Vec::new(),
        date_of_birth: DateOfBirth::new(day("1985-03-14")),
        nino: of.nino.map(|nino| Nino::parse(nino).unwrap()),
        emails: vec![Email::parse(of.email).unwrap()],
        training_providers: Vec::new(),
        qts_date: Some(day("2008-08-01")),
        alerts: alert.into_iter().collect(),
        portal_locked: false,
        active: true,
        merged_into: None,
    }
}

async fn prepare(world: &mut World, row: &Row, client: &str) {
    match row.before {
        Before::Nothing => {}
        Before::RecordsDown => {
            let journeys = world.parts.journeys.get_ref().clone();
            world.parts.journeys = Data::new(Journeys { records: Arc::new(Down), ..journeys });
        }
        Before::Denied => {
            row.person.walks(world, world.visits(&request_of(client)).await).await;
            let email = Email::parse(row.person.email).unwrap();
            let denied = world.parts.store.transact(move |db| {
                let account = db.accounts().by_email(&email)?.expect("they have been here");
                db.accounts().deny_record(account.id, Time::UNIX_EPOCH)
            });
            assert!(denied.await.unwrap());
            world.opens_another_browser();
        }
    }
}

/// What is said of the record in the claims.
fn about_the_record(claims: &Value) -> Value {
    let told = claims.as_object().unwrap().iter().filter(|(name, _)| name.starts_with("trn"));
    Value::Object(told.map(|(name, value)| (name.clone(), value.clone())).collect())
}

fn said<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

async fn arrives(world: &World, client: &str, end: End, gets: Gets) {
    let expected = match gets {
        NoWord => json!({}),
        Status(status) => json!({ "trn_lookup_status": status }),
        Found(trn, level, policy) => json!({
            "trn": trn, "trn_lookup_status": "Found", "trn_match_level": level, "trn_match_policy": policy,
        }),
        Nothing(words) => {
            let End::Page(page, back) = end else { panic!("{client} gets something") };
            assert_eq!(page.status, 200);
            assert!(page.text.contains(words), "{client}: {}", page.text);
            assert!(page.text.contains(&format!("href=\"{back}\"")), "{client}: {}", page.text);
            if back.starts_with("http") {
                return;
            }
            let location = world.visits(&back).await.location().unwrap().to_owned();
            let (_, query) = location.split_once('?').unwrap();
            let query: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            assert_eq!((said(&query, "error"), said(&query, "code")), (Some("access_denied"), None), "{client}");
            assert_eq!(said(&query, "state"), Some("a state"));
            return;
        }
    };
    let End::Service(query) = end else { panic!("{client} gets no code") };
    assert_eq!((said(&query, "error"), said(&query, "state")), (None, Some("a state")), "{client}");
    let claims = world.redeems(client, said(&query, "code").unwrap()).await;
    assert_eq!(about_the_record(&claims), expected, "{client}");
}

/// Walks every row for one setting, each in a browser of its own.
async fn every_row_for(setting: usize) {
    let client = SETTINGS[setting];
    let mut world = world_of_records().await;
    for row in rows() {
        prepare(&mut world, &row, client).await;
        let end = row.person.walks(&world, world.visits(&request_of(client)).await).await;
        arrives(&world, client, end, row.gets[setting]).await;
        if matches!(row.gets[setting], Nothing(_)) {
            // Not by coming again with the same browser either.
            let end = row.person.walks(&world, world.visits(&request_of(client)).await).await;
            assert!(matches!(end, End::Page(..)), "{client} gets a code in the end");
        }
        world.opens_another_browser();
    }
}

#[actix_web::test]
async fn a_service_that_does_not_ask_hears_nothing_of_the_record() {
    every_row_for(0).await;
}

#[actix_web::test]
async fn a_service_to_which_the_trn_is_optional_gets_it_or_the_reason_why_there_is_none() {
    every_row_for(1).await;
}

#[actix_web::test]
async fn a_service_that_requires_the_trn_gets_it_or_no_code_and_a_page_says_why() {
    every_row_for(2).await;
}

#[actix_web::test]
async fn a_strict_service_gets_what_was_found_well_enough_or_the_reason_why_there_is_none() {
    every_row_for(3).await;
}

#[actix_web::test]
async fn a_strict_service_that_requires_the_trn_gets_what_was_found_well_enough_or_no_code() {
    every_row_for(4).await;
}

#[actix_web::test]
async fn a_service_that_keeps_people_out_gets_no_code_for_them() {
    every_row_for(5).await;
}

#[actix_web::test]
async fn a_record_that_was_not_found_well_enough_is_told_to_a_strict_service_as_found_and_without_the_trn() {
    let world = world_of_records().await;
    let asha = Person { nino: None, ..ASHA };
    let low = Found("1000001", "Low", LOW);
    for (client, gets) in [
        ("demo-trn-optional", low),
        ("strict-optional", Status("Found")),
        ("strict-required", Nothing("could not be certain enough")),
        ("demo-trn-required", low),
        ("blocking", low),
    ] {
        let end = asha.walks(&world, world.visits(&request_of(client)).await).await;
        arrives(&world, client, end, gets).await;
        world.opens_another_browser();
    }
    let end = ASHA.walks(&world, world.visits(&request_of("strict-required")).await).await;
    arrives(&world, "strict-required", end, Found("1000001", "Medium", MEDIUM)).await;
}

#[actix_web::test]
async fn one_browser_session_serves_every_service_by_its_own_setting() {
    let world = world_of_records().await;
    for (client, gets) in [
        ("demo-no-trn", NoWord),
        ("demo-trn-optional", Found("1000005", "Low", LOW)),
        ("demo-trn-required", Found("1000005", "Low", LOW)),
        ("blocking", BARRED),
        ("strict-required", Found("1000005", "Medium", MEDIUM)),
        ("demo-trn-optional", Found("1000005", "Medium", MEDIUM)),
        ("blocking", BARRED),
    ] {
        let end = VICTOR.walks(&world, world.visits(&request_of(client)).await).await;
        arrives(&world, client, end, gets).await;
    }
    let codes = world.outbox(VICTOR.email).await.into_iter();
    assert_eq!(codes.filter(|message| !message["one_time_code"].is_null()).count(), 1, "they prove their address once");
}

/// A source of records that does not answer.
struct Down;

fn down<T>() -> Result<T, RecordsUnavailable> {
    Err(RecordsUnavailable::new("out of order"))
}

#[async_trait]
impl Records for Down {
    async fn candidates(&self, _: &Identifiers) -> Result<Vec<TeachingRecord>, RecordsUnavailable> {
        down()
    }

    async fn by_trn(&self, _: &Trn) -> Result<Option<TeachingRecord>, RecordsUnavailable> {
        down()
    }

    async fn unlock_portal(&self, _: &Trn) -> Result<Unlocking, RecordsUnavailable> {
        down()
    }

    async fn training_providers(&self) -> Result<Vec<TrainingProvider>, RecordsUnavailable> {
        down()
    }
}
