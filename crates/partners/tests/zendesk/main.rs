//! Zendesk: the client against the simulator, over a socket.

mod contract;
mod faults;
mod recorded;
#[path = "../support/tls.rs"]
mod tls;

use std::time::Duration;

use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::email::Email;
use identity::help_desk::{DeskItem, Opened, Requester, Solved};
use identity::random::Random;
use identity::ticket::{Reference, TicketId};
use partners::help_desk::{Zendesk, ZendeskSettings};
use partners::http::Address;
use partners::simulators::Switch;
use partners::simulators::zendesk::{Agent, Zendesk as Simulator};
use url::Url;
use uuid::Uuid;

const BUDGET: Duration = Duration::from_millis(400);

struct World {
    simulator: Simulator,
    zendesk: Zendesk,
    random: Random,
}

fn settings() -> ZendeskSettings {
    ZendeskSettings {
        email: "desk@example.com".into(),
        token: "t0ken".into(),
        tags: vec!["get-an-identity".into()],
        custom_field: Some((4_419_328_659_089, "request_from_identity_auth_service".into())),
    }
}

fn client(base: Url, settings: ZendeskSettings) -> Zendesk {
    Zendesk::new(Address::new(base, BUDGET), settings).unwrap()
}

impl World {
    fn new() -> World {
        let agent = Agent { email: settings().email, token: settings().token };
        let simulator = Simulator::start("127.0.0.1:0".parse().unwrap(), Switch::default(), agent).unwrap();
        World { zendesk: client(simulator.running.url(), settings()), simulator, random: Random::seeded(1) }
    }

    async fn carries(&self, id: Uuid, item: &DeskItem) -> Result<Carried, NotCarried> {
        self.zendesk.carry(id, item).await
    }

    /// What it is called over there.
    async fn opens(&self, item: &DeskItem) -> String {
        self.carries(self.random.uuid(), item).await.unwrap().reference.unwrap()
    }
}

fn opened() -> DeskItem {
    DeskItem::Opened(Opened {
        ticket: TicketId::new(&Random::seeded(7)),
        reference: Reference::parse("GAI-4KX7-M2PQ").unwrap(),
        subject: "[Get an Identity] Jane Smith: which teaching record is theirs?".into(),
        comment: "Reference: GAI-4KX7-M2PQ\nName: Jane Smith".into(),
        requester: Requester { name: "Jane Smith".into(), email: Email::parse("jane@example.com").unwrap() },
    })
}

fn solved(known_as: Option<&str>) -> DeskItem {
    DeskItem::Solved(Solved {
        ticket: opened().ticket(),
        reference: opened().reference().clone(),
        comment: "GAI-4KX7-M2PQ: there is no record, by Nadia.".into(),
        known_as: known_as.map(Into::into),
    })
}

fn is_refused(outcome: &Result<Carried, NotCarried>) -> bool {
    matches!(outcome, Err(NotCarried::Refused(Refusal::Content)))
}

fn is_later(outcome: &Result<Carried, NotCarried>) -> bool {
    matches!(outcome, Err(NotCarried::Later(_)))
}
