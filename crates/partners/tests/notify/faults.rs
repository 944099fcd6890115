use std::time::Instant;

use identity::carrier::{Carrier, NotCarried};

use super::*;
use crate::tls::{Certificate, TlsFront};

/// Longer than the budget by what a busy machine needs.
const PATIENCE: Budget = Budget::from_secs(5);

#[actix_web::test]
async fn whatever_is_wrong_with_it_a_message_waits_no_longer_than_the_budget_and_goes_out_afterwards() {
    let faults = [Fault::Slow(30), Fault::Resetting, Fault::Failing, Fault::Html, Fault::Huge, Fault::Malformed];
    for fault in faults {
        let notify = start(settings(None));
        // Only who waits for nothing has a budget that is soon used up.
        let budget = if fault == Fault::Slow(30) { Budget::from_millis(600) } else { BUDGET };
        let emails = emails_within(budget, notify.running.url(), clock());
        notify.running.switch.turn(fault);
        let began = Instant::now();
        let error = emails.carry(ID, &message("jane@example.com")).await.unwrap_err();
        assert!(matches!(error, NotCarried::Later(_)), "{fault:?}: {error:?}");
        assert!(began.elapsed() < PATIENCE, "{fault:?}: {:?}", began.elapsed());
        let told = format!("{error:?}");
        assert!(!told.contains("jane") && !told.contains("123456"), "{told}");
        notify.running.switch.turn(Fault::None);
        let sound = emails_at(notify.running.url(), clock());
        let emails = if fault == Fault::Slow(30) { sound } else { emails };
        emails.carry(ID, &message("jane@example.com")).await.unwrap();
        assert!(!notify.received().is_empty(), "{fault:?}");
    }
}

#[actix_web::test]
async fn a_busy_notify_is_left_alone_for_as_long_as_it_says_for_emails_and_for_text_messages() {
    let notify = start(settings(None));
    let (emails, texts) = {
        let emails = emails(&notify);
        let texts = emails.texts(Templates::one(SMS));
        (emails, texts)
    };
    notify.running.switch.turn(Fault::Busy(7));
    let error = emails.carry(ID, &message("jane@example.com")).await.unwrap_err();
    assert!(matches!(error, NotCarried::Busy { after } if after == Budget::from_secs(7)), "{error:?}");
    notify.running.switch.turn(Fault::None);
    let error = texts.carry(ID, &message("+447700900001")).await.unwrap_err();
    assert!(matches!(error, NotCarried::Busy { .. }), "{error:?}");
}

#[actix_web::test]
async fn a_notify_that_is_not_there_takes_nothing_until_it_is_back() {
    let notify = start(settings(None));
    let (emails, address) = (emails(&notify), notify.running.url());
    notify.running.stop().await;
    let error = emails.carry(ID, &message("jane@example.com")).await.unwrap_err();
    assert!(matches!(error, NotCarried::Later(_)), "{error:?}");
    let listen = ([127, 0, 0, 1], address.port().unwrap()).into();
    let back = simulator::Notify::start(listen, Switch::new(Fault::None), settings(None), (clock(), Random::seeded(2)));
    let back = back.unwrap();
    emails.carry(ID, &message("jane@example.com")).await.unwrap();
    assert_eq!(back.received().len(), 1);
}

#[actix_web::test]
async fn over_tls_messages_go_to_a_notify_with_a_valid_certificate_only() {
    for (certificate, arrives) in [(Certificate::Valid, true), (Certificate::Expired, false)] {
        let notify = start(settings(None));
        let behind = notify.running.url().socket_addrs(|| None).unwrap()[0];
        let front = TlsFront::start(behind, certificate).await;
        let address = Address { authorities: front.authority(), ..Address::new(front.url(), BUDGET) };
        let emails = Notify::emails(address, SAMPLE_KEY.parse().unwrap(), Templates::one(EMAIL), clock()).unwrap();
        let outcome = emails.carry(ID, &message("jane@example.com")).await;
        assert_eq!(outcome.is_ok(), arrives, "{outcome:?}");
        assert_eq!(notify.received().len(), usize::from(arrives));
    }
}
