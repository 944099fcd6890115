//! Tells webhooks what becomes of accounts, the help desk what becomes of tickets, and the register what people want to be
//! changed, by way of the outbox.

use serde::Serialize;
use uuid::Uuid;

use crate::account::{Account, AccountId};
use crate::change_request::ChangeRequest;
use crate::client::Clients;
use crate::clock::Clock;
use crate::help_desk::{DeskItem, Opened, Solved};
use crate::key_ring::KeyRing;
use crate::outbox::{Channel, OutboxMessage, SEAL_PURPOSE};
use crate::random::Random;
use crate::record_change::ChangeAsked;
use crate::teller::Teller;
use crate::ticket::Ticket;
use crate::webhook::{Notification, Payload, WebhookEvent, Webhooks};

#[derive(Clone, Debug)]
pub struct Announcer {
    pub clock: Clock,
    pub random: Random,
    pub key_ring: KeyRing,
    pub clients: Clients,
    pub webhooks: Webhooks,
    /// Is there a help desk to tell?
    pub has_help_desk: bool,
    /// Does the register hear of requests for a change?
    pub has_register: bool,
}

impl Announcer {
    /// One message for each webhook that wants to know, all with the same body.
    fn notify(&self, event: WebhookEvent, about: AccountId, (id, payload): (Uuid, &Payload)) -> Vec<OutboxMessage> {
        let body = payload.to_body();
        let webhooks = self.webhooks.wanting(event).into_iter();
        webhooks
            .map(|webhook| {
                let notification = Notification { webhook: webhook.name.clone(), id, body: body.clone() };
                self.message(Channel::Webhook, &notification, Some(about))
            })
            .collect()
    }

    fn tell_the_desk(&self, ticket: &Ticket, item: &DeskItem) -> Vec<OutboxMessage> {
        vec![self.message(Channel::HelpDesk, item, ticket.account.or(ticket.holder))]
    }

    fn message(&self, channel: Channel, content: &impl Serialize, about: Option<AccountId>) -> OutboxMessage {
        let content = serde_json::to_vec(content).expect("it is plain data");
        let sealed = self.key_ring.seal(SEAL_PURPOSE, &content, &self.random);
        let message = OutboxMessage::new(self.random.uuid(), channel, sealed, self.clock.now());
        OutboxMessage { account: about, ..message }
    }
}

impl Teller for Announcer {
    fn account_created(&self, account: &Account) -> Vec<OutboxMessage> {
        let id = self.random.uuid();
        let payload = Payload::created(id, self.clock.now(), account);
        self.notify(WebhookEvent::UserCreated, account.id, (id, &payload))
    }

    fn account_changed(&self, before: &Account, after: &Account) -> Vec<OutboxMessage> {
        let id = self.random.uuid();
        match Payload::updated(id, self.clock.now(), (before, after)) {
            Some(payload) => self.notify(WebhookEvent::UserUpdated, after.id, (id, &payload)),
            None => Vec::new(),
        }
    }

    fn ticket_raised(&self, ticket: &Ticket) -> Vec<OutboxMessage> {
        if !self.has_help_desk {
            return Vec::new();
        }
        let client = ticket.client.as_ref().and_then(|id| self.clients.find(id));
        self.tell_the_desk(ticket, &DeskItem::Opened(Opened::of(ticket, client.as_deref())))
    }

    fn ticket_closed(&self, ticket: &Ticket, help_desk_id: Option<&str>) -> Vec<OutboxMessage> {
        if !self.has_help_desk {
            return Vec::new();
        }
        let solved = Solved { known_as: help_desk_id.map(Into::into), ..Solved::of(ticket) };
        self.tell_the_desk(ticket, &DeskItem::Solved(solved))
    }

    fn change_asked(&self, request: &ChangeRequest) -> Vec<OutboxMessage> {
        if !self.has_register {
            return Vec::new();
        }
        vec![self.message(Channel::Register, &ChangeAsked { request: request.id }, Some(request.account))]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::change_request::{ChangeRequestId, ChangeState, EvidenceFile, Wanted};
    use crate::clock::{FakeClock, Time};
    use crate::email::Email;
    use crate::key_ring::SealingKey;
    use crate::matching::Identifiers;
    use crate::name::{NamePart, PersonName};
    use crate::ticket::{Reference, TicketId, TicketKind, TicketState};
    use crate::webhook::{Webhook, WebhookName};

    fn noon() -> Time {
        Time::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn announcer(webhooks: &[(&str, &[WebhookEvent])]) -> Announcer {
        let webhook = |(name, events): &(&str, &[WebhookEvent])| Webhook {
            name: WebhookName::parse(name).unwrap(),
            endpoint: "https://a.example/hook".parse().unwrap(),
            secrets: Vec::new(),
            enabled: true,
            events: events.to_vec(),
        };
        Announcer {
            clock: FakeClock::at(noon()).clock(),
            random: Random::seeded(1),
            key_ring: KeyRing::new(vec![SealingKey { id: "one".into(), key: [1; 32] }]).unwrap(),
            clients: Clients::default(),
            webhooks: Webhooks::new(webhooks.iter().map(webhook).collect()),
            has_help_desk: true,
            has_register: true,
        }
    }

    fn name() -> PersonName {
        let part = |text| NamePart::parse(text).unwrap();
        PersonName { first: part("Jane"), middle: None, last: part("Smith") }
    }

    fn jane() -> Account {
        Account {
            id: AccountId::new(&Random::seeded(2)),
            email: Email::parse("jane@example.com").unwrap(),
            mobile: None,
            official_name: name(),
            preferred_name: None,
            date_of_birth: None,
            nino: None,
            lookup_status: None,
            record: None,
            record_seen: None,
            registered_with: None,
            created_at: noon(),
            updated_at: noon(),
            last_signed_in_at: None,
        }
    }

    fn ticket() -> Ticket {
        Ticket {
            id: TicketId::new(&Random::seeded(3)),
            reference: Reference::parse("GAI-4KX7-M2PQ").unwrap(),
            kind: TicketKind::RecordSearch,
            account: Some(jane().id),
            holder: None,
            interaction: None,
            client: None,
            contact: jane().email,
            name: name(),
            preferred_name: None,
            stated: Identifiers::default(),
            claims_qts: None,
            verdict: None,
            state: TicketState::Open,
            created_at: noon(),
        }
    }

    fn opened<T: serde::de::DeserializeOwned>(announcer: &Announcer, message: &OutboxMessage) -> T {
        serde_json::from_slice(&announcer.key_ring.open(SEAL_PURPOSE, &message.sealed).unwrap()).unwrap()
    }

    #[test]
    fn each_webhook_that_wants_to_know_is_told_the_same_under_one_id() {
        use WebhookEvent::{UserCreated, UserUpdated};
        let announcer = announcer(&[("a", &[UserCreated]), ("b", &[UserUpdated]), ("c", &[UserCreated, UserUpdated])]);
        let messages = announcer.account_created(&jane());
        let told: Vec<Notification> = messages.iter().map(|message| opened(&announcer, message)).collect();
        assert_eq!(told.iter().map(|one| one.webhook.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!((told[0].id, &told[0].body), (told[1].id, &told[1].body));
        assert!(messages[0].id != messages[1].id && told[0].id != messages[0].id);
        assert!(messages.iter().all(|one| one.channel == Channel::Webhook && one.account == Some(jane().id)));
        let body: Value = serde_json::from_str(&told[0].body).unwrap();
        assert_eq!(body["notificationId"], told[0].id.to_string());
    }

    #[test]
    fn a_change_that_services_are_not_told_of_is_no_message() {
        let announcer = announcer(&[("a", &[WebhookEvent::UserUpdated])]);
        let later = Account { last_signed_in_at: Some(noon()), ..jane() };
        assert!(announcer.account_changed(&jane(), &later).is_empty());
        let moved = Account { email: Email::parse("j@example.com").unwrap(), ..jane() };
        assert_eq!(announcer.account_changed(&jane(), &moved).len(), 1);
    }

    #[test]
    fn the_help_desk_is_told_of_a_ticket_where_there_is_one() {
        let announcer = announcer(&[]);
        let [raised] = &announcer.ticket_raised(&ticket())[..] else { panic!("it is one") };
        let item: DeskItem = opened(&announcer, raised);
        assert_eq!((raised.channel, raised.account), (Channel::HelpDesk, Some(jane().id)));
        assert!(matches!(item, DeskItem::Opened(opened) if opened.reference == ticket().reference));
        let [closed] = &announcer.ticket_closed(&ticket(), Some("35436"))[..] else { panic!("it is one") };
        let item: DeskItem = opened(&announcer, closed);
        assert!(matches!(item, DeskItem::Solved(solved) if solved.known_as.as_deref() == Some("35436")));

        let without = Announcer { has_help_desk: false, ..announcer };
        assert!(without.ticket_raised(&ticket()).is_empty() && without.ticket_closed(&ticket(), None).is_empty());
    }

    #[test]
    fn the_register_is_told_of_a_request_for_a_change_where_it_wants_to_be() {
        let announcer = announcer(&[]);
        let request = request();
        let [asked] = &announcer.change_asked(&request)[..] else { panic!("it is one") };
        assert_eq!((asked.channel, asked.account), (Channel::Register, Some(request.account)));
        assert_eq!(opened::<ChangeAsked>(&announcer, asked), ChangeAsked { request: request.id });
        let without = Announcer { has_register: false, ..announcer };
        assert!(without.change_asked(&request).is_empty());
    }

    fn request() -> ChangeRequest {
        let (random, kind) = (Random::seeded(5), crate::evidence::EvidenceKind::Pdf);
        let evidence =
            EvidenceFile { id: None, kind, name: crate::evidence::FileName::from("deed.pdf".to_owned()), size: 9 };
        ChangeRequest {
            id: ChangeRequestId::new(&random),
            reference: Reference::new(&random),
            account: AccountId::new(&random),
            wanted: Wanted::OfficialName(name()),
            evidence,
            client: None,
            state: ChangeState::Pending,
            created_at: noon(),
        }
    }
}
