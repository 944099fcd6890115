//! A provider with a database of its own, and the people, clients and browsers that come to it.

mod answer;
mod authorization_request;
mod back_channel;
mod browser;
mod changes;
mod clients;
#[path = "../../../../journey/tests/journey/database.rs"]
mod database;
mod key_sets;
mod pages;
mod people;
mod prover;
mod signer;
mod token_request;
mod tokens;

use std::cell::RefCell;
use std::sync::Arc;

use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web};
use chrono::Duration;
use identity::client::Clients;
use identity::clock::{FakeClock, Time};
use identity::key_ring::{KeyRing, SealingKey};
use identity::random::Random;
use identity::secret::{HashKey, Plain};
use oidc::{Discovery, Issuer, Keys, Provider, PublishedKeys, Refusals, Secrets, Settings};
use store::{PoolSettings, Store};
use tempfile::TempDir;
use url::Url;

pub(crate) use answer::Answer;
pub(crate) use authorization_request::{AuthorizationRequest, VERIFIER, asks, bare};
pub(crate) use back_channel::{Servers, backchannel_logout_uri};
pub(crate) use browser::Browser;
pub(crate) use clients::*;
pub(crate) use database::Database;
pub(crate) use people::Person;
pub(crate) use prover::Prover;
pub(crate) use signer::{Signer, key_set, signer};
pub(crate) use token_request::{TokenRequest, about, redeem, refreshes};
pub(crate) use tokens::{claims, header, s256, unverified};

pub(crate) const ISSUER: &str = "http://localhost:8000";

/// Parameters, in the order in which they are sent.
pub(crate) type Params = Vec<(String, String)>;

pub(crate) struct World {
    pub(crate) provider: web::Data<Provider>,
    pub(crate) clock: FakeClock,
    /// What the client that publishes its keys has published.
    pub(crate) published: Arc<key_sets::TestKeySets>,
    database: Arc<Database>,
    /// The nonce that the server gave last for proofs of keys.
    pub(crate) dpop_nonce: RefCell<String>,
}

impl World {
    pub(crate) async fn new() -> World {
        World::at(ISSUER).await
    }

    pub(crate) async fn at(issuer: &str) -> World {
        World::on(Database::sqlite(), issuer).await
    }

    pub(crate) async fn on(database: Database, issuer: &str) -> World {
        let database = Arc::new(database);
        let clock = FakeClock::at(Time::from_timestamp(1_700_000_000, 0).unwrap());
        World::start(issuer, database, clock, Random::seeded(1)).await
    }

    /// One more server on the same database.
    pub(crate) async fn another_server(&self) -> World {
        let issuer = self.provider.issuer.as_str();
        World::start(issuer, self.database.clone(), self.clock.clone(), Random::seeded(2)).await
    }

    /// The same server after its database went away: what it finds has no tables.
    pub(crate) async fn without_its_database(&self) -> World {
        let issuer = self.provider.issuer.as_str();
        let server = World::start(issuer, self.database.clone(), self.clock.clone(), Random::seeded(3)).await;
        let empty = Arc::new(Database::sqlite());
        let provider = Provider { store: open(&empty.url), ..Arc::into_inner(server.provider.into_inner()).unwrap() };
        World {
            provider: web::Data::new(provider),
            clock: server.clock,
            published: server.published,
            database: empty,
            dpop_nonce: RefCell::default(),
        }
    }

    async fn start(issuer: &str, database: Arc<Database>, clock: FakeClock, random: Random) -> World {
        let store = store_at(&database.url).await;
        let keys = Keys::load_or_create(&store, &key_ring(), &clock.clock(), &random).await.unwrap();
        let published = Arc::new(key_sets::TestKeySets::default());
        let provider = Provider {
            issuer: Issuer::new(&Url::parse(issuer).unwrap()).unwrap(),
            records: Arc::new(store.clone()),
            store,
            clients: Clients::new(clients::all(&random)),
            clock: clock.clock(),
            secrets: Secrets::new(&random).refusing(vec![Plain::new(secret(SAMPLE))]),
            published_keys: PublishedKeys::new(published.clone()),
            discovery: Discovery::default(),
            refusals: Refusals::new(key_ring()),
            random,
            hash_key: HashKey::new(&[7; 32]),
            keys,
            settings: Settings::default(),
            pages: Arc::new(pages::TestPages),
        };
        World { provider: web::Data::new(provider), clock, published, database, dpop_nonce: RefCell::default() }
    }

    pub(crate) fn now(&self) -> i64 {
        self.provider.clock.now().timestamp()
    }

    pub(crate) fn passes(&self, time: Duration) {
        self.clock.advance(time);
    }

    /// Sends a request as it is, without any cookie.
    pub(crate) async fn send(&self, request: TestRequest) -> Answer {
        let app = init_service(App::new().app_data(self.provider.clone()).configure(oidc::configure)).await;
        Answer::of(call_service(&app, request.to_request()).await).await
    }

    /// [`World::send`], and keeps the nonce that comes back.
    pub(crate) async fn keeps_nonce(&self, request: TestRequest) -> Answer {
        let answer = self.send(request).await;
        answer.header("dpop-nonce").clone_into(&mut self.dpop_nonce.borrow_mut());
        answer
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    pub(crate) async fn userinfo(&self, access_token: &str) -> Answer {
        let authorization = ("Authorization", format!("Bearer {access_token}"));
        self.send(TestRequest::get().uri("/oauth2/userinfo").insert_header(authorization)).await
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }
}

pub(crate) async fn store_in(folder: &TempDir) -> Store {
    store_at(&format!("sqlite://{}", folder.path().join("test.db").display())).await
}

async fn store_at(url: &str) -> Store {
    let store = open(url);
    store.migrate().await.unwrap();
    store
}

fn open(url: &str) -> Store {
    // Where hundreds ask at once, and the machine has other work, nobody is to be told to come again.
    let wait = std::time::Duration::from_secs(60);
    Store::open(url, PoolSettings { wait, ..PoolSettings::default() }).unwrap()
}

pub(crate) fn key_ring() -> KeyRing {
    KeyRing::new(vec![SealingKey { id: "test".into(), key: [9; 32] }]).unwrap()
}

fn pairs(params: &[(&str, &str)]) -> Params {
    params.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

fn encoded(params: &Params) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}

/// Sets a parameter, or adds it at the end.
fn set(params: &mut Params, name: &str, value: &str) {
    match params.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => *old = value.into(),
        None => params.push((name.into(), value.into())),
    }
}
