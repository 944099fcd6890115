//! What the commands print, told of real keys in a real store.

use identity::client::SigningAlgorithm;
use identity::clock::{FakeClock, Time};
use identity::key_life::{KeyTimes, in_state};
use identity::key_ring::{KeyRing, SealingKey};
use identity::random::Random;
use identity::signing_key::KeyState;
use oidc::{KeyKeeper, Keys};
use store::{PoolSettings, Store};
use tempfile::TempDir;

use super::*;

const TIMES: KeyTimes = KeyTimes {
    cached_for: Duration::minutes(10),
    read_every: Duration::seconds(10),
    longest_token: Duration::hours(1),
    rotate_every: Some(Duration::days(90)),
};

struct World {
    keeper: KeyKeeper,
    clock: FakeClock,
    _folder: TempDir,
}

impl World {
    /// A server has started.
    async fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, PoolSettings::default()).unwrap();
        store.migrate().await.unwrap();
        let clock = FakeClock::at(Time::from_timestamp(1_790_000_000, 0).unwrap());
        let ring = KeyRing::new(vec![SealingKey { id: "test".into(), key: [9; 32] }]).unwrap();
        let random = Random::seeded(1);
        Keys::load_or_create(&store, &ring, &clock.clock(), &random).await.unwrap();
        let keeper = KeyKeeper { store, ring, clock: clock.clock(), random, times: TIMES };
        World { keeper, clock, _folder: folder }
    }

    async fn kid(&self, algorithm: SigningAlgorithm, state: KeyState) -> String {
        let keys = self.keeper.store.read(|db| db.signing_keys().all()).await.unwrap();
        in_state(&keys, algorithm, state).unwrap().kid.clone()
    }

    /// The lines of the list without those of other algorithms.
    async fn lists(&self, all: bool) -> Vec<String> {
        let list = self.keeper.store.read(move |db| List::read(db, all, TIMES)).await.unwrap().to_string();
        list.lines().filter(|line| line.contains(" ES256 ")).map(str::to_owned).collect()
    }
}

#[actix_web::test]
async fn the_list_tells_what_happens_to_each_key_next() {
    let world = World::new().await;
    let first = world.kid(SigningAlgorithm::ES256, KeyState::Active).await;
    let active = format!("{first} ES256     active   2026-09-21 14:13:20");
    assert_eq!(world.lists(false).await, [format!("{active} has a successor made at 2026-12-20 14:13:20")]);

    let told = Rotation::begin(&world.keeper, &[SigningAlgorithm::ES256]).await.unwrap().to_string();
    let second = world.kid(SigningAlgorithm::ES256, KeyState::Pending).await;
    let signs = format!("ES256: {second} is made now. It is published, and signs from 2026-09-21 14:23:40 (UTC).\n");
    assert!(told.starts_with(&signs) && told.lines().count() == 2, "{told}");
    let again = Rotation::begin(&world.keeper, &[SigningAlgorithm::ES256]).await.unwrap().to_string();
    assert!(again.starts_with(&signs.replace("made now", "pending already")), "{again}");
    let pending = format!("{second} ES256     pending  2026-09-21 14:13:20 becomes active at 2026-09-21 14:23:40");
    assert_eq!(world.lists(false).await, [format!("{active} retires at 2026-09-21 14:23:40"), pending]);

    world.clock.advance(TIMES.until_everywhere());
    let told = Rotation::begin(&world.keeper, &[]).await.unwrap().to_string();
    assert!(told.starts_with(&format!("{second} was due, and is active now.\n")), "{told}");
    let retiring = format!("{first} ES256     retiring 2026-09-21 14:23:40 is gone at 2026-09-21 15:34:00");
    let active = format!("{second} ES256     active   2026-09-21 14:23:40 has a successor made at 2026-12-20 14:23:40");
    assert_eq!(world.lists(false).await, [retiring, active.clone()]);

    world.clock.advance(TIMES.until_gone());
    let told = Rotation::begin(&world.keeper, &[]).await.unwrap().to_string();
    assert!(told.starts_with(&format!("{first} was due, and is gone now.\n")), "{told}");
    assert_eq!(world.lists(false).await, std::slice::from_ref(&active));
    assert_eq!(world.lists(true).await, [format!("{first} ES256     gone     2026-09-21 15:34:00 -"), active]);
}

#[actix_web::test]
async fn a_revocation_tells_what_signs_instead_and_when_everybody_knows() {
    let world = World::new().await;
    let first = world.kid(SigningAlgorithm::EdDSA, KeyState::Active).await;
    let told = Revocation::of(&first, &world.keeper).await.unwrap();
    let second = world.kid(SigningAlgorithm::EdDSA, KeyState::Active).await;
    assert_eq!(
        told.to_string(),
        format!(
            "{first} was active, and is gone. Each server goes by it within 10s; services that keep our keys may take \
             what it signed for 10m more.\n{second} signs from now on."
        )
    );
    let again = Revocation::of(&first, &world.keeper).await.unwrap();
    assert_eq!((again.to_string(), again.is_of_a_key()), (format!("{first} was gone before."), true));
    let nothing = Revocation::of("nothing", &world.keeper).await.unwrap();
    assert_eq!((nothing.to_string(), nothing.is_of_a_key()), ("There is no key nothing.".into(), false));
}

#[actix_web::test]
async fn one_server_at_a_time_moves_keys_on_and_another_when_it_has_died() {
    let world = World::new().await;
    world.clock.advance(TIMES.rotate_every.unwrap());
    assert_eq!(take_turn(&world.keeper, "a").await.unwrap().len(), SigningAlgorithm::ALL.len());
    world.clock.advance(TIMES.until_everywhere());
    assert_eq!(take_turn(&world.keeper, "b").await.unwrap().len(), SigningAlgorithm::ALL.len(), "the lease was over");
    world.clock.advance(TIMES.read_every);
    let keeper =
        KeyKeeper { times: KeyTimes { rotate_every: Some(Duration::zero()), ..TIMES }, ..world.keeper.clone() };
    assert_eq!(take_turn(&keeper, "a").await.unwrap(), [], "somebody else has it");
    world.clock.advance(TIMES.read_every * 2);
    assert_eq!(take_turn(&keeper, "a").await.unwrap().len(), SigningAlgorithm::ALL.len());
}
