use chrono::Duration;
use identity::client::ClientId;

use crate::world::World;

#[actix_web::test]
async fn another_browser_cannot_go_on_and_is_told_why() {
    let world = World::new().await;
    let mut asha = world.person_from("optional").await;
    for cookie in [None, Some("guessed".to_owned()), Some(String::new()), Some("\u{1f642}%00".to_owned())] {
        asha.cookie = cookie;
        asha.visits("email").await.says(403, "You cannot use this page").says(403, "https://optional.example.com/");
        asha.answers("email", &[("email", "a@example.com")]).await.says(403, "You cannot use this page");
    }
    assert!(world.mailbox().await.is_empty());
}

#[actix_web::test]
async fn an_address_that_is_no_journeys_says_so_without_saying_more() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    let mut nobody = world.person_from("optional").await;
    nobody.cookie = asha.cookie.clone();
    nobody.visits("email").await.says(403, "You cannot use this page");
    let unknown =
        crate::world::Person { id: identity::interaction::InteractionId::new(&world.journeys.random), ..asha };
    unknown.visits("email").await.says(404, "You cannot use this page");
}

#[actix_web::test]
async fn a_journey_that_is_two_hours_old_has_expired_and_the_way_back_is_named() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    world.clock.advance(Duration::hours(2) - Duration::seconds(1));
    asha.visits("email").await.says(200, "What is your email address?");
    world.clock.advance(Duration::seconds(1));
    asha.visits("email").await.says(410, "https://optional.example.com/");
    asha.answers("email", &[("email", "a@example.com")]).await.says(410, "start again");
    assert!(world.mailbox().await.is_empty());
}

#[actix_web::test]
async fn who_comes_back_after_the_end_is_told_that_they_have_finished_and_can_continue() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    asha.proves("asha@example.com").await;
    asha.says_who_they_are("Asha", "Bennett", ["14", "3", "1985"]).await;
    asha.answers("check-answers", &[]).await.creates();
    for page in ["", "email", "check-answers", "finished"] {
        let words = format!("/oauth2/authorize/{}", asha.id);
        asha.visits(page).await.says(200, "You have created your account").says(200, &words);
    }
    asha.answers("check-answers", &[]).await.leads_to("finished");
    let accounts = world.account("asha@example.com").await;
    asha.answers("preferred-name", &[("preferred_name", "Changed")]).await.leads_to("finished");
    assert_eq!(world.account("asha@example.com").await, accounts);
}

#[actix_web::test]
async fn a_journey_of_a_client_that_was_taken_away_cannot_go_on() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    world.journeys.clients.replace(Vec::new());
    assert!(world.journeys.clients.find(&ClientId::parse("optional").unwrap()).is_none());
    asha.visits("email").await.says(404, "You cannot use this page");
}

#[actix_web::test]
async fn two_tabs_do_not_share_a_slot() {
    let world = World::new().await;
    let one = world.person_from("no-trn").await;
    let other = world.person_from("no-trn").await;
    one.proves("one@example.com").await.leads_to("official-name");
    other.proves("two@example.com").await.leads_to("official-name");
    one.says_who_they_are("Asha", "One", ["14", "3", "1985"]).await.leads_to("check-answers");
    other.says_who_they_are("Asha", "Two", ["14", "3", "1985"]).await.leads_to("check-answers");
    one.answers("check-answers", &[]).await.creates();
    other.answers("check-answers", &[]).await.creates();
    assert_eq!(world.account("one@example.com").await.unwrap().official_name.last.as_str(), "One");
    assert_eq!(world.account("two@example.com").await.unwrap().official_name.last.as_str(), "Two");
}

#[actix_web::test]
async fn a_stored_state_that_nobody_can_read_starts_the_questions_again() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    let id = asha.id;
    let spoilt = world.journeys.store.transact(move |db| db.interactions().save_state(&id, 0, "{\"answers\":7}")).await;
    assert!(spoilt.unwrap());
    asha.visits("").await.leads_to("email");
    asha.answers("email", &[("email", "asha@example.com")]).await.leads_to("email-code");
}
