//! The way to webhooks, against a simulated endpoint.

#[path = "../support/tls.rs"]
#[expect(dead_code, reason = "webhooks are certified by public authorities alone")]
mod tls;

use std::time::{Duration, Instant};

use identity::carrier::{Carrier, NotCarried, Refusal};
use identity::clock::{Clock, FakeClock, Time};
use identity::random::Random;
use identity::webhook::{Notification, Webhook, WebhookEvent, WebhookName, WebhookSecret, Webhooks};
use partners::simulators::webhook::Webhook as Simulator;
use partners::simulators::{Fault, Switch};
use partners::webhooks::HttpWebhooks;
use tls::{Certificate, TlsFront};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_millis(300);
const OLD: &str = "6BF0A1E6D4B7C2593E8F10A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E6";
const NEW: &str = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

struct World {
    simulator: Simulator,
    webhooks: Webhooks,
}

fn clock() -> Clock {
    FakeClock::at(Time::from_timestamp(1_790_000_000, 0).unwrap()).clock()
}

impl World {
    fn new() -> World {
        let simulator = Simulator::start("127.0.0.1:0".parse().unwrap(), Switch::default()).unwrap();
        let webhooks = Webhooks::new(vec![webhook(&simulator, &[OLD])]);
        World { simulator, webhooks }
    }

    /// A way of its own each time: nobody is left alone.
    async fn tells(&self) -> Result<(), NotCarried> {
        let carrier = HttpWebhooks::with_patience(self.webhooks.clone(), clock(), PATIENCE).unwrap();
        carrier.carry(Random::seeded(9).uuid(), &notification()).await.map(|_| ())
    }
}

fn webhook(simulator: &Simulator, secrets: &[&str]) -> Webhook {
    Webhook {
        name: WebhookName::parse("npq").unwrap(),
        endpoint: simulator.url(),
        secrets: secrets.iter().map(|secret| WebhookSecret::parse(secret).unwrap()).collect(),
        enabled: true,
        events: vec![WebhookEvent::UserCreated],
    }
}

fn notification() -> Notification {
    let id: Uuid = "f3b7c0a8-8f5f-4a3c-9b1e-2f6d1c0a7e55".parse().unwrap();
    let body = r#"{"messageType":"Ping","message":{}}"#.into();
    Notification { webhook: WebhookName::parse("npq").unwrap(), id, body }
}

// Made with `openssl dgst -sha256 -mac HMAC`.
const HUB_OLD: &str = "D9EAF837ACB8A6FEC66FD2284D910D1E14350EBFA98D6850B349100282DCD105";
const STANDARD_OLD: &str = "x30RGSeVDm4iPTu1J7WQZuRn1McaJoInbcinsml/7co=";
const STANDARD_NEW: &str = "VGoQjldyRPrOQHUgSyv4Yf4+QBf6gHjOHtKdJ4Tvn6A=";

#[tokio::test]
async fn a_notification_arrives_byte_by_byte_and_with_both_signatures() {
    let world = World::new();
    world.tells().await.unwrap();
    let [received] = &world.simulator.received()[..] else { panic!("there is one") };
    assert_eq!(received.body, notification().body);
    for (name, value) in [
        ("content-type", "application/json"),
        ("user-agent", "Teacher Identity"),
        ("x-teacheridentity-notificationid", "f3b7c0a8-8f5f-4a3c-9b1e-2f6d1c0a7e55"),
        ("x-hub-signature-256", HUB_OLD),
        ("webhook-id", "f3b7c0a8-8f5f-4a3c-9b1e-2f6d1c0a7e55"),
        ("webhook-timestamp", "1790000000"),
        ("webhook-signature", &format!("v1,{STANDARD_OLD}")),
    ] {
        assert_eq!(received.headers.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[tokio::test]
async fn while_a_secret_changes_both_sign_and_what_waited_is_signed_with_the_new_one() {
    let world = World::new();
    world.simulator.running.switch.turn(Fault::Failing);
    assert!(matches!(world.tells().await, Err(NotCarried::Later(_))));
    world.simulator.running.switch.turn(Fault::None);
    world.webhooks.replace(vec![webhook(&world.simulator, &[OLD, NEW])]);
    world.tells().await.unwrap();
    world.webhooks.replace(vec![webhook(&world.simulator, &[NEW])]);
    world.tells().await.unwrap();
    let signatures: Vec<_> =
        world.simulator.received().into_iter().map(|received| received.headers["webhook-signature"].clone()).collect();
    assert_eq!(signatures, [format!("v1,{STANDARD_OLD} v1,{STANDARD_NEW}"), format!("v1,{STANDARD_NEW}")]);
}

#[tokio::test]
async fn any_success_is_one_and_whatever_else_is_told_again_but_gone() {
    let world = World::new();
    for (status, again) in [(200, None), (202, None), (302, Some(true)), (400, Some(true)), (404, Some(true))]
        .into_iter()
        .chain([(410, Some(false)), (429, Some(true)), (503, Some(true))])
    {
        world.simulator.answers(status);
        let told = match world.tells().await {
            Ok(()) => None,
            Err(NotCarried::Refused(Refusal::Address)) => Some(false),
            Err(_) => Some(true),
        };
        assert_eq!(told, again, "{status}");
    }
    assert_eq!(world.simulator.received().len(), 8, "no redirect was followed");
}

#[tokio::test]
async fn who_is_disabled_or_gone_is_not_told_and_nothing_waits_for_them() {
    let world = World::new();
    let disabled = Webhook { enabled: false, ..webhook(&world.simulator, &[OLD]) };
    for webhooks in [vec![disabled], Vec::new()] {
        world.webhooks.replace(webhooks);
        assert!(matches!(world.tells().await, Err(NotCarried::Refused(Refusal::Address))));
    }
    assert!(world.simulator.received().is_empty());
}

#[tokio::test]
async fn a_slow_endpoint_and_one_that_resets_hold_nobody_up_and_are_told_again() {
    let world = World::new();
    for fault in [Fault::Slow(30), Fault::Failing, Fault::Resetting, Fault::Busy(1)] {
        world.simulator.running.switch.turn(fault);
        let began = Instant::now();
        assert!(matches!(world.tells().await, Err(NotCarried::Later(_))), "{fault:?}");
        assert!(began.elapsed() < 4 * PATIENCE);
    }
    // Its status has said all that we want to hear.
    for fault in [Fault::Huge, Fault::Html, Fault::Malformed] {
        world.simulator.running.switch.turn(fault);
        world.tells().await.unwrap();
    }
}

#[tokio::test]
async fn the_error_does_not_name_the_address() {
    let world = World::new();
    let endpoint = "http://127.0.0.1:1/hook?between=us".parse().unwrap();
    world.webhooks.replace(vec![Webhook { endpoint, ..webhook(&world.simulator, &[OLD]) }]);
    let error = world.tells().await.unwrap_err();
    assert!(!format!("{error:?}").contains("between"), "{error:?}");
}

#[tokio::test]
async fn who_fails_five_times_in_a_row_is_left_alone_and_keeps_nobody_else_waiting() {
    let world = World::new();
    let other = Simulator::start("127.0.0.1:0".parse().unwrap(), Switch::default()).unwrap();
    let name = WebhookName::parse("other").unwrap();
    let others = Webhook { name: name.clone(), ..webhook(&other, &[OLD]) };
    world.webhooks.replace(vec![webhook(&world.simulator, &[OLD]), others]);
    let carrier = HttpWebhooks::with_patience(world.webhooks.clone(), clock(), PATIENCE).unwrap();
    let id = Random::seeded(9).uuid();
    world.simulator.answers(503);
    for _ in 0..8 {
        assert!(matches!(carrier.carry(id, &notification()).await, Err(NotCarried::Later(_))));
    }
    assert_eq!(world.simulator.received().len(), 5);
    carrier.carry(id, &Notification { webhook: name, ..notification() }).await.unwrap();
    assert_eq!(other.received().len(), 1);
}

#[tokio::test]
async fn a_certificate_that_has_expired_or_that_nobody_vouches_for_is_not_taken() {
    let world = World::new();
    let behind = world.simulator.running.url().socket_addrs(|| None).unwrap()[0];
    for certificate in [Certificate::Expired, Certificate::Valid] {
        let front = TlsFront::start(behind, certificate).await;
        let endpoint = front.url().join("hook").unwrap();
        world.webhooks.replace(vec![Webhook { endpoint, ..webhook(&world.simulator, &[OLD]) }]);
        assert!(matches!(world.tells().await, Err(NotCarried::Later(_))));
    }
    assert!(world.simulator.received().is_empty());
}
