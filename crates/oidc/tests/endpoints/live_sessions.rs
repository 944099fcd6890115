//! A live browser session at a client that wants more than it can give: the journey goes on as its owner.

use chrono::{Duration, NaiveDate};
use identity::account::RecordSeen;
use identity::date_of_birth::DateOfBirth;
use identity::interaction::{Interaction, InteractionId, Outcome};
use identity::name::{NamePart, PersonName};
use identity::record::{Alert, TeachingRecord};
use identity::trn::Trn;
use store::StoreError;

use crate::world::*;

impl World {
    async fn interaction(&self, id: InteractionId) -> Interaction {
        let read = self.provider.store.read(move |db| db.interactions().by_id(&id));
        read.await.map_err(|error: StoreError| error).unwrap().unwrap()
    }

    /// Zoë's record, with or without an open prohibition.
    async fn has_record(&self, prohibited: bool) {
        let day = |year| NaiveDate::from_ymd_opt(year, 2, 28).unwrap();
        let alert = Alert { kind: "Prohibition".into(), start: day(2019), end: (!prohibited).then(|| day(2020)) };
        self.has_record_that(|record| TeachingRecord { alerts: vec![alert], ..record }).await;
    }

    async fn has_record_that(&self, is: impl FnOnce(TeachingRecord) -> TeachingRecord) {
        let part = |text| NamePart::parse(text).unwrap();
        let day = |year| NaiveDate::from_ymd_opt(year, 2, 28).unwrap();
        let record = is(TeachingRecord {
            trn: Trn::parse("1234567").unwrap(),
            name: PersonName { first: part("Zoë"), middle: None, last: part("O'Neil") },
            previous_names: vec![],
            date_of_birth: DateOfBirth::new(day(1990)),
            nino: None,
            emails: vec![],
            training_providers: vec![],
            qts_date: None,
            alerts: vec![],
            portal_locked: false,
            active: true,
            merged_into: None,
        });
        self.provider
            .store
            .transact(move |db| db.records().upsert(&[record]))
            .await
            .map_err(|e: StoreError| e)
            .unwrap();
    }
}

#[actix_web::test]
async fn a_low_match_at_a_strict_client_goes_on_the_journey_without_proving_the_address_again() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid trn"), zoe).await.code();
    world.passes(Duration::minutes(5));
    let request = asks("openid trn").of(STRICT);
    assert_eq!(browser.brings(&request.clone().with("prompt", "none")).await.error(), "interaction_required");
    let journey = browser.brings(&request).await.interaction();
    let session = world.interaction(journey).await.ask.session.expect("the session comes along");
    assert_eq!((session.account, session.authenticated_at.timestamp()), (zoe, 1_700_000_000));

    let outcome = Outcome::SignedIn { account: zoe, at: session.authenticated_at, methods: session.methods };
    browser.ends(journey, outcome).await;
    let code = browser.resumes(journey).await.code();
    let claims = claims(&world, &world.token(&redeem(&code).of(STRICT)).await, STRICT).await;
    assert_eq!(claims["auth_time"], 1_700_000_000, "nothing was proved anew");
    assert_eq!((claims.get("trn"), &claims["trn_lookup_status"]), (None, &"Found".into()));
}

#[actix_web::test]
async fn somebody_who_has_to_sign_in_again_brings_no_session_along() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid trn"), zoe).await.code();
    for again in [("prompt", "login"), ("max_age", "0")] {
        let request = asks("openid trn").of(STRICT).with(again.0, again.1);
        let journey = browser.brings(&request).await.interaction();
        assert_eq!(world.interaction(journey).await.ask.session, None, "{again:?}");
    }
}

#[actix_web::test]
async fn a_session_that_ended_during_the_journey_brings_no_code() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid trn"), zoe).await.code();
    let journey = browser.brings(&asks("openid trn").of(STRICT)).await.interaction();
    let session = world.interaction(journey).await.ask.session.unwrap();
    let outcome = Outcome::SignedIn { account: zoe, at: session.authenticated_at, methods: session.methods };
    browser.ends(journey, outcome).await;
    let (id, now) = (session.id, world.provider.clock.now());
    world
        .provider
        .store
        .transact(move |db| db.browser_sessions().end(id, now))
        .await
        .map_err(|e: StoreError| e)
        .unwrap();
    let again = browser.resumes(journey).await.interaction();
    assert_eq!(world.interaction(again).await.ask.session, None, "they sign in from the start");
}

#[actix_web::test]
async fn a_prohibition_keeps_a_live_session_out_and_lets_it_in_once_it_has_ended() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid trn"), zoe).await.code();
    let request = asks("openid trn").of(BLOCKS);
    let silent = request.clone().with("prompt", "none");

    world.has_record(false).await;
    browser.brings(&request).await.code();
    world.has_record(true).await;
    assert_eq!(browser.brings(&silent).await.error(), "access_denied");
    let journey = browser.brings(&request).await.interaction();
    // Even a journey that began before the prohibition, and ended well, brings no code now.
    browser.proves_to_be(journey, zoe).await;
    assert_eq!(browser.resumes(journey).await.error(), "access_denied");
    browser.brings(&asks("openid trn")).await.code();
    world.has_record(false).await;
    browser.brings(&silent).await.code();
}

#[actix_web::test]
async fn while_the_records_do_not_answer_what_they_said_last_counts() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid trn"), zoe).await.code();
    // There is no such record among the records.
    let silent = asks("openid trn").of(BLOCKS).with("prompt", "none");
    browser.brings(&silent).await.code();
    let born = DateOfBirth::new(NaiveDate::from_ymd_opt(1990, 2, 28).unwrap());
    let seen = RecordSeen { date_of_birth: born, prohibited: true, at: world.provider.clock.now() };
    let see = world.provider.store.transact(move |db| db.accounts().see_record(zoe, Some(&seen)));
    see.await.map_err(|error: StoreError| error).unwrap();
    assert_eq!(browser.brings(&silent).await.error(), "access_denied");
    // Nor does a record that has ended, of which nothing is told but that.
    world.has_record_that(|record| TeachingRecord { active: false, alerts: vec![], ..record }).await;
    assert_eq!(browser.brings(&silent).await.error(), "access_denied");
}

#[actix_web::test]
async fn who_is_kept_out_or_left_to_support_goes_back_without_a_code() {
    let world = World::new().await;
    let reference = "GAI-4KX7-M2PQ".parse().unwrap();
    for outcome in [Outcome::Blocked, Outcome::AskedSupport { reference }] {
        let browser = world.browser();
        let journey = browser.brings(&asks("openid trn")).await.interaction();
        browser.ends(journey, outcome).await;
        assert_eq!(browser.resumes(journey).await.error(), "access_denied");
        assert_eq!(browser.cookie("gai_session"), None, "nobody is signed in");
    }
}
