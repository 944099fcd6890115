//! A mail server, against its simulator.

#[path = "../support/tls.rs"]
mod tls;

use std::time::{Duration as Budget, Instant};

use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::clock::{FakeClock, Time};
use identity::message::Message;
use identity::secret::Plain;
use partners::messages::smtp::{Security, Settings, Smtp};
use partners::simulators::{MailManner, MailServer};
use tls::{Certificate, TlsFront};
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(77);
/// Long enough for every machine to answer.
const BUDGET: Budget = Budget::from_secs(10);
/// Longer than the budget by what a busy machine needs.
const PATIENCE: Budget = Budget::from_secs(5);

fn settings(port: u16) -> Settings {
    Settings {
        host: "localhost".into(),
        port,
        security: Security::None,
        credentials: None,
        from: "Get an Identity <no-reply@identity.example>".parse().unwrap(),
        time_budget: BUDGET,
        authority: Vec::new(),
    }
}

fn smtp(settings: Settings) -> Smtp {
    let clock = FakeClock::at(Time::from_timestamp(1_790_000_000, 0).unwrap());
    Smtp::new(settings, clock.clock()).unwrap()
}

async fn server() -> (MailServer, Settings) {
    let server = MailServer::start(0).await.unwrap();
    let settings = settings(server.address().port());
    (server, settings)
}

fn letter(to: &str) -> Message {
    Message {
        to: to.into(),
        template: "one-time-code".into(),
        subject: "123456 is your code".into(),
        body: "Zoë, enter this code:\n\n123456\n".into(),
        html: Some("<!doctype html><p>123456</p>".into()),
        one_time_code: Some("123456".into()),
    }
}

#[tokio::test]
async fn a_mail_arrives_in_both_forms_with_our_id_and_the_time_of_our_clock() {
    let (server, settings) = server().await;
    let carried = smtp(settings).carry(ID, &letter("Jane@example.com")).await.unwrap();
    assert_eq!(carried, Carried::default());
    let mail = &server.received()[0];
    assert_eq!((mail.from.as_str(), &mail.to), ("no-reply@identity.example", &vec!["Jane@example.com".to_owned()]));
    for header in [
        "From: \"Get an Identity\" <no-reply@identity.example>\r\n",
        "To: Jane@example.com\r\n",
        "Subject: 123456 is your code\r\n",
        "Date: Mon, 21 Sep 2026 14:13:20 +0000\r\n",
        "Message-ID: <00000000-0000-0000-0000-00000000004d@identity.example>\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Content-Type: multipart/alternative;",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
    ] {
        assert!(mail.text.contains(header), "{header}: {}", mail.text);
    }
}

#[tokio::test]
async fn a_letter_without_html_and_a_second_on_the_same_connection_arrive_too() {
    let (server, settings) = server().await;
    let smtp = smtp(settings);
    for _ in 0..2 {
        smtp.carry(ID, &Message { html: None, ..letter("jane@example.com") }).await.unwrap();
    }
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert!(!received[1].text.contains("multipart"));
}

#[tokio::test]
async fn whoever_has_a_user_and_a_password_signs_in() {
    let (server, settings) = server().await;
    let credentials = Some(("user".to_owned(), Plain::new("password")));
    smtp(Settings { credentials, ..settings }).carry(ID, &letter("jane@example.com")).await.unwrap();
    assert_eq!(server.received()[0].signed_in.as_deref(), Some("AHVzZXIAcGFzc3dvcmQ="));
}

#[tokio::test]
async fn what_is_wrong_with_the_address_is_told_from_what_is_wrong_with_the_mail_or_with_us() {
    let (server, settings) = server().await;
    let smtp = smtp(settings);
    let refused = |outcome: Result<_, NotCarried>| match outcome.unwrap_err() {
        NotCarried::Refused(refusal) => Some(refusal),
        NotCarried::Later(cause) => {
            assert!(!format!("{cause:?}").contains("jane"), "{cause:?}");
            None
        }
        busy => panic!("{busy:?}"),
    };
    assert_eq!(refused(smtp.carry(ID, &letter("perm-fail@example.com")).await), Some(Refusal::Address));
    assert_eq!(refused(smtp.carry(ID, &letter("temp-fail@example.com")).await), None);
    for (reply, expected) in [
        ("550 nobody", Some(Refusal::Address)),
        ("553 5.1.3 that is no address: jane@example.com", Some(Refusal::Address)),
        ("550 5.7.1 jane@example.com may not", None),
        ("552 5.3.4 too big", Some(Refusal::Content)),
        ("421 4.3.2 closing", None),
        ("hello", None),
    ] {
        server.turn(MailManner::Says(reply));
        assert_eq!(refused(smtp.carry(ID, &letter("jane@example.com")).await), expected, "{reply}");
    }
    server.turn(MailManner::Honest);
    smtp.carry(ID, &letter("jane@example.com")).await.unwrap();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_server_that_says_nothing_breaks_off_or_is_gone_takes_no_longer_than_the_budget_and_works_afterwards() {
    let (server, settings) = server().await;
    let port = settings.port;
    server.turn(MailManner::Silent);
    let impatient = smtp(Settings { time_budget: Budget::from_millis(300), ..settings.clone() });
    let began = Instant::now();
    let error = impatient.carry(ID, &letter("jane@example.com")).await.unwrap_err();
    assert!(matches!(error, NotCarried::Later(_)) && began.elapsed() < PATIENCE, "{error:?}");

    let smtp = smtp(settings);
    server.turn(MailManner::Drops);
    let error = smtp.carry(ID, &letter("jane@example.com")).await.unwrap_err();
    assert!(matches!(error, NotCarried::Later(_)), "{error:?}");
    server.turn(MailManner::Honest);
    smtp.carry(ID, &letter("jane@example.com")).await.unwrap();

    server.stop().await;
    let error = smtp.carry(ID, &letter("jane@example.com")).await;
    // A connection that was kept may still be served.
    assert!(error.is_ok() || matches!(error, Err(NotCarried::Later(_))));
    let server = MailServer::start(port).await.unwrap();
    smtp.carry(ID, &letter("jane@example.com")).await.unwrap();
    drop(server);
}

#[tokio::test]
async fn over_tls_mail_goes_to_a_server_with_a_valid_certificate_only() {
    for (certificate, arrives) in [(Certificate::Valid, true), (Certificate::Expired, false)] {
        let (server, settings) = server().await;
        let front = TlsFront::start(server.address(), certificate).await;
        let port = front.url().port().unwrap();
        let trusting = Settings { port, security: Security::Tls, authority: front.authority(), ..settings };
        let outcome = smtp(trusting.clone()).carry(ID, &letter("jane@example.com")).await;
        assert_eq!(outcome.is_ok(), arrives, "{outcome:?}");
        let strange = Settings { authority: Vec::new(), ..trusting };
        assert!(smtp(strange).carry(ID, &letter("jane@example.com")).await.is_err());
        assert_eq!(server.received().len(), usize::from(arrives));
    }
}

#[tokio::test]
async fn where_tls_is_asked_for_nothing_goes_out_without() {
    let (server, settings) = server().await;
    for security in [Security::StartTls, Security::Tls] {
        let credentials = Some(("user".to_owned(), Plain::new("password")));
        let secure = Settings { security, credentials, time_budget: Budget::from_secs(2), ..settings.clone() };
        let error = smtp(secure).carry(ID, &letter("jane@example.com")).await.unwrap_err();
        assert!(matches!(error, NotCarried::Later(_)), "{error:?}");
    }
    assert!(server.received().is_empty());
}
