//! A register that is out of order: nobody waits longer than the budget, nothing is believed, and all is well afterwards.

use std::future::Future;
use std::time::{Duration, Instant};

use identity::record::{Records, RecordsUnavailable, TeachingRecord};
use partners::http::Address;
use partners::records::RecordsApi;
use partners::simulators::Fault;
use partners::simulators::records::SAMPLE_KEY;

use crate::people::{BUDGET, api, jane, name, register, stated, trn};
use crate::tls::{Certificate, TlsFront};

/// A machine with other work on it.
const GRACE: Duration = Duration::from_millis(1_500);

async fn fails<T: std::fmt::Debug>(answer: impl Future<Output = Result<T, RecordsUnavailable>>, what: &str) {
    let began = Instant::now();
    let answer = answer.await;
    assert!(answer.is_err(), "{what}: {answer:?}");
    assert!(began.elapsed() < BUDGET + GRACE, "{what} took {:?}", began.elapsed());
}

#[actix_web::test]
async fn whatever_is_wrong_every_question_fails_within_the_budget_and_is_answered_afterwards() {
    for fault in
        [Fault::Slow(30), Fault::Resetting, Fault::Failing, Fault::Busy(60), Fault::Html, Fault::Huge, Fault::Malformed]
    {
        let register = register([jane()]);
        register.running.switch.turn(fault);
        // A client each, so that none is left alone for what another has met.
        fails(api(register.url()).candidates(&stated()), &format!("{fault:?}: candidates")).await;
        fails(api(register.url()).by_trn(&trn("1234567")), &format!("{fault:?}: by_trn")).await;
        fails(api(register.url()).unlock_portal(&trn("1234567")), &format!("{fault:?}: unlock_portal")).await;
        let kept = api(register.url());
        fails(kept.training_providers(), &format!("{fault:?}: training_providers")).await;
        register.running.switch.turn(Fault::None);
        if !matches!(fault, Fault::Busy(_)) {
            assert_eq!(kept.candidates(&stated()).await.unwrap(), [jane()], "{fault:?}");
        }
    }
}

#[actix_web::test]
async fn a_register_that_is_not_there_fails_at_once_and_is_asked_when_it_is_back() {
    let before = register([jane()]);
    let (url, listen) = (before.url(), ([127, 0, 0, 1], before.url().port().unwrap()).into());
    let api = api(url);
    before.running.stop().await;
    fails(api.candidates(&stated()), "candidates").await;
    fails(api.training_providers(), "training_providers").await;
    let switch = partners::simulators::Switch::default();
    let back = partners::simulators::records::RecordsServer::start(listen, switch, SAMPLE_KEY, [jane()]).unwrap();
    assert_eq!(api.candidates(&stated()).await.unwrap(), [jane()]);
    drop(back);
}

#[actix_web::test]
async fn a_register_that_fails_again_and_again_is_left_alone() {
    let register = register([jane()]);
    let api = api(register.url());
    register.running.switch.turn(Fault::Failing);
    for _ in 0..5 {
        fails(api.by_trn(&trn("1234567")), "by_trn").await;
    }
    register.running.switch.turn(Fault::None);
    fails(api.by_trn(&trn("1234567")), "it rests").await;
}

#[actix_web::test]
async fn somebody_elses_record_is_not_believed() {
    let other = TeachingRecord { trn: trn("7654321"), name: name("Ada", "Byron"), emails: Vec::new(), ..jane() };
    let register = register([jane(), other]);
    register.running.switch.turn(Fault::Lying);
    let api = api(register.url());
    fails(api.by_trn(&trn("1234567")), "by_trn").await;
    fails(api.candidates(&stated()), "candidates").await;
    register.running.switch.turn(Fault::None);
    assert!(api.by_trn(&trn("1234567")).await.unwrap().is_some());
}

#[actix_web::test]
async fn an_expired_certificate_is_not_accepted_and_a_valid_one_is() {
    let register = register([jane()]);
    let behind = ([127, 0, 0, 1], register.url().port().unwrap()).into();
    for (certificate, accepted) in [(Certificate::Expired, false), (Certificate::Valid, true)] {
        let front = TlsFront::start(behind, certificate).await;
        let address = Address { authorities: front.authority(), ..Address::new(front.url(), BUDGET * 4) };
        let api = RecordsApi::new(address, identity::secret::Plain::new(SAMPLE_KEY)).unwrap();
        assert_eq!(api.candidates(&stated()).await.is_ok(), accepted);
    }
}
