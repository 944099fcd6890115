//! The worker with a carrier that does as it is told, over a real store.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration as Wait;

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, Courier, Fate, NotCarried, Refusal};
use identity::clock::{FakeClock, Time};
use identity::key_ring::{KeyRing, SealingKey};
use identity::message::Message;
use identity::outbox::{Channel, OutboxMessage, OutboxState, Problem, SEAL_PURPOSE};
use identity::random::Random;
use store::PoolSettings;
use tempfile::TempDir;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::*;

/// What the carrier was given, and how it answers next; with nothing said it takes everything.
#[derive(Default)]
struct Post {
    given: Mutex<Vec<(Uuid, String)>>,
    answers: Mutex<VecDeque<NotCarried>>,
    /// Nothing is answered before there is one of these; None: everything at once.
    permits: Option<Semaphore>,
}

#[async_trait]
impl Carrier<Message> for Post {
    async fn carry(&self, id: Uuid, message: &Message) -> Result<Carried, NotCarried> {
        self.given.lock().unwrap().push((id, message.body.clone()));
        if let Some(permits) = &self.permits {
            permits.acquire().await.unwrap().forget();
        }
        let answer = self.answers.lock().unwrap().pop_front();
        answer.map_or(Ok(Carried { reference: Some("n-1".into()) }), Err)
    }
}

struct World {
    outbox: Outbox,
    post: Arc<Post>,
    clock: FakeClock,
    _folder: TempDir,
}

fn ring() -> KeyRing {
    KeyRing::new(vec![SealingKey { id: "a".into(), key: [7; 32] }]).unwrap()
}

impl World {
    async fn new(post: Post) -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, PoolSettings::default()).unwrap();
        store.migrate().await.unwrap();
        let (post, clock) = (Arc::new(post), FakeClock::at(Time::from_timestamp(1_790_000_000, 0).unwrap()));
        let carrier: Arc<dyn Carrier<Message>> = post.clone();
        let outbox = Outbox {
            store,
            key_ring: ring(),
            clock: clock.clock(),
            random: Random::system(),
            carriers: Arc::new(Carriers::default().with(Channel::Email, carrier)),
            patience: Duration::days(3),
        };
        World { outbox, post, clock, _folder: folder }
    }

    fn message(&self, body: &str) -> OutboxMessage {
        let message = Message {
            to: "jane@example.com".into(),
            template: "t".into(),
            subject: "s".into(),
            body: body.into(),
            html: None,
            one_time_code: None,
        };
        let random = &self.outbox.random;
        let sealed = ring().seal(SEAL_PURPOSE, &serde_json::to_vec(&message).unwrap(), random);
        OutboxMessage::new(random.uuid(), Channel::Email, sealed, self.outbox.clock.now())
    }

    async fn puts(&self, message: OutboxMessage) -> Uuid {
        let id = message.id;
        self.outbox.store.transact(move |db| db.outbox().put(&message)).await.unwrap();
        id
    }

    async fn sees(&self, id: Uuid) -> OutboxMessage {
        self.outbox.store.read(move |db| db.outbox().by_id(id)).await.unwrap().unwrap()
    }

    /// Waits until the message is in the state, as long as a slow machine may take.
    async fn comes_to(&self, id: Uuid, state: OutboxState) -> OutboxMessage {
        for _ in 0..600 {
            let message = self.sees(id).await;
            if message.state == state {
                return message;
            }
            tokio::time::sleep(Wait::from_millis(20)).await;
        }
        panic!("it never came to be {}: {:?}", state.as_str(), self.sees(id).await);
    }

    fn given(&self) -> Vec<(Uuid, String)> {
        self.post.given.lock().unwrap().clone()
    }
}

#[actix_web::test]
async fn what_is_put_goes_out_once_and_keeps_what_the_carrier_calls_it() {
    let world = World::new(Post::default()).await;
    let running = world.outbox.start(4);
    let id = world.puts(world.message("hello")).await;
    let carried = world.comes_to(id, OutboxState::Carried).await;
    assert_eq!((carried.attempts, carried.reference.as_deref()), (1, Some("n-1")));
    running.drain(Wait::from_secs(5)).await;
    assert_eq!(world.given(), [(id, "hello".to_owned())]);
}

#[actix_web::test]
async fn what_was_not_taken_is_tried_again_with_the_same_id() {
    let answers = Mutex::new(VecDeque::from([NotCarried::later("it is down")]));
    let world = World::new(Post { answers, ..Post::default() }).await;
    let running = world.outbox.start(4);
    let id = world.puts(world.message("hello")).await;
    while world.sees(id).await.problem != Some(Problem::NoAnswer) {
        tokio::time::sleep(Wait::from_millis(20)).await;
    }
    world.clock.advance(Duration::seconds(5));
    assert_eq!(world.comes_to(id, OutboxState::Carried).await.attempts, 2);
    running.drain(Wait::from_secs(5)).await;
    assert_eq!(world.given().iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id, id]);
}

#[actix_web::test]
async fn what_a_server_had_taken_when_it_died_comes_back_to_the_others() {
    let world = World::new(Post::default()).await;
    let id = world.puts(world.message("hello")).await;
    let now = world.outbox.clock.now();
    let dead = world.outbox.store.transact(move |db| db.outbox().take_due(Channel::Email, (now, now + LEASE), 1));
    assert_eq!(dead.await.unwrap().len(), 1);
    world.clock.advance(LEASE);
    let running = world.outbox.start(4);
    assert_eq!(world.comes_to(id, OutboxState::Carried).await.attempts, 2);
    running.drain(Wait::from_secs(5)).await;
}

#[actix_web::test]
async fn a_server_that_stops_hands_over_what_it_has_begun_and_takes_nothing_more() {
    let world = World::new(Post { permits: Some(Semaphore::new(0)), ..Post::default() }).await;
    let running = world.outbox.start(1);
    let begun = world.puts(world.message("begun")).await;
    while world.given().is_empty() {
        tokio::time::sleep(Wait::from_millis(20)).await;
    }
    let left = world.puts(world.message("left")).await;
    let draining = actix_web::rt::spawn(running.drain(Wait::from_secs(10)));
    tokio::time::sleep(Wait::from_millis(50)).await;
    assert!(!draining.is_finished(), "it waits for what it has begun");
    world.post.permits.as_ref().unwrap().add_permits(10);
    draining.await.unwrap();
    assert_eq!(world.sees(begun).await.state, OutboxState::Carried);
    assert_eq!((world.sees(left).await.state, world.sees(left).await.attempts), (OutboxState::Due, 0));
}

#[actix_web::test]
async fn no_more_than_so_many_are_under_way_at_the_same_time() {
    let world = World::new(Post { permits: Some(Semaphore::new(0)), ..Post::default() }).await;
    for body in ["1", "2", "3", "4", "5"] {
        world.puts(world.message(body)).await;
    }
    let running = world.outbox.start(2);
    while world.given().len() < 2 {
        tokio::time::sleep(Wait::from_millis(20)).await;
    }
    tokio::time::sleep(Wait::from_millis(700)).await;
    assert_eq!(world.given().len(), 2);
    world.post.permits.as_ref().unwrap().add_permits(10);
    for message in world.outbox.store.read(|db| db.outbox().newest_first(10)).await.unwrap() {
        world.comes_to(message.id, OutboxState::Carried).await;
    }
    running.drain(Wait::from_secs(5)).await;
}

#[actix_web::test]
async fn a_code_that_has_expired_is_not_handed_over_any_more() {
    let world = World::new(Post::default()).await;
    let id = world.puts(world.message("123456").expiring(world.outbox.clock.now() + Duration::seconds(600))).await;
    world.clock.advance(Duration::seconds(600));
    let running = world.outbox.start(4);
    assert_eq!(world.comes_to(id, OutboxState::GivenUp).await.problem, Some(Problem::Expired));
    running.drain(Wait::from_secs(5)).await;
    assert_eq!(world.given(), []);
}

#[actix_web::test]
async fn what_cannot_be_opened_is_given_up_and_keeps_nothing_back() {
    let world = World::new(Post::default()).await;
    let broken = world.puts(OutboxMessage { sealed: "a.nothing".into(), ..world.message("") }).await;
    let other = ring().seal(SEAL_PURPOSE, b"[]", &world.outbox.random);
    let other = world.puts(OutboxMessage { sealed: other, ..world.message("") }).await;
    let sound = world.puts(world.message("hello")).await;
    let running = world.outbox.start(1);
    world.comes_to(sound, OutboxState::Carried).await;
    for id in [broken, other] {
        assert_eq!(world.comes_to(id, OutboxState::GivenUp).await.problem, Some(Problem::Unreadable));
    }
    running.drain(Wait::from_secs(5)).await;
}

#[actix_web::test]
async fn a_carrier_that_is_busy_is_given_nothing_until_it_says() {
    let after = Wait::from_secs(3600);
    let answers = Mutex::new(VecDeque::from([NotCarried::Busy { after }]));
    let world = World::new(Post { answers, ..Post::default() }).await;
    let running = world.outbox.start(1);
    let first = world.puts(world.message("first")).await;
    while world.sees(first).await.problem != Some(Problem::Busy) {
        tokio::time::sleep(Wait::from_millis(20)).await;
    }
    let second = world.puts(world.message("second")).await;
    tokio::time::sleep(Wait::from_millis(1_200)).await;
    assert_eq!((world.sees(second).await.attempts, world.given().len()), (0, 1));
    running.drain(Wait::from_secs(5)).await;
}

#[actix_web::test]
async fn a_hurried_message_is_handed_over_at_once_and_once() {
    let world = World::new(Post::default()).await;
    let courier = OutboxCourier(world.outbox.clone());
    let expires_at = world.outbox.clock.now() + Duration::seconds(600);
    let id = world.puts(world.message("123456").expiring(expires_at)).await;
    assert_eq!(courier.hurry(id).await, Fate::Carried);
    assert_eq!(courier.hurry(id).await, Fate::Waits, "it is nobody's any more");
    assert_eq!((world.sees(id).await.state, world.given().len()), (OutboxState::Carried, 1));
}

#[actix_web::test]
async fn who_hurries_a_message_learns_that_it_was_refused_or_has_to_wait() {
    let refused = || NotCarried::Refused(Refusal::Address);
    let answers = Mutex::new(VecDeque::from([refused(), NotCarried::later("it is down")]));
    let world = World::new(Post { answers, ..Post::default() }).await;
    let courier = OutboxCourier(world.outbox.clone());
    let expires_at = world.outbox.clock.now() + Duration::seconds(600);
    for fate in [Fate::Refused(Refusal::Address), Fate::Waits] {
        let id = world.puts(world.message("123456").expiring(expires_at)).await;
        assert_eq!(courier.hurry(id).await, fate);
    }
}

#[actix_web::test]
async fn an_operator_sees_what_has_not_arrived_and_tries_it_once_more() {
    let world = World::new(Post::default()).await;
    let now = world.outbox.clock.now();
    let unanswered = world.puts(world.message("1").given_up(Problem::NoAnswer, now)).await;
    let refused = world.puts(world.message("2").given_up(Problem::Address, now)).await;
    let waits = world.puts(world.message("3")).await;
    let read = |which| move |db: &mut store::Db<'_>| List::read(db, which, 10, &ring());
    let listed = world.outbox.store.read(read(Which::NotArrived)).await.unwrap().to_string();
    for (id, words) in [(unanswered, "no answer"), (refused, "nobody can be written to"), (waits, "next try")] {
        let line = listed.lines().find(|line| line.contains(&id.to_string())).unwrap();
        assert!(line.contains(words) && line.contains(" t "), "{line}");
    }
    assert!(!listed.contains("example.com"), "whom it is to is not told: {listed}");
    let store = &world.outbox.store;
    assert_eq!(store.transact(move |db| retry_unanswered(db, now)).await.unwrap(), 1);
    assert_eq!(store.transact(move |db| retry_unanswered(db, now)).await.unwrap(), 0);
    assert_eq!(
        (world.sees(unanswered).await.state, world.sees(refused).await.state),
        (OutboxState::Due, OutboxState::GivenUp)
    );
    store.transact(move |db| retry(db, refused, now)).await.unwrap();
    assert_eq!(world.sees(refused).await.state, OutboxState::Due);
    let again = store.transact(move |db| retry(db, refused, now)).await;
    assert!(matches!(again, Err(NotRetried::NotGivenUp(_))), "{again:?}");
    let expired = world.puts(world.message("4").expiring(now).given_up(Problem::Expired, now)).await;
    let again = store.transact(move |db| retry(db, expired, now)).await;
    assert!(matches!(again, Err(NotRetried::Expired(_))), "{again:?}");
    let nobody = world.outbox.random.uuid();
    let again = store.transact(move |db| retry(db, nobody, now)).await;
    assert!(matches!(again, Err(NotRetried::NoSuchMessage(_))), "{again:?}");
}
