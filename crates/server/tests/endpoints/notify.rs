//! Messages by GOV.UK Notify, against its simulator, and where there are no text messages.

use chrono::DateTime;
use identity::clock::FakeClock;
use identity::outbox::{Channel, OutboxState};
use identity::random::Random;
use partners::simulators::notify::{EMAIL_TEMPLATE, Notify, SAMPLE_KEY, SMS_TEMPLATE, Settings};
use partners::simulators::{Fault, Switch};

use crate::world::{World, authorization_request};

fn notify() -> Notify {
    let settings = Settings {
        key: SAMPLE_KEY.parse().unwrap(),
        email_template: EMAIL_TEMPLATE,
        sms_template: SMS_TEMPLATE,
        code_templates: Vec::new(),
        callback: None,
    };
    let clock = FakeClock::at(DateTime::from_timestamp(1_790_000_000, 0).unwrap()).clock();
    Notify::start(([127, 0, 0, 1], 0).into(), Switch::default(), settings, (clock, Random::seeded(3))).unwrap()
}

async fn world(notify: &Notify) -> World {
    World::new(&[
        ("GAI__MESSAGES__EMAIL", "notify"),
        ("GAI__MESSAGES__SMS", "notify"),
        ("GAI__NOTIFY__BASE_URL", notify.running.url().as_str()),
        ("GAI__NOTIFY__API_KEY", SAMPLE_KEY),
        ("GAI__NOTIFY__EMAIL_TEMPLATE", &EMAIL_TEMPLATE.to_string()),
        ("GAI__NOTIFY__SMS_TEMPLATE", &SMS_TEMPLATE.to_string()),
    ])
    .await
}

/// The address of the first page.
async fn begins(world: &World) -> String {
    let first = world.visits(&authorization_request("demo-trn-optional", &[])).await;
    world.follows(first).await.0
}

#[actix_web::test]
async fn a_code_is_at_notify_before_the_person_is_at_the_page_that_asks_for_it() {
    let notify = notify();
    let world = world(&notify).await;
    let page = begins(&world).await;
    let seen = world.submits(&page, &[("email", "asha@example.com")]).await;
    let (code_page, _) = world.follows(seen).await;
    let received = notify.received();
    let row = world.parts.store.read(|db| db.outbox().newest_first(1)).await.unwrap().remove(0);
    assert_eq!((row.state, row.reference), (OutboxState::Carried, Some(received[0].id.to_string())));
    assert_eq!(received[0].reference, Some(row.id.to_string()));
    let code = received[0].subject.as_ref().unwrap().split(' ').next().unwrap().to_owned();

    let seen = world.submits(&code_page, &[("one_time_code", &code)]).await;
    let (mobile, _) = world.follows(seen).await;
    world.submits(&mobile, &[("mobile", "07700 900 001")]).await;
    let received = notify.received();
    assert_eq!((received[1].channel, received[1].to.as_str()), (Channel::Sms, "+447700900001"));
}

#[actix_web::test]
async fn an_address_that_notify_refuses_is_an_error_of_its_field_and_is_remembered() {
    let notify = notify();
    let world = world(&notify).await;
    let page = begins(&world).await;
    let seen = world.submits(&page, &[("email", "refused@example.com")]).await;
    assert_eq!(seen.status.as_u16(), 400);
    assert!(seen.text.contains("Enter an email address in the correct format"), "{}", seen.text);
    let code_page = world.visits(&page.replace("/email", "/email-code")).await;
    assert!(code_page.text.contains("Our last message to this address came back"), "{}", code_page.text);
    let seen = world.submits(&page, &[("email", "asha@example.com")]).await;
    assert_eq!(seen.status.as_u16(), 303);
    assert_eq!(notify.received().len(), 1);
}

#[actix_web::test]
async fn while_notify_fails_the_person_goes_on_and_is_told_that_it_takes_longer() {
    let notify = notify();
    let world = world(&notify).await;
    let page = begins(&world).await;
    notify.running.switch.turn(Fault::Failing);
    let seen = world.submits(&page, &[("email", "asha@example.com")]).await;
    let (_, code_page) = world.follows(seen).await;
    assert!(code_page.text.contains("Sending takes longer than usual"), "{}", code_page.text);
    let row = world.parts.store.read(|db| db.outbox().newest_first(1)).await.unwrap().remove(0);
    assert_eq!(row.state, OutboxState::Due);
}

#[actix_web::test]
async fn where_there_are_no_text_messages_every_number_is_refused_and_one_may_go_on_without() {
    let world = World::new(&[("GAI__MESSAGES__SMS", "none")]).await;
    let page = begins(&world).await;
    let seen = world.submits(&page, &[("email", "asha@example.com")]).await;
    let (code_page, _) = world.follows(seen).await;
    let code = world.outbox("asha@example.com").await[0]["one_time_code"].as_str().unwrap().to_owned();
    let seen = world.submits(&code_page, &[("one_time_code", &code)]).await;
    let (mobile, _) = world.follows(seen).await;
    let seen = world.submits(&mobile, &[("mobile", "07700 900 001")]).await;
    assert_eq!(seen.status.as_u16(), 400);
    assert!(seen.text.contains("We cannot text this number"), "{}", seen.text);
    assert_eq!(world.submits(&mobile, &[("without", "true")]).await.status.as_u16(), 303);
}
