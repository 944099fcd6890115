//! A stricter client, and somebody whose record was found by less than it asks for.

use identity::account::{Account, MatchLevel, Matched, RecordLink};
use identity::event::EventKind;
use identity::interaction::Outcome;
use identity::matching::{Identifier, MatchPolicy};
use identity::record::TeachingRecord;

use crate::records::{nino, record, trn};
use crate::world::{Person, Seen, World};

const ASHA: &str = "asha@example.com";
const UNKNOWN: (&str, &str) = ("unknown", "true");

impl Person<'_> {
    /// Answers the two questions of a stricter client.
    async fn gives(&self, nino: (&str, &str), trn: (&str, &str)) -> Seen {
        self.visits("elevate").await.says(200, "We need to check your teaching record again");
        self.answers("elevate", &[]).await.leads_to("nino");
        self.answers("nino", &[nino]).await.leads_to("trn");
        self.answers("trn", &[trn]).await
    }
}

impl World {
    /// Whether each search for a stricter service raised the level, the newest first.
    async fn raised(&self, account: &Account) -> Vec<bool> {
        let events = self.events(account).await.into_iter();
        let raised = |kind| if let EventKind::LevelSearched { raised, .. } = kind { Some(raised) } else { None };
        events.filter_map(raised).collect()
    }
}

#[actix_web::test]
async fn the_same_record_raises_the_level_once_and_nothing_is_asked_again() {
    let world = World::new().await;
    let account = world.registers("optional", ASHA, "Asha", "Bennett").await;
    let low = account.record.as_ref().unwrap();
    assert_eq!(low.level, MatchLevel::Low);
    let on = vec![Identifier::Email, Identifier::Name, Identifier::DateOfBirth];
    assert_eq!(low.matched, Some(Matched { on, at: world.journeys.clock.now() }));
    world.clock.advance(chrono::Duration::minutes(1));
    let asha = world.person_from("strict-required").await;
    asha.proves(ASHA).await.leads_to("elevate");
    asha.gives(UNKNOWN, ("trn", "1000001")).await.leads_to("your-details");
    asha.confirms_their_details().await.ends();
    let raised = world.account_with(account.id).await;
    let on = vec![Identifier::Email, Identifier::Name, Identifier::DateOfBirth, Identifier::Trn];
    let matched = Some(Matched { on, at: world.journeys.clock.now() });
    assert_eq!(
        raised.record,
        Some(RecordLink { matched, ..RecordLink::searched(trn("1000001"), MatchPolicy::Strict) })
    );
    assert_eq!(world.raised(&account).await, [true]);

    for client in ["strict-required", "optional", "strict"] {
        assert_eq!(world.signs_in(client, ASHA).await.record, raised.record, "{client}");
    }
    assert_eq!(world.raised(&account).await, [true]);
}

#[actix_web::test]
async fn another_record_raises_nothing_and_the_link_stays() {
    let world = World::new().await;
    let other = record("1000010", "Asha", "Bennett", "unused@example.com");
    let other = TeachingRecord { nino: Some(nino("CE123456A")), emails: vec![], ..other };
    world.has_records([other]).await;
    let asha = world.person_from("optional").await;
    asha.starts("asha.b@example.com", "Asha", "Bennett").await.leads_to("has-nino");
    asha.gives_trn("1000001").await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.creates();
    let before = world.account("asha.b@example.com").await.unwrap();

    let strict = world.person_from("strict").await;
    strict.proves("asha.b@example.com").await.leads_to("elevate");
    strict.gives(("nino", "CE123456A"), UNKNOWN).await.leads_to("your-details");
    strict.confirms_their_details().await.ends();
    let after = world.account_with(before.id).await;
    assert_eq!(after.record, before.record);
    assert_eq!(after.nino, Some(nino("CE123456A")));
    assert_eq!(world.raised(&before).await, [false]);
}

#[actix_web::test]
async fn nothing_found_keeps_the_level_and_the_number_and_a_client_that_requires_more_gives_no_code() {
    let world = World::new().await;
    let before = world.registers("optional", ASHA, "Asha", "Bennett").await;
    let asha = world.person_from("strict-required").await;
    asha.proves(ASHA).await.leads_to("elevate");
    asha.gives(("nino", "CE123456A"), UNKNOWN).await.leads_to("your-details");
    asha.confirms_their_details().await.leads_to("finished");
    asha.visits("finished").await.says(200, "You need to contact support");
    assert_eq!(world.outcome(&asha).await, Some(Outcome::WithoutTrn { account: before.id }));
    let after = world.account_with(before.id).await;
    assert_eq!((after.record, after.nino), (before.record.clone(), Some(nino("CE123456A"))));
    assert_eq!(world.raised(&before).await, [false]);
    assert_eq!(world.signs_in("required", ASHA).await.record, before.record);
}

/// Somebody comes with another address and claims the account that holds their record.
async fn claims(world: &World, client: &str) {
    let again = world.person_from(client).await;
    again.starts("asha.new@example.com", "Asha", "Bennett").await.leads_to("has-nino");
    again.gives_trn("1000001").await.leads_to("check-answers");
    again.answers("check-answers", &[]).await.leads_to("record-holder-code");
    again.types_the_code("record-holder-code", ASHA).await.leads_to("choose-email");
    again.answers("choose-email", &[("keep_email", "held")]).await.ends();
}

#[actix_web::test]
async fn a_claim_raises_a_level_and_never_lowers_it() {
    let world = World::new().await;
    let account = world.registers("optional", ASHA, "Asha", "Bennett").await;
    // To a stricter client nothing may disagree, and she comes with an address that the record does not have.
    world.has_records([TeachingRecord { emails: vec![], ..world.record("1000001").await }]).await;
    claims(&world, "strict").await;
    let raised = world.account_with(account.id).await.record.unwrap();
    assert_eq!((raised.level, raised.policy.as_str()), (MatchLevel::Medium, "strict/1"));
    claims(&world, "optional").await;
    assert_eq!(world.account_with(account.id).await.record, Some(raised));
}
