//! Calls to a partner that misbehaves in every way that a simulator knows: never longer than the budget, the right error,
//! and all well as soon as the partner is.

#[path = "../support/tls.rs"]
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use actix_web::{HttpResponse, web};
use partners::http::{Address, Answer, CallError, Partner, Repeat};
use partners::simulators::server::Running;
use partners::simulators::{Fault, Switch};
use serde_json::{Value, json};
use tls::{Certificate, TlsFront};
use url::Url;

const BUDGET: Duration = Duration::from_millis(500);
/// A machine with other work on it.
const GRACE: Duration = Duration::from_millis(1_500);

struct World {
    simulator: Running,
    asked: Arc<AtomicU32>,
    partner: Partner,
}

fn partner(base: Url) -> Partner {
    Partner::new("example", Address::new(base, BUDGET)).unwrap()
}

fn simulator(listen: SocketAddr, fault: Fault) -> (Running, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = asked.clone();
    let routes = move |config: &mut web::ServiceConfig| {
        let counted = counted.clone();
        let answer = move || {
            counted.fetch_add(1, Ordering::SeqCst);
            async { HttpResponse::Ok().json(json!({ "answer": 42 })) }
        };
        let refusal = || async { HttpResponse::UnprocessableEntity().json(json!({ "error": "no" })) };
        let away = || async { HttpResponse::Found().insert_header(("Location", "/answer")).finish() };
        config.route("/answer", web::route().to(answer)).route("/refusal", web::route().to(refusal));
        config.route("/away", web::route().to(away));
    };
    (Running::start(listen, Switch::new(fault), routes).unwrap(), asked)
}

impl World {
    fn new(fault: Fault) -> World {
        let (simulator, asked) = simulator(([127, 0, 0, 1], 0).into(), fault);
        World { partner: partner(simulator.url()), simulator, asked }
    }

    async fn calls(&self, path: &str, repeat: Repeat) -> Result<Answer, CallError> {
        let began = Instant::now();
        let answer = self.partner.call("test", repeat, |client| client.get(self.partner.url(path))).await;
        assert!(began.elapsed() < BUDGET + GRACE, "it took {:?}", began.elapsed());
        answer
    }

    /// All is well again, once the partner is, and has been left alone for as long as it asked.
    async fn is_answered_again(&self) {
        self.simulator.switch.turn(Fault::None);
        let answer = self.calls("answer", Repeat::No).await.unwrap();
        assert_eq!(answer.json::<Value>().unwrap(), json!({ "answer": 42 }));
    }
}

#[actix_web::test]
async fn an_answer_comes_whole_with_its_status_whatever_that_is_below_500() {
    let world = World::new(Fault::None);
    assert!(world.calls("answer", Repeat::Yes).await.unwrap().is_success());
    let refusal = world.calls("refusal", Repeat::Yes).await.unwrap();
    assert_eq!((refusal.status, refusal.json::<Value>().unwrap()), (422, json!({ "error": "no" })));
    assert_eq!(world.calls("away", Repeat::Yes).await.unwrap().status, 302, "no redirect is followed");
}

#[actix_web::test]
async fn nobody_waits_longer_than_the_budget_for_a_partner_that_is_slow() {
    for repeat in [Repeat::Yes, Repeat::No] {
        let world = World::new(Fault::Slow(30));
        assert!(matches!(world.calls("answer", repeat).await, Err(CallError::Late)));
        world.is_answered_again().await;
    }
}

#[actix_web::test]
async fn half_an_answer_is_none() {
    let world = World::new(Fault::Resetting);
    assert!(matches!(world.calls("answer", Repeat::Yes).await, Err(CallError::Broken(_))));
    world.is_answered_again().await;
}

#[actix_web::test]
async fn a_failure_of_the_partners_is_told_as_one() {
    let world = World::new(Fault::Failing);
    assert!(matches!(world.calls("answer", Repeat::Yes).await, Err(CallError::Failed(500))));
    world.is_answered_again().await;
}

#[actix_web::test]
async fn what_is_no_json_cannot_be_used() {
    for fault in [Fault::Html, Fault::Malformed] {
        let world = World::new(fault);
        let answer = world.calls("answer", Repeat::Yes).await.unwrap();
        let error = answer.json::<Value>().unwrap_err();
        assert!(matches!(&error, CallError::Unreadable(_)), "{error}");
        world.is_answered_again().await;
    }
}

#[actix_web::test]
async fn of_fifty_megabytes_no_more_is_read_than_any_answer_has() {
    let world = World::new(Fault::Huge);
    assert!(matches!(world.calls("answer", Repeat::Yes).await, Err(CallError::Unreadable(_))));
    world.is_answered_again().await;
}

#[actix_web::test]
async fn a_partner_that_is_busy_is_left_alone_for_as_long_as_it_says() {
    let world = World::new(Fault::Busy(2));
    let Err(CallError::Resting(pause)) = world.calls("answer", Repeat::Yes).await else { panic!("it is busy") };
    assert_eq!(pause, Duration::from_secs(2));
    world.simulator.switch.turn(Fault::None);
    assert!(matches!(world.calls("answer", Repeat::Yes).await, Err(CallError::Resting(_))));
    assert_eq!(world.asked.load(Ordering::SeqCst), 0, "nobody has asked it meanwhile");
    tokio::time::sleep(pause).await;
    world.is_answered_again().await;
}

#[actix_web::test]
async fn a_partner_that_fails_five_times_in_a_row_is_not_called_for_a_while() {
    let world = World::new(Fault::Failing);
    for _ in 0..5 {
        assert!(matches!(world.calls("answer", Repeat::No).await, Err(CallError::Failed(500))));
    }
    world.simulator.switch.turn(Fault::None);
    assert!(matches!(world.calls("answer", Repeat::No).await, Err(CallError::Resting(_))));
    assert_eq!(world.asked.load(Ordering::SeqCst), 0);
}

#[actix_web::test]
async fn a_call_that_may_be_repeated_gets_a_fresh_connection_when_a_kept_one_has_died() {
    let world = World::new(Fault::None);
    world.calls("answer", Repeat::Yes).await.unwrap();
    let listen = ([127, 0, 0, 1], world.simulator.url().port().unwrap()).into();
    world.simulator.stop().await;
    let (restarted, _) = simulator(listen, Fault::None);
    let world = World { simulator: restarted, ..World::new(Fault::None) };
    let partner = partner(world.simulator.url());
    let answer = partner.call("test", Repeat::Yes, |client| client.get(partner.url("answer"))).await;
    assert!(answer.unwrap().is_success());
}

#[actix_web::test]
async fn a_partner_that_does_not_listen_is_an_error_and_is_called_again_when_it_does() {
    let world = World::new(Fault::None);
    let listen = ([127, 0, 0, 1], world.simulator.url().port().unwrap()).into();
    let World { simulator: stopped, partner, .. } = world;
    stopped.stop().await;
    let call = || partner.call("test", Repeat::Yes, |client| client.get(partner.url("answer")));
    assert!(matches!(call().await, Err(CallError::Broken(_))));
    let _restarted = simulator(listen, Fault::None);
    assert!(call().await.unwrap().is_success());
}

#[actix_web::test]
async fn a_certificate_that_has_expired_is_refused_and_a_valid_one_of_the_same_authority_is_not() {
    let world = World::new(Fault::None);
    let behind = ([127, 0, 0, 1], world.simulator.url().port().unwrap()).into();
    for certificate in [Certificate::Expired, Certificate::Valid] {
        let front = TlsFront::start(behind, certificate).await;
        let address = Address { authorities: front.authority(), ..Address::new(front.url(), BUDGET * 4) };
        let partner = Partner::new("example", address).unwrap();
        let answer = partner.call("test", Repeat::No, |client| client.get(partner.url("answer"))).await;
        match certificate {
            Certificate::Valid => assert!(answer.unwrap().is_success()),
            Certificate::Expired => assert!(matches!(answer, Err(CallError::Broken(_))), "{answer:?}"),
        }
    }
    let untrusted = TlsFront::start(behind, Certificate::Valid).await;
    let partner = partner(untrusted.url());
    let answer = partner.call("test", Repeat::No, |client| client.get(partner.url("answer"))).await;
    assert!(matches!(answer, Err(CallError::Broken(_))), "an authority that nobody knows certifies nothing");
}

#[actix_web::test]
async fn what_an_error_says_has_neither_the_address_nor_the_answer_in_it() {
    for fault in [Fault::Resetting, Fault::Failing, Fault::Malformed, Fault::Html, Fault::Busy(9), Fault::Slow(30)] {
        let world = World::new(fault);
        let error = match world.calls("answer?email=jane@example.com", Repeat::Yes).await {
            Ok(answer) => answer.json::<Value>().unwrap_err(),
            Err(error) => error,
        };
        let mut texts = vec![format!("{error:?}")];
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(told) = cause {
            texts.push(told.to_string());
            cause = told.source();
        }
        for secret in ["jane", "surprise", "answer?", "back soon"] {
            assert!(texts.iter().all(|text| !text.contains(secret)), "{secret} in {texts:?}");
        }
    }
}
