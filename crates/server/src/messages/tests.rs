//! Receipts, and addresses that take no messages, over a real store.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::Duration;
use identity::address::Address;
use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::clock::{FakeClock, Time};
use identity::email::Email;
use identity::key_ring::{KeyRing, SealingKey};
use identity::message::Message;
use identity::outbox::{Channel, OutboxMessage, OutboxState, Problem, SEAL_PURPOSE};
use identity::random::Random;
use identity::secret::HashKey;
use store::{PoolSettings, Store};
use tempfile::TempDir;
use uuid::Uuid;

use super::receipts::{self, Ending};
use super::*;
use crate::outbox::Outbox;

const ADDRESS: &str = "Jane@example.com";

/// Refuses addresses of `refused@`, and takes the rest.
#[derive(Default)]
struct Post(Mutex<Vec<Uuid>>);

#[async_trait]
impl Carrier<Message> for Post {
    async fn carry(&self, id: Uuid, message: &Message) -> Result<Carried, NotCarried> {
        self.0.lock().unwrap().push(id);
        let refused = message.to.starts_with("refused@");
        if refused { Err(NotCarried::Refused(Refusal::Address)) } else { Ok(Carried::default()) }
    }
}

struct World {
    outbox: Outbox,
    post: Arc<Post>,
    known: Arc<Known>,
    hash_key: HashKey,
    clock: FakeClock,
    _folder: TempDir,
}

fn message(to: &str, is_code: bool) -> Message {
    let text = || "text".to_owned();
    let one_time_code = is_code.then(|| "123456".into());
    Message { to: to.into(), template: text(), subject: text(), body: text(), html: None, one_time_code }
}

impl World {
    async fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, PoolSettings::default()).unwrap();
        store.migrate().await.unwrap();
        let (post, hash_key) = (Arc::new(Post::default()), HashKey::new(&[7; 32]));
        let clock = FakeClock::at(Time::from_timestamp(1_790_000_000, 0).unwrap());
        let known = Arc::new(Known {
            channel: Channel::Email,
            carrier: post.clone(),
            store: store.clone(),
            hash_key: hash_key.clone(),
            clock: clock.clock(),
        });
        let carrier: Arc<dyn Carrier<Message>> = known.clone();
        let outbox = Outbox {
            store,
            key_ring: KeyRing::new(vec![SealingKey { id: "a".into(), key: [7; 32] }]).unwrap(),
            clock: clock.clock(),
            random: Random::system(),
            carriers: Arc::new(Carriers::default().with(Channel::Email, carrier)),
            patience: Duration::days(3),
        };
        World { outbox, post, known, hash_key, clock, _folder: folder }
    }

    /// Puts a letter into the outbox and has it carried.
    async fn carries(&self, to: &str) -> Uuid {
        let Outbox { key_ring, random, clock, store, .. } = &self.outbox;
        let sealed = key_ring.seal(SEAL_PURPOSE, &serde_json::to_vec(&message(to, false)).unwrap(), random);
        let row = OutboxMessage::new(random.uuid(), Channel::Email, sealed, clock.now());
        let (id, until) = (row.id, row.created_at + Duration::seconds(60));
        let put = move |db: &mut store::Db<'_>| {
            db.outbox().put(&row)?;
            db.outbox().take_untried(id, until)
        };
        let taken = store.transact(put).await.unwrap().unwrap();
        self.outbox.deliver(taken).await.unwrap();
        self.clock.advance(Duration::seconds(1));
        id
    }

    async fn is_told(&self, id: Uuid, ending: Ending) -> bool {
        receipts::take(&self.outbox, &self.hash_key, id, ending).await.unwrap()
    }

    async fn row(&self, id: Uuid) -> OutboxMessage {
        self.outbox.store.read(move |db| db.outbox().by_id(id)).await.unwrap().unwrap()
    }

    async fn came_to(&self, id: Uuid) -> (OutboxState, Option<Problem>) {
        let row = self.row(id).await;
        (row.state, row.problem)
    }

    async fn is_noted(&self, to: &str) -> bool {
        let address = Address::Email(Email::parse(to).unwrap()).undeliverable_hash(&self.hash_key);
        self.outbox.store.read(move |db| db.undeliverable_addresses().is_noted(&address)).await.unwrap()
    }
}

#[tokio::test]
async fn a_letter_that_arrived_is_known_to_have_arrived_and_a_second_receipt_is_no_news() {
    let world = World::new().await;
    let id = world.carries(ADDRESS).await;
    assert!(world.is_told(id, Ending::Delivered).await);
    assert!(!world.is_told(id, Ending::Delivered).await);
    assert_eq!(world.came_to(id).await, (OutboxState::Arrived, None));
    assert!(!world.is_told(Uuid::from_u128(9), Ending::PermanentFailure).await, "that one is not ours");
}

#[tokio::test]
async fn a_letter_that_came_back_keeps_others_from_being_sent_until_one_arrives() {
    let world = World::new().await;
    let (id, other) = (world.carries(ADDRESS).await, world.carries(ADDRESS).await);
    assert!(world.is_told(id, Ending::PermanentFailure).await);
    assert!(!world.is_told(id, Ending::PermanentFailure).await);
    assert_eq!(world.came_to(id).await, (OutboxState::Returned, Some(Problem::Address)));

    let next = world.carries("jane@EXAMPLE.com").await;
    assert_eq!(world.came_to(next).await, (OutboxState::GivenUp, Some(Problem::Bounces)));
    assert_eq!(*world.post.0.lock().unwrap(), [id, other], "nobody was asked to carry it");
    let elsewhere = world.carries("joan@example.com").await;
    assert_eq!(world.came_to(elsewhere).await, (OutboxState::Carried, None));

    assert!(world.is_told(other, Ending::Delivered).await);
    let after = world.carries(ADDRESS).await;
    assert_eq!(world.came_to(after).await, (OutboxState::Carried, None));
}

#[tokio::test]
async fn a_code_is_carried_to_an_address_from_which_letters_came_back() {
    let world = World::new().await;
    let id = world.carries(ADDRESS).await;
    world.is_told(id, Ending::PermanentFailure).await;
    assert!(world.known.carry(id, &message(ADDRESS, true)).await.is_ok());
    let error = world.known.carry(id, &message(ADDRESS, false)).await.unwrap_err();
    assert!(matches!(error, NotCarried::Refused(Refusal::Bounces)), "{error:?}");
}

#[tokio::test]
async fn an_address_that_is_refused_is_noted() {
    let world = World::new().await;
    let id = world.carries("refused@example.com").await;
    assert_eq!(world.came_to(id).await, (OutboxState::GivenUp, Some(Problem::Address)));
    assert!(world.is_noted("Refused@example.com").await && !world.is_noted(ADDRESS).await);
}

#[tokio::test]
async fn a_full_mailbox_is_held_against_nobody_and_what_the_carrier_could_not_send_goes_out_again() {
    let world = World::new().await;
    let (full, failed) = (world.carries(ADDRESS).await, world.carries(ADDRESS).await);
    world.is_told(full, Ending::TemporaryFailure).await;
    assert_eq!(world.came_to(full).await, (OutboxState::Returned, Some(Problem::Unreachable)));
    assert!(!world.is_noted(ADDRESS).await);

    assert!(world.is_told(failed, Ending::TechnicalFailure).await);
    assert_eq!(world.came_to(failed).await, (OutboxState::Due, Some(Problem::NoAnswer)));
    assert!(world.row(failed).await.state_at > world.clock.clock().now());
    assert!(!world.is_told(failed, Ending::TechnicalFailure).await, "it is on its way again");
}

#[tokio::test]
async fn a_receipt_that_comes_before_what_the_carrier_said_is_written_down_stands() {
    let world = World::new().await;
    let Outbox { key_ring, random, clock, store, .. } = &world.outbox;
    let sealed = key_ring.seal(SEAL_PURPOSE, &serde_json::to_vec(&message(ADDRESS, false)).unwrap(), random);
    let row = OutboxMessage::new(random.uuid(), Channel::Email, sealed, clock.now());
    let (id, until) = (row.id, row.created_at + Duration::seconds(60));
    let put = move |db: &mut store::Db<'_>| {
        db.outbox().put(&row)?;
        db.outbox().take_untried(id, until)
    };
    let taken = store.transact(put).await.unwrap().unwrap();
    assert!(world.is_told(id, Ending::PermanentFailure).await);
    world.outbox.deliver(taken).await.unwrap();
    assert_eq!(world.came_to(id).await, (OutboxState::Returned, Some(Problem::Address)));
}
