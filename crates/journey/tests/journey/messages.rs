use identity::client::ClientId;
use identity::email::Email;
use identity::message::Message;
use identity::outbox::{Channel, SEAL_PURPOSE};
use identity::trn::Trn;
use journey::messages::{Addressee, RecordFound};

use crate::world::World;

const EMAIL: &str = "asha@example.com";

#[actix_web::test]
async fn a_code_comes_as_text_and_as_html_and_says_which_service_it_is_for() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    let code = asha.code(EMAIL).await;
    let message = world.mailbox().await.remove(0);
    assert_eq!((message.template.as_str(), message.subject), ("one-time-code", format!("{code} is your code")));
    for text in [message.body, message.html.unwrap()] {
        for part in [code.as_str(), "The optional service", "10 minutes", "help@example.com"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

#[actix_web::test]
async fn a_letter_to_the_holder_of_an_account_is_sealed_for_the_outbox() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    asha.proves(EMAIL).await;
    asha.says_who_they_are("Asha", "Bennett", ["14", "3", "1985"]).await;
    asha.answers("check-answers", &[]).await.creates();
    let account = world.account(EMAIL).await.unwrap();
    let client = world.journeys.clients.find(&ClientId::parse("optional").unwrap()).unwrap();

    let trn = Trn::parse("1000001").unwrap();
    let letter = RecordFound { addressee: Addressee::of(&account).at(&client), trn };
    let row = world.journeys.outgoing(&letter, &Email::parse("Asha@example.com").unwrap()).unwrap();
    assert_eq!((row.channel, row.created_at), (Channel::Email, world.journeys.clock.now()));
    assert!(!row.sealed.contains("1000001"));

    let opened = world.journeys.key_ring.open(SEAL_PURPOSE, &row.sealed).unwrap();
    let message: Message = serde_json::from_slice(&opened).unwrap();
    assert_eq!((message.to.as_str(), message.template.as_str()), ("Asha@example.com", "record-found"));
    assert!(message.body.starts_with("Hello Asha,\n"), "{}", message.body);
    assert!(message.body.contains("The optional service") && message.body.contains("1000001"), "{}", message.body);
    assert_eq!(message.one_time_code, None);
}
