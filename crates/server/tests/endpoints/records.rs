//! Teaching records by API, and an API that is out of order: people go on, see what is so, and are found afterwards.

use std::time::{Duration as Wait, Instant};

use chrono::Duration;
use identity::account::{Account, LookupStatus};
use identity::email::Email;
use identity::record::TeachingRecord;
use identity::trn::Trn;
use partners::simulators::records::{RecordsServer, SAMPLE_KEY};
use partners::simulators::{Fault, Switch};
use store::StoreError;

use crate::person::Person;
use crate::services::request_of;
use crate::world::{Seen, World};

const TRN: &str = "1000006";
const BRYN: Person =
    Person { email: "bryn@example.com", name: ("Bryn", "Cole"), nino: None, claims_trn: false, claims_qts: false };
/// What nobody has to wait longer than, and a machine with other work on it.
const LONGEST: Wait = Wait::from_secs(5 + 2);

fn bryn() -> TeachingRecord {
    serde_json::from_value(serde_json::json!({
        "trn": TRN, "name": { "first": "Bryn", "middle": null, "last": "Cole" }, "previous_names": [],
        "date_of_birth": "1985-03-14", "nino": null, "emails": [BRYN.email], "training_providers": [],
        "qts_date": "2008-08-01", "alerts": [], "portal_locked": false, "active": true, "merged_into": null,
    }))
    .unwrap()
}

fn register(fault: Fault) -> RecordsServer {
    RecordsServer::start(([127, 0, 0, 1], 0).into(), Switch::new(fault), SAMPLE_KEY, [bryn()]).unwrap()
}

async fn world_with(register: &RecordsServer) -> World {
    let base = register.url().to_string();
    let settings = [
        ("GAI__RECORDS__SOURCE", "api"),
        ("GAI__RECORDS__API_BASE", base.as_str()),
        ("GAI__RECORDS__API_KEY", SAMPLE_KEY),
        ("GAI__RECORDS__API_TIMEOUT", "1s"),
    ];
    World::new(&settings).await
}

impl World {
    /// Walks to the last page, and never waits for long.
    async fn registers_bryn(&self, what: &str) -> Seen {
        let mut seen = self.visits(&request_of("demo-trn-required")).await;
        for _ in 0..40 {
            let location = seen.location().unwrap_or_else(|| panic!("{what}: no way on: {}", seen.text)).to_owned();
            if location.ends_with("/finished") || !location.starts_with("/sign-in/") {
                return self.visits(&location).await;
            }
            let began = Instant::now();
            seen = BRYN.answers(self, &location).await;
            assert!(began.elapsed() < LONGEST, "{what}: {location} took {:?}", began.elapsed());
        }
        panic!("{what}: a journey without an end");
    }

    async fn bryn(&self) -> Account {
        let email = Email::parse(BRYN.email).unwrap();
        let found: Result<_, StoreError> = self.parts.store.read(move |db| db.accounts().by_email(&email)).await;
        found.unwrap().expect("there is an account")
    }
}

#[actix_web::test]
async fn a_record_by_api_is_found_and_the_database_has_none() {
    let register = register(Fault::None);
    let world = world_with(&register).await;
    world.registers_bryn("all is well").await;
    assert_eq!(world.bryn().await.trn(), Trn::parse(TRN).ok().as_ref());
    let count: Result<u64, StoreError> = world.parts.store.read(|db| db.records().count()).await;
    assert_eq!(count.unwrap(), 0);
}

#[actix_web::test]
async fn whatever_the_api_does_people_go_on_are_told_that_it_is_looked_into_and_are_found_once_it_is_back() {
    use Fault::{Busy, Failing, Html, Huge, Lying, Malformed, Resetting, Slow};
    for fault in [Slow(30), Resetting, Failing, Busy(60), Html, Huge, Malformed, Lying] {
        let register = register(fault);
        // Somebody whom a lying register can give for another.
        register.has([TeachingRecord { trn: Trn::parse("1000007").unwrap(), emails: Vec::new(), ..bryn() }]);
        let world = world_with(&register).await;
        comes_through(&world, &format!("{fault:?}")).await;
        register.running.switch.turn(Fault::None);
        register.has([TeachingRecord { active: false, trn: Trn::parse("1000007").unwrap(), ..bryn() }]);
        is_found(&world).await;
    }
}

#[actix_web::test]
async fn people_go_on_without_a_register_that_is_not_there_at_all() {
    let gone = register(Fault::None);
    let (world, listen) = (world_with(&gone).await, ([127, 0, 0, 1], gone.url().port().unwrap()).into());
    gone.running.stop().await;
    comes_through(&world, "nobody listens").await;
    let back = RecordsServer::start(listen, Switch::default(), SAMPLE_KEY, [bryn()]).unwrap();
    is_found(&world).await;
    drop(back);
}

async fn comes_through(world: &World, what: &str) {
    let page = world.registers_bryn(what).await;
    assert!(page.text.contains("somebody is looking for it now"), "{what}: {}", page.text);
    assert_eq!(world.bryn().await.lookup_status, Some(LookupStatus::Pending), "{what}");
}

/// By a server that has not seen the API fail: one that has leaves it alone for some seconds more.
async fn is_found(world: &World) {
    world.clock.advance(Duration::days(1));
    let server = world.another_server().await;
    server::later::repeat(&server.journeys).await.unwrap();
    let bryn = world.bryn().await;
    assert_eq!((bryn.lookup_status, bryn.trn()), (Some(LookupStatus::Found), Trn::parse(TRN).ok().as_ref()));
}
