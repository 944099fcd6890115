//! What webhooks and the help desk hear, from a person's page to the other side of the wire.

use std::time::Duration as Wait;

use chrono::Duration;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::name::{NamePart, PersonName};
use identity::outbox::{Channel, OutboxState};
use identity::random::Random;
use identity::record::TeachingRecord;
use identity::ticket::{Agent, Reference};
use identity::trn::Trn;
use identity::webhook::WebhookSecret;
use partners::simulators::webhook::{Received, Webhook};
use partners::simulators::zendesk::{Agent as DeskAgent, Zendesk};
use partners::simulators::{Fault, Switch};
use serde_json::{Value, json};
use server::tickets::{Answer, Around, Resolution, resolve};
use tempfile::TempDir;

use crate::person::{End, Person};
use crate::services::request_of;
use crate::world::World;

const SECRET: &str = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";
/// Says that they have a TRN, and is in no record: a ticket.
const MORGAN: Person =
    Person { email: "morgan@example.com", name: ("Morgan", "Reid"), nino: None, claims_trn: true, claims_qts: false };

struct Others {
    hook: Webhook,
    desk: Zendesk,
    _folder: TempDir,
}

async fn world() -> (World, Others) {
    let listen = "127.0.0.1:0".parse().unwrap();
    let hook = Webhook::start(listen, Switch::default()).unwrap();
    let agent = DeskAgent { email: "desk@example.com".into(), token: "simulated".into() };
    let desk = Zendesk::start(listen, Switch::default(), agent).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = format!(
        "endpoint = \"{}\"\nsecrets = [\"{SECRET}\"]\nevents = [\"UserCreated\", \"UserUpdated\"]\n",
        hook.url()
    );
    std::fs::write(folder.path().join("npq.toml"), file).unwrap();
    let world = World::new(&[
        ("GAI__WEBHOOKS__DIRECTORIES", folder.path().to_str().unwrap()),
        ("GAI__HELP_DESK__DELIVER_TO", "zendesk"),
        ("GAI__HELP_DESK__BASE_URL", desk.running.url().as_str()),
        ("GAI__HELP_DESK__EMAIL", "desk@example.com"),
        ("GAI__HELP_DESK__TOKEN", "simulated"),
    ])
    .await;
    (world, Others { hook, desk, _folder: folder })
}

impl World {
    async fn registers(&self, person: Person) {
        let end = person.walks(self, self.visits(&request_of("demo-trn-optional")).await).await;
        assert!(matches!(end, End::Service(_)));
    }

    /// As an agent does, who found the record.
    async fn finds_the_record(&self) {
        let record = record("Reid-Jones");
        let trn = record.trn.clone();
        let reference = self.reference().await;
        let resolution = Resolution { reference, answer: Answer::Record(trn), by: Agent::parse("Nadia").unwrap() };
        let (clock, random) = (self.clock.clock(), Random::seeded(9));
        let around = Around { clock, random, record: Some(record), letter: &|_, _, _| Ok(None) };
        resolve(&self.parts.store, &resolution, &around).unwrap();
    }

    async fn reference(&self) -> Reference {
        let tickets = self.parts.store.read(|db| db.tickets().list(store::TicketFilter::All, 9, None)).await.unwrap();
        tickets[0].reference.clone()
    }

    /// Hands over what is due until nothing more is of these channels.
    async fn hands_over(&self) {
        let running = self.parts.outbox.start(4);
        for _ in 0..200 {
            let states = [OutboxState::Due];
            let due = self.parts.store.read(move |db| db.outbox().in_states(&states, 99)).await.unwrap();
            if !due.iter().any(|message| matches!(message.channel, Channel::Webhook | Channel::HelpDesk)) {
                break;
            }
            self.clock.advance(Duration::seconds(10));
            tokio::time::sleep(Wait::from_millis(50)).await;
        }
        running.drain(Wait::from_secs(5)).await;
    }
}

fn record(last_name: &str) -> TeachingRecord {
    let part = |text| NamePart::parse(text).unwrap();
    TeachingRecord {
        trn: Trn::parse("1234567").unwrap(),
        name: PersonName { first: part("Morgan"), middle: None, last: part(last_name) },
        previous_names: Vec::new(),
        date_of_birth: DateOfBirth::new("1985-03-14".parse().unwrap()),
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

fn body(received: &Received) -> Value {
    serde_json::from_str(&received.body).unwrap()
}

#[actix_web::test]
async fn a_webhook_hears_of_an_account_and_of_exactly_what_changed_in_it() {
    let (world, others) = world().await;
    world.registers(MORGAN).await;
    world.finds_the_record().await;
    world.hands_over().await;
    let mut received = others.hook.received();
    received.sort_by_key(|one| body(one)["timeUtc"].to_string());
    let [created, updated] = &received[..] else { panic!("{received:?}") };

    let (user, told) = (&body(created)["message"]["user"], body(updated));
    assert_eq!(body(created)["messageType"], "UserCreated");
    assert_eq!((&user["emailAddress"], &user["lastName"]), (&json!("morgan@example.com"), &json!("Reid")));
    assert_eq!((&user["trn"], &user["trnLookupStatus"]), (&Value::Null, &json!("Pending")));
    assert_eq!(told["messageType"], "UserUpdated");
    let changes = json!({ "lastName": "Reid-Jones", "trn": "1234567", "trnLookupStatus": "Found" });
    assert_eq!(told["message"]["changes"], changes);
    assert_eq!(told["message"]["user"]["userId"], user["userId"]);

    let secret = WebhookSecret::parse(SECRET).unwrap();
    for one in [created, updated] {
        let header = |name: &str| one.headers[name].as_str();
        let (id, at) = (header("webhook-id"), header("webhook-timestamp").parse().unwrap());
        assert_eq!(body(one)["notificationId"], id);
        assert_eq!(header("webhook-signature"), secret.standard_signature(id, at, one.body.as_bytes()));
        assert_eq!(header("x-hub-signature-256"), secret.hub_signature(one.body.as_bytes()));
    }
}

#[actix_web::test]
async fn the_help_desk_has_a_ticket_while_it_is_open_and_sees_what_was_decided() {
    let (world, others) = world().await;
    world.registers(MORGAN).await;
    world.hands_over().await;
    let reference = world.reference().await;
    let [ticket] = &others.desk.tickets()[..] else { panic!("there is one") };
    assert_eq!((ticket.external_id.as_deref(), ticket.status.as_str()), (Some(reference.as_str()), "new"));
    assert!(ticket.comments[0].body.contains("Service: Demo: TRN optional"), "{:?}", ticket.comments);

    let known = reference.clone();
    let help_desk_id = world.parts.store.read(move |db| {
        let ticket = db.tickets().by_reference(&known)?.expect("it is there");
        db.tickets().help_desk_id(ticket.id)
    });
    assert_eq!(help_desk_id.await.unwrap(), Some(ticket.id.to_string()));

    world.finds_the_record().await;
    world.hands_over().await;
    let [ticket] = &others.desk.tickets()[..] else { panic!("there is one") };
    assert_eq!((ticket.status.as_str(), ticket.comments.len()), ("solved", 2));
    assert!(ticket.comments[1].body.contains("the record 1234567 was linked, by Nadia"));
}

#[actix_web::test]
async fn a_ticket_is_solved_when_a_later_search_finds_the_record_by_itself() {
    let (world, others) = world().await;
    world.registers(MORGAN).await;
    world.hands_over().await;
    let record = TeachingRecord { emails: vec![Email::parse(MORGAN.email).unwrap()], ..record("Reid") };
    world.parts.store.transact(move |db| db.records().upsert(&[record])).await.unwrap();
    world.clock.advance(Duration::days(2));
    server::later::repeat(&world.parts.journeys).await.unwrap();
    world.hands_over().await;
    let [ticket] = &others.desk.tickets()[..] else { panic!("there is one") };
    assert_eq!(ticket.status, "solved");
    assert!(ticket.comments[1].body.contains("a later search found the record 1234567, by itself"));
    let told: Vec<Value> = others.hook.received().iter().map(body).collect();
    let updated = told.iter().find(|told| told["messageType"] == "UserUpdated").expect("it was told");
    assert_eq!(updated["message"]["changes"], json!({ "trn": "1234567", "trnLookupStatus": "Found" }));
}

#[actix_web::test]
async fn nothing_is_lost_while_the_others_are_down_and_a_ticket_that_was_decided_meanwhile_is_opened_and_solved() {
    let (world, others) = world().await;
    for switch in [&others.hook.running.switch, &others.desk.running.switch] {
        switch.turn(Fault::Failing);
    }
    world.registers(MORGAN).await;
    world.finds_the_record().await;
    let running = world.parts.outbox.start(4);
    tokio::time::sleep(Wait::from_millis(300)).await;
    running.drain(Wait::from_secs(5)).await;
    assert!(others.desk.tickets().is_empty() && others.hook.received().is_empty());

    for switch in [&others.hook.running.switch, &others.desk.running.switch] {
        switch.turn(Fault::None);
    }
    world.hands_over().await;
    let [ticket] = &others.desk.tickets()[..] else { panic!("there is one") };
    assert_eq!((ticket.status.as_str(), ticket.comments.len()), ("solved", 2));
    let mut told: Vec<String> = others.hook.received().iter().map(|one| body(one)["messageType"].to_string()).collect();
    told.sort();
    assert_eq!(told, ["\"UserCreated\"", "\"UserUpdated\""]);
}
