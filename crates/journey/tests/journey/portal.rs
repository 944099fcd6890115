//! The teacher's account at the self-service portal is unlocked when a record is found, or the trail says why not.

use identity::account::Account;
use identity::event::{EventKind, LeftLocked};
use identity::record::{Alert, TeachingRecord};

use crate::people::Says;
use crate::records::{Mood, nino, prohibition, record};
use crate::world::World;

const ASHA: &str = "asha@example.com";

impl World {
    async fn asha_is_locked_out(&self, alerts: Vec<Alert>) {
        let asha = self.record("1000001").await;
        self.has_records([TeachingRecord { portal_locked: true, alerts, ..asha }]).await;
    }

    async fn is_locked_out(&self, trn: &str) -> bool {
        self.record(trn).await.portal_locked
    }

    /// What the trail says of the portal.
    async fn noted(&self, account: &Account) -> Vec<EventKind> {
        let events = self.events(account).await.into_iter();
        events.filter(|kind| kind.name().starts_with("portal_")).collect()
    }
}

#[actix_web::test]
async fn a_locked_account_is_unlocked_when_its_owner_is_found() {
    let world = World::new().await;
    world.asha_is_locked_out(vec![]).await;
    let account = world.registers("optional", ASHA, "Asha", "Bennett").await;
    assert!(!world.is_locked_out("1000001").await);
    assert_eq!(world.noted(&account).await, [EventKind::PortalUnlocked]);
    world.signs_in("optional", ASHA).await;
    assert_eq!(world.noted(&account).await.len(), 1, "once found, never unlocked again");
}

#[actix_web::test]
async fn an_account_that_is_not_locked_is_not_mentioned() {
    let world = World::new().await;
    let account = world.registers("optional", ASHA, "Asha", "Bennett").await;
    assert!(world.noted(&account).await.is_empty());
}

#[actix_web::test]
async fn the_owner_of_a_record_with_an_open_alert_of_any_kind_stays_locked_out() {
    let over = prohibition().start.succ_opt();
    let reprimand = Alert { kind: "Reprimand".into(), ..prohibition() };
    for (alert, locked) in [(prohibition(), true), (reprimand, true), (Alert { end: over, ..prohibition() }, false)] {
        let world = World::new().await;
        world.asha_is_locked_out(vec![alert]).await;
        let account = world.registers("optional", ASHA, "Asha", "Bennett").await;
        assert_eq!(world.is_locked_out("1000001").await, locked);
        let noted = if locked { left(LeftLocked::Alert) } else { EventKind::PortalUnlocked };
        assert_eq!(world.noted(&account).await, [noted]);
    }
}

fn left(reason: LeftLocked) -> EventKind {
    EventKind::PortalLeftLocked { reason }
}

#[actix_web::test]
async fn an_address_that_has_found_another_record_unlocks_nobody() {
    let world = World::new().await;
    let bryn = record("1000009", "Bryn", "Cole", "bryn@example.com");
    let bryn = TeachingRecord { nino: Some(nino("CE123456A")), portal_locked: true, ..bryn };
    world.has_records([bryn]).await;
    world.registers("optional", ASHA, "Asha", "Bennett").await;
    let moves = world.person_from("optional").await;
    moves.proves(ASHA).await;
    moves.changes("change-email", &[("email", "asha.new@example.com")]).await.leads_to("change-email-code");
    moves.types_the_code("change-email-code", "asha.new@example.com").await.leads_to("your-details");
    moves.confirms_their_details().await.ends();

    let next = world.person_from("optional").await;
    next.starts("ASHA@example.com", "Bryn", "Cole").await.leads_to("has-nino");
    next.gives_nino("CE123456A").await.leads_to("check-answers");
    next.answers("check-answers", &[]).await.creates();
    let account = world.account(ASHA).await.unwrap();
    assert_eq!(account.trn().unwrap().as_str(), "1000009");
    assert!(world.is_locked_out("1000009").await);
    assert_eq!(world.noted(&account).await, [left(LeftLocked::OtherRecord)]);
}

#[actix_web::test]
async fn a_source_that_does_not_unlock_holds_nobody_up_and_the_trail_says_so() {
    let world = World::new().await;
    world.asha_is_locked_out(vec![]).await;
    world.source.is_in(Mood::OnlyReads);
    let account = world.registers("optional", ASHA, "Asha", "Bennett").await;
    assert!(world.is_locked_out("1000001").await);
    assert_eq!(world.noted(&account).await, [left(LeftLocked::NoAnswer)]);
}

#[actix_web::test]
async fn somebody_who_is_found_at_a_later_sign_in_is_unlocked_then() {
    let world = World::new().await;
    let account = world.registers_without_record("optional", "morgan@example.com", Says::Neither).await;
    let morgan = record("1000007", "Morgan", "Reid", "morgan@example.com");
    world.has_records([TeachingRecord { portal_locked: true, ..morgan }]).await;
    world.signs_in("optional", "morgan@example.com").await;
    assert!(!world.is_locked_out("1000007").await);
    assert_eq!(world.noted(&account).await, [EventKind::PortalUnlocked]);
}

#[actix_web::test]
async fn who_is_found_by_a_repeated_search_has_all_that_follows_from_a_match() {
    let world = World::new().await;
    world.asha_is_locked_out(vec![]).await;
    let renamed = world.record("1000001").await;
    let former = identity::name::PreviousName { first: None, last: Some(renamed.name.last.clone()) };
    let name = crate::records::name("Asha", "Okonkwo");
    world.has_records([TeachingRecord { name, previous_names: vec![former], ..renamed }]).await;
    let account = world.registers_unsure(ASHA, "Asha", "Bennett").await;
    assert!(world.is_locked_out("1000001").await);
    world.source.is_in(Mood::Answers);
    world.clock.advance(chrono::Duration::minutes(1));
    assert_eq!(world.journeys.repeat_searches().await.unwrap().changed, 1);
    assert!(!world.is_locked_out("1000001").await);
    assert_eq!(world.noted(&account).await, [EventKind::PortalUnlocked]);
    let letter = world.letter(ASHA, "details-differ").await;
    assert!(letter.body.contains("Asha Okonkwo"), "{}", letter.body);
    assert_eq!(world.account_with(account.id).await.official_name, crate::records::name("Asha", "Okonkwo"));
}
