//! People without a record: at every sign-in it is searched again, without a question.

use identity::account::{Account, LookupStatus, MatchLevel, RecordLink};
use identity::ticket::{Decision, TicketState};

use crate::people::Says;
use crate::records::{Mood, record, trn};
use crate::world::World;

const MORGAN: &str = "morgan@example.com";

impl World {
    async fn gets_the_record_of_morgan(&self) {
        self.has_records([record("1000007", "Morgan", "Reid", MORGAN)]).await;
    }

    async fn registers_with_status(&self, status: LookupStatus) -> Account {
        let says = if status == LookupStatus::None { Says::Neither } else { Says::Trn };
        let account = self.registers_without_record("optional", MORGAN, says).await;
        if status == LookupStatus::Failed {
            let (id, now) = (account.id, self.journeys.clock.now());
            assert!(self.journeys.store.transact(move |db| db.accounts().deny_record(id, now)).await.unwrap());
        }
        let account = self.account_with(account.id).await;
        assert_eq!(account.lookup_status, Some(status));
        account
    }
}

#[actix_web::test]
async fn a_record_that_there_is_by_now_is_linked_at_the_next_sign_in_and_told() {
    for status in [LookupStatus::None, LookupStatus::Pending, LookupStatus::Failed] {
        let world = World::new().await;
        let before = world.registers_with_status(status).await;
        world.gets_the_record_of_morgan().await;
        let morgan = world.person_from("optional").await;
        morgan.proves(MORGAN).await.leads_to("your-details");
        morgan.visits("your-details").await.says(200, "1000007");
        assert_eq!(world.account_with(before.id).await, before, "nothing is written before they go on");
        morgan.answers("your-details", &[]).await.ends();

        let account = world.account_with(before.id).await;
        assert_eq!(account.lookup_status, Some(LookupStatus::Found), "{status:?}");
        assert_eq!(account.trn(), Some(&trn("1000007")));
        assert!(account.record_seen.is_some());
        assert_eq!(world.search_of(&account).await, None);
        assert!(world.happened(&account).await.contains(&"record_looked_up"));
        let raised: &[&str] = if status == LookupStatus::None { &[] } else { &["ticket-raised"] };
        assert_eq!(world.letters(MORGAN).await, [&["record-found"][..], raised].concat());
        if let Some(ticket) = world.tickets().await.first() {
            let TicketState::Closed { decision, .. } = &ticket.state else { panic!("it is open") };
            assert_eq!(*decision, Decision::FoundByItself(trn("1000007")));
        }
    }
}

#[actix_web::test]
async fn nothing_found_leaves_everything_as_it_was() {
    for mood in [Mood::Answers, Mood::Fails] {
        let world = World::new().await;
        let before = world.registers_with_status(LookupStatus::Pending).await;
        let search = world.search_of(&before).await;
        world.source.is_in(mood);
        let after = world.signs_in("optional", MORGAN).await;
        assert_eq!(Account { last_signed_in_at: before.last_signed_in_at, ..after.clone() }, before);
        assert_eq!(world.search_of(&after).await, search, "it is repeated when it is due");
        assert!(world.open_ticket_of(&after).await.is_some());
        assert_eq!(world.letters(MORGAN).await, ["ticket-raised"]);
    }
}

#[actix_web::test]
async fn a_client_that_asks_for_no_trn_has_nothing_searched() {
    let world = World::new().await;
    let before = world.registers_with_status(LookupStatus::None).await;
    world.gets_the_record_of_morgan().await;
    let asked = world.source.asked();
    let after = world.signs_in("no-trn", MORGAN).await;
    assert_eq!(after.lookup_status, before.lookup_status);
    assert_eq!(world.source.asked(), asked);
}

#[actix_web::test]
async fn a_record_that_another_account_holds_is_left_alone() {
    let world = World::new().await;
    let before = world.registers_with_status(LookupStatus::None).await;
    world.gets_the_record_of_morgan().await;
    let holder = world.person_from("optional").await;
    holder.starts("morgan.other@example.com", "Morgan", "Reid").await.leads_to("has-nino");
    holder.gives_trn("1000007").await.leads_to("check-answers");
    holder.answers("check-answers", &[]).await.creates();
    let after = world.signs_in("optional", MORGAN).await;
    assert_eq!((after.lookup_status, after.trn()), (Some(LookupStatus::None), None));
    assert_eq!(world.happened(&before).await, ["account_registered"]);
    assert!(world.letters(MORGAN).await.is_empty());
}

#[actix_web::test]
async fn details_that_were_corrected_are_searched_with_from_then_on() {
    let world = World::new().await;
    world.gets_the_record_of_morgan().await;
    let morgan = world.person_from("optional").await;
    morgan.proves(MORGAN).await.leads_to("official-name");
    morgan.says_who_they_are("Morgan", "Reid", ["15", "3", "1985"]).await.leads_to("has-nino");
    morgan.has_no_number(Says::Neither).await.leads_to("check-answers");
    morgan.answers("check-answers", &[]).await.creates();
    assert_eq!(world.account(MORGAN).await.unwrap().lookup_status, Some(LookupStatus::None));

    let corrects = world.person_from("optional").await;
    corrects.proves(MORGAN).await.leads_to("your-details");
    let right = [("date_of_birth-day", "14"), ("date_of_birth-month", "3"), ("date_of_birth-year", "1985")];
    corrects.changes("change-date-of-birth", &right).await.leads_to("your-details");
    corrects.confirms_their_details().await.ends();
    assert_eq!(world.signs_in("optional", MORGAN).await.trn(), Some(&trn("1000007")));
}

#[actix_web::test]
async fn details_that_were_corrected_are_searched_with_in_the_background_at_once() {
    let world = World::new().await;
    let account = world.registers_without_record("optional", MORGAN, Says::Trn).await;
    world.has_records([record("1000007", "Morgan", "Read", MORGAN)]).await;
    let corrects = world.person_from("optional").await;
    corrects.proves(MORGAN).await.leads_to("your-details");
    let right = [("first_name", "Morgan"), ("middle_name", ""), ("last_name", "Read")];
    corrects.changes("change-name", &right).await.leads_to("your-details");
    corrects.confirms_their_details().await.ends();
    assert_eq!(world.journeys.repeat_searches().await.unwrap().changed, 1);
    assert_eq!(world.account_with(account.id).await.trn(), Some(&trn("1000007")));
}

#[actix_web::test]
async fn a_link_that_support_makes_while_the_person_looks_at_their_details_stands() {
    let world = World::new().await;
    let before = world.registers_with_status(LookupStatus::Pending).await;
    world.gets_the_record_of_morgan().await;
    let morgan = world.person_from("optional").await;
    morgan.proves(MORGAN).await.leads_to("your-details");

    let link = RecordLink { trn: trn("1000001"), level: MatchLevel::Medium, policy: "support/1".into(), matched: None };
    let (id, name, assigned, now) = (before.id, before.official_name.clone(), link.clone(), world.journeys.clock.now());
    let assign = world.journeys.store.transact(move |db| db.accounts().assign_record(id, &assigned, &name, now));
    assert!(assign.await.unwrap());

    morgan.answers("your-details", &[]).await.ends();
    assert_eq!(world.account_with(before.id).await.record, Some(link));
    assert!(!world.letters(MORGAN).await.contains(&"record-found".to_owned()));
}
