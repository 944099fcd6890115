//! GOV.UK Notify, against its simulator.

#[path = "../support/tls.rs"]
mod tls;

mod faults;
mod receipts;
mod refusals;
mod sending;

use std::net::SocketAddr;
use std::time::Duration as Budget;

use identity::clock::{Clock, FakeClock, Time};
use identity::message::Message;
use identity::random::Random;
use partners::http::Address;
use partners::messages::notify::{Notify, Templates};
use partners::simulators::notify::{self as simulator, Callback, SAMPLE_KEY, Settings};
use partners::simulators::{Fault, Switch};
use url::Url;
use uuid::Uuid;

pub const EMAIL: Uuid = Uuid::from_u128(1);
pub const SMS: Uuid = Uuid::from_u128(2);
pub const CODE: Uuid = Uuid::from_u128(3);
pub const ID: Uuid = Uuid::from_u128(77);

pub fn now() -> Time {
    Time::from_timestamp(1_790_000_000, 0).unwrap()
}

pub fn clock() -> Clock {
    FakeClock::at(now()).clock()
}

pub fn settings(callback: Option<Callback>) -> Settings {
    let key = SAMPLE_KEY.parse().unwrap();
    Settings { key, email_template: EMAIL, sms_template: SMS, code_templates: vec![CODE], callback }
}

pub fn start(settings: Settings) -> simulator::Notify {
    let listen: SocketAddr = ([127, 0, 0, 1], 0).into();
    simulator::Notify::start(listen, Switch::new(Fault::None), settings, (clock(), Random::seeded(1))).unwrap()
}

/// Long enough for every machine to answer.
const BUDGET: Budget = Budget::from_secs(10);

pub fn emails_within(budget: Budget, base: Url, clock: Clock) -> Notify {
    let address = Address::new(base, budget);
    Notify::emails(address, SAMPLE_KEY.parse().unwrap(), Templates::one(EMAIL), clock).unwrap()
}

pub fn emails_at(base: Url, clock: Clock) -> Notify {
    emails_within(BUDGET, base, clock)
}

pub fn emails(notify: &simulator::Notify) -> Notify {
    emails_at(notify.running.url(), clock())
}

pub fn texts(notify: &simulator::Notify) -> Notify {
    emails(notify).texts(Templates::one(SMS))
}

pub fn message(to: &str) -> Message {
    Message {
        to: to.into(),
        template: "one-time-code".into(),
        subject: "123456 is your code".into(),
        body: "Enter this code:\n\n123456\n".into(),
        html: Some("<p>not for Notify".into()),
        one_time_code: Some("123456".into()),
    }
}
