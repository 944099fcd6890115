use identity::carrier::{Carrier, NotCarried, Refusal};
use identity::outbox::Channel;
use partners::messages::notify::Templates;
use partners::simulators::server::Running;
use partners::simulators::{Fault, Switch};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};

use super::*;

/// A server that answers every call with this.
fn answering(status: u16, body: &'static str) -> Running {
    let answer = move || async move {
        let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap());
        answer.content_type("application/json").body(body)
    };
    let routes = move |config: &mut ServiceConfig| {
        config.default_service(web::to(answer));
    };
    Running::start(([127, 0, 0, 1], 0).into(), Switch::new(Fault::None), routes).unwrap()
}

fn refusal(error: NotCarried) -> Option<Refusal> {
    match error {
        NotCarried::Refused(refusal) => Some(refusal),
        _ => None,
    }
}

/// As Notify's documentation has them.
const RECORDED: [(Channel, u16, &str, Option<Refusal>); 13] = [
    (Channel::Email, 400, include_str!("recorded/email_address.json"), Some(Refusal::Address)),
    (Channel::Sms, 400, include_str!("recorded/phone_number.json"), Some(Refusal::Address)),
    (Channel::Email, 400, include_str!("recorded/team_only.json"), Some(Refusal::Address)),
    (Channel::Sms, 400, include_str!("recorded/trial_mode.json"), Some(Refusal::Address)),
    (Channel::Sms, 400, include_str!("recorded/international.json"), Some(Refusal::Address)),
    (Channel::Email, 400, include_str!("recorded/template_id.json"), Some(Refusal::Content)),
    (Channel::Email, 400, include_str!("recorded/missing_personalisation.json"), Some(Refusal::Content)),
    (Channel::Email, 400, include_str!("recorded/template_not_found.json"), Some(Refusal::Content)),
    (Channel::Email, 400, include_str!("recorded/too_long.json"), Some(Refusal::Content)),
    (Channel::Email, 403, include_str!("recorded/clock.json"), None),
    (Channel::Email, 403, include_str!("recorded/key.json"), None),
    (Channel::Email, 400, "{}", None),
    (Channel::Email, 404, "{\"errors\":[]}", None),
];

#[actix_web::test]
async fn what_is_wrong_with_the_address_is_told_from_what_is_wrong_with_the_letter_or_with_us() {
    for (channel, status, body, expected) in RECORDED {
        let server = answering(status, body);
        let emails = emails_at(server.url(), clock());
        let carrier = if channel == Channel::Sms { emails.texts(Templates::one(SMS)) } else { emails };
        let error = carrier.carry(ID, &message("jane@example.com")).await.unwrap_err();
        assert_eq!(refusal(error), expected, "{body}");
        server.stop().await;
    }
}

#[actix_web::test]
async fn the_simulator_refuses_what_notify_refuses() {
    let notify = start(settings(None));
    let refused = |error: Result<_, NotCarried>| refusal(error.unwrap_err());
    let (emails, texts) = (emails(&notify), texts(&notify));
    for to in ["refused@example.com", "jane@example", "+447700900001"] {
        assert_eq!(refused(emails.carry(ID, &message(to)).await), Some(Refusal::Address), "{to}");
    }
    for to in ["jane@example.com", "12"] {
        assert_eq!(refused(texts.carry(ID, &message(to)).await), Some(Refusal::Address), "{to}");
    }
    let of_the_other = emails.texts(Templates::one(EMAIL));
    assert_eq!(refused(of_the_other.carry(ID, &message("+447700900001")).await), Some(Refusal::Content));
    let unknown = emails.texts(Templates::one(ID));
    assert_eq!(refused(unknown.carry(ID, &message("+447700900001")).await), Some(Refusal::Content));
    assert!(notify.received().is_empty());
}

#[actix_web::test]
async fn another_key_is_not_let_in_and_is_in_no_error() {
    let notify = start(settings(None));
    let key = SAMPLE_KEY.replace("5d0c1c3e", "6d0c1c3e").parse().unwrap();
    let address = Address::new(notify.running.url(), BUDGET);
    let emails = Notify::emails(address, key, Templates::one(EMAIL), clock()).unwrap();
    let error = emails.carry(ID, &message("jane@example.com")).await.unwrap_err();
    assert!(matches!(error, NotCarried::Later(_)));
    let told = format!("{error:?} {:?}", std::error::Error::source(&error));
    assert!(!told.contains("6d0c1c3e") && !told.contains("jane"), "{told}");
}
