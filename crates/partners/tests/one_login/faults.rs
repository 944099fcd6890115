//! Whatever One Login does, nobody waits longer than the budget, and all works again once it is well.

use std::time::{Duration, Instant};

use identity::one_login::{Level, NotProved, OneLogin as _};
use partners::simulators::Fault;

use crate::tls::{Certificate, TlsFront};
use crate::world::{BUDGET, World, asha};

const FAULTS: [Fault; 7] =
    [Fault::Slow(30), Fault::Resetting, Fault::Failing, Fault::Busy(1), Fault::Html, Fault::Huge, Fault::Malformed];

/// What it costs besides waiting.
const SPARE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn no_fault_keeps_anybody_longer_than_the_budget_on_the_way_there() {
    for fault in FAULTS {
        let world = World::with_budget(BUDGET);
        world.turns(fault);
        let began = Instant::now();
        let refused = world.client.authorize(&world.remembers(Level::Identity)).await;
        assert!(matches!(refused, Err(NotProved::Unavailable(_))), "{fault:?}: {refused:?}");
        assert!(began.elapsed() < BUDGET + SPARE, "{fault:?}");
    }
}

#[tokio::test]
async fn no_fault_keeps_anybody_longer_than_the_budget_on_the_way_back_and_it_works_again_afterwards() {
    for fault in FAULTS {
        let world = World::with_budget(BUDGET);
        let remembered = world.remembers(Level::Identity);
        let code = world.code(&remembered, &asha()).await;
        world.turns(fault);
        let began = Instant::now();
        let refused = world.client.redeem(&code, &remembered).await;
        // What is published is kept, so only the token endpoint and what follows it can fail. An answer that is no JSON
        // is no answer.
        assert!(matches!(refused, Err(NotProved::Unavailable(_))), "{fault:?}: {refused:?}");
        assert!(began.elapsed() < BUDGET + SPARE, "{fault:?}");
        world.turns(Fault::None);
        if let Fault::Busy(seconds) = fault {
            tokio::time::sleep(Duration::from_secs(seconds) + Duration::from_millis(100)).await;
        }
        let again = world.signs_in(Level::Identity, &asha()).await;
        assert!(again.is_ok(), "{fault:?}: {again:?}");
    }
}

#[tokio::test]
async fn nobody_there_is_unavailable() {
    let World { simulator, client, random, .. } = World::with_budget(BUDGET);
    simulator.running.stop().await;
    let remembered = identity::one_login::Remembered::new(Level::Identity, &random);
    let refused = client.authorize(&remembered).await;
    assert!(matches!(refused, Err(NotProved::Unavailable(_))), "{refused:?}");
}

#[tokio::test]
async fn another_issuer_at_the_same_address_is_not_believed() {
    let world = World::with(Duration::from_secs(20), |settings| {
        let mut issuer = settings.issuer.clone();
        issuer.set_host(Some("localhost")).unwrap();
        partners::one_login::Settings { issuer: issuer.join("other/").unwrap(), ..settings }
    });
    let refused = world.client.authorize(&world.remembers(Level::Identity)).await;
    assert!(matches!(refused, Err(NotProved::Unavailable(_))), "{refused:?}");
}

#[tokio::test]
async fn an_expired_certificate_is_refused_at_once() {
    let behind = World::with_budget(BUDGET);
    let url = behind.simulator.running.url();
    let address = (url.host_str().unwrap().parse::<std::net::IpAddr>().unwrap(), url.port().unwrap()).into();
    let front = TlsFront::start(address, Certificate::Expired).await;
    let world = World::with(BUDGET, |settings| partners::one_login::Settings {
        issuer: front.url(),
        authorities: front.authority(),
        ..settings
    });
    let began = Instant::now();
    let refused = world.client.authorize(&world.remembers(Level::Identity)).await;
    let Err(NotProved::Unavailable(cause)) = refused else { panic!("{refused:?}") };
    let causes = std::iter::successors(Some(&*cause as &dyn std::error::Error), |cause| cause.source());
    let told: Vec<String> = causes.map(ToString::to_string).collect();
    assert!(told.iter().any(|cause| cause.contains("certificate")), "{told:?}");
    assert!(began.elapsed() < BUDGET + SPARE);
}
