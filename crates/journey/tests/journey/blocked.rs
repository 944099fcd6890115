//! People with an open prohibition, at a client that keeps them out.

use chrono::Duration;
use identity::account::Account;
use identity::event::EventKind;
use identity::interaction::Outcome;
use identity::record::{Alert, TeachingRecord};

use crate::people::Says;
use crate::records::{Mood, prohibition, record};
use crate::world::{Person, World};

const ASHA: &str = "asha@example.com";

impl World {
    async fn bars_asha(&self) {
        let asha = self.record("1000001").await;
        self.has_records([TeachingRecord { alerts: vec![prohibition()], ..asha }]).await;
    }

    async fn is_blocked(&self, person: &Person<'_>) {
        assert_eq!(self.outcome(person).await, Some(Outcome::Blocked));
        person.visits("finished").await.says(200, "You cannot use The blocking service with this teaching record");
    }

    async fn was_blocked(&self, account: &Account) -> usize {
        self.events(account).await.into_iter().filter(|kind| *kind == EventKind::Blocked).count()
    }
}

#[actix_web::test]
async fn somebody_new_is_kept_out_and_nothing_is_created() {
    let world = World::new().await;
    world.bars_asha().await;
    let asha = world.person_from("blocking").await;
    asha.starts(ASHA, "Asha", "Bennett").await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.leads_to("finished");
    world.is_blocked(&asha).await;
    assert!(world.account(ASHA).await.is_none());
    assert!(world.letters(ASHA).await.is_empty() && world.tickets().await.is_empty());
}

#[actix_web::test]
async fn somebody_new_is_kept_out_by_what_the_search_said_though_their_record_cannot_be_looked_at_again() {
    let world = World::new().await;
    world.bars_asha().await;
    world.source.is_in(Mood::OnlySearches);
    let asha = world.person_from("blocking").await;
    asha.starts(ASHA, "Asha", "Bennett").await.leads_to("check-answers");
    world.source.is_in(Mood::Fails);
    world.clock.advance(Duration::minutes(5));
    asha.answers("check-answers", &[]).await.leads_to("finished");
    world.is_blocked(&asha).await;
    assert!(world.account(ASHA).await.is_none());
}

#[actix_web::test]
async fn a_client_that_keeps_nobody_out_lets_them_in() {
    let world = World::new().await;
    world.bars_asha().await;
    let account = world.registers("required", ASHA, "Asha", "Bennett").await;
    assert!(account.is_prohibited());
}

#[actix_web::test]
async fn somebody_who_was_matched_before_is_kept_out() {
    for barred_before in [true, false] {
        let world = World::new().await;
        if barred_before {
            world.bars_asha().await;
        }
        let account = world.registers("optional", ASHA, "Asha", "Bennett").await;
        world.bars_asha().await;
        let asha = world.person_from("blocking").await;
        asha.proves(ASHA).await.leads_to("finished");
        world.is_blocked(&asha).await;
        assert_eq!(world.was_blocked(&account).await, 1);
        assert_eq!(world.account_with(account.id).await, account, "not even the sign-in is noted");
    }
}

#[actix_web::test]
async fn somebody_who_is_still_signed_in_is_kept_out_on_the_first_page() {
    let world = World::new().await;
    let account = world.registers("optional", ASHA, "Asha", "Bennett").await;
    world.bars_asha().await;
    let session = world.has_session(account.id).await;
    let asha = world.person_signed_in("blocking", &session).await;
    asha.visits("").await.leads_to("finish");
    asha.visits("finish").await.says(200, "You cannot use The blocking service with this teaching record");
    asha.answers("finish", &[]).await.leads_to("finished");
    world.is_blocked(&asha).await;
    assert_eq!(world.was_blocked(&account).await, 1);
}

#[actix_web::test]
async fn while_the_records_are_down_what_they_said_last_counts() {
    for barred in [true, false] {
        let world = World::new().await;
        if barred {
            world.bars_asha().await;
        }
        world.registers("optional", ASHA, "Asha", "Bennett").await;
        world.source.is_in(Mood::Fails);
        let asha = world.person_from("blocking").await;
        if barred {
            asha.proves(ASHA).await.leads_to("finished");
            world.is_blocked(&asha).await;
        } else {
            asha.proves(ASHA).await.leads_to("your-details");
            asha.confirms_their_details().await.ends();
        }
    }
}

#[actix_web::test]
async fn a_prohibition_outlasts_the_record_that_it_is_on() {
    let world = World::new().await;
    world.bars_asha().await;
    world.registers("optional", ASHA, "Asha", "Bennett").await;
    world.has_records([TeachingRecord { active: false, ..world.record("1000001").await }]).await;
    let asha = world.person_from("blocking").await;
    asha.proves(ASHA).await.leads_to("finished");
    world.is_blocked(&asha).await;
}

#[actix_web::test]
async fn a_prohibition_that_has_ended_keeps_nobody_out() {
    let world = World::new().await;
    world.bars_asha().await;
    world.registers("optional", ASHA, "Asha", "Bennett").await;
    let over = Alert { end: prohibition().start.succ_opt(), ..prohibition() };
    world.has_records([TeachingRecord { alerts: vec![over], ..world.record("1000001").await }]).await;
    let account = world.signs_in("blocking", ASHA).await;
    assert!(!account.is_prohibited(), "what was seen last is that it has ended");
    world.source.is_in(Mood::Fails);
    world.signs_in("blocking", ASHA).await;
}

#[actix_web::test]
async fn somebody_whose_record_is_found_quietly_is_kept_out_and_not_linked() {
    let world = World::new().await;
    let account = world.registers_without_record("optional", "morgan@example.com", Says::Neither).await;
    let morgan = record("1000007", "Morgan", "Reid", "morgan@example.com");
    world.has_records([TeachingRecord { alerts: vec![prohibition()], ..morgan }]).await;
    let morgan = world.person_from("blocking").await;
    morgan.proves("morgan@example.com").await.leads_to("finished");
    world.is_blocked(&morgan).await;
    assert_eq!(world.account_with(account.id).await.trn(), None);
    assert!(world.letters("morgan@example.com").await.is_empty());
}

#[actix_web::test]
async fn somebody_whose_record_is_searched_for_the_first_time_is_kept_out_and_not_linked() {
    let world = World::new().await;
    world.bars_asha().await;
    let account = world.registers("no-trn", ASHA, "Asha", "Bennett").await;
    let asha = world.person_from("blocking").await;
    asha.proves(ASHA).await.leads_to("finished");
    world.is_blocked(&asha).await;
    assert_eq!(world.account_with(account.id).await, account);
    assert_eq!(world.was_blocked(&account).await, 1);
}
