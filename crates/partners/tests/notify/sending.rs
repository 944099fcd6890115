use std::collections::BTreeMap;

use chrono::Duration;
use identity::carrier::{Carrier, NotCarried};
use identity::clock::FakeClock;
use identity::outbox::Channel;
use partners::messages::notify::{Notify, Templates};
use partners::simulators::Fault;

use super::*;

#[actix_web::test]
async fn an_email_arrives_with_its_subject_its_text_and_our_id_as_the_reference() {
    let notify = start(settings(None));
    let carried = emails(&notify).carry(ID, &message("Jane@example.com")).await.unwrap();
    let received = &notify.received()[0];
    assert_eq!(carried.reference, Some(received.id.to_string()));
    assert_eq!(received.reference, Some(ID.to_string()));
    assert_eq!((received.channel, received.to.as_str()), (Channel::Email, "Jane@example.com"));
    assert_eq!(received.subject.as_deref(), Some("123456 is your code"));
    assert_eq!((received.template_id, received.body.as_str()), (EMAIL, "Enter this code:\n\n123456\n"));
}

#[actix_web::test]
async fn a_text_message_arrives_with_its_text() {
    let notify = start(settings(None));
    texts(&notify).carry(ID, &message("+447700900001")).await.unwrap();
    let received = &notify.received()[0];
    assert_eq!((received.channel, received.to.as_str()), (Channel::Sms, "+447700900001"));
    assert_eq!((received.template_id, &received.subject), (SMS, &None));
}

#[actix_web::test]
async fn a_letter_with_a_template_of_its_own_is_sent_by_that_one_with_its_code() {
    let notify = start(settings(None));
    let own = BTreeMap::from([("one-time-code".to_owned(), CODE)]);
    let address = Address::new(notify.running.url(), BUDGET);
    let key = SAMPLE_KEY.parse().unwrap();
    let emails = Notify::emails(address, key, Templates { any: EMAIL, own }, clock()).unwrap();
    emails.carry(ID, &message("jane@example.com")).await.unwrap();
    let other = Message { template: "trn-told".into(), ..message("jane@example.com") };
    emails.carry(ID, &other).await.unwrap();
    let received = notify.received();
    assert_eq!((received[0].template_id, received[0].body.as_str()), (CODE, "123456"));
    assert_eq!(received[1].template_id, EMAIL);
}

#[actix_web::test]
async fn each_call_is_signed_at_its_own_time_and_a_clock_that_is_wrong_is_not_let_in() {
    let notify = start(settings(None));
    let fake = FakeClock::at(now() - Duration::seconds(31));
    let emails = emails_at(notify.running.url(), fake.clock());
    let error = emails.carry(ID, &message("jane@example.com")).await.unwrap_err();
    assert!(matches!(error, NotCarried::Later(_)), "{error:?}");
    assert!(notify.received().is_empty());
    fake.advance(Duration::seconds(1));
    emails.carry(ID, &message("jane@example.com")).await.unwrap();
    fake.advance(Duration::seconds(60));
    emails.carry(ID, &message("jane@example.com")).await.unwrap();
    fake.advance(Duration::seconds(1));
    assert!(emails.carry(ID, &message("jane@example.com")).await.is_err());
}

#[actix_web::test]
async fn an_answer_for_another_message_is_not_taken_for_ours() {
    let notify = start(settings(None));
    notify.running.switch.turn(Fault::Lying);
    let error = emails(&notify).carry(ID, &message("jane@example.com")).await.unwrap_err();
    assert!(matches!(error, NotCarried::Later(_)), "{error:?}");
}

/// Its letters go out as Markdown: an escape in one would be a change of its words at Notify only.
#[test]
fn nothing_in_our_letters_has_to_be_escaped() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../journey/src/messages/snapshots");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts: Vec<_> = files.filter(|path| path.to_str().unwrap().ends_with(".txt.snap")).collect();
    assert!(texts.len() > 20, "{}", texts.len());
    for path in texts {
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, letter) = text.split_once("\nTo: ").unwrap();
        assert_eq!(partners::messages::notify::as_markdown(letter), letter, "{}", path.display());
    }
}
