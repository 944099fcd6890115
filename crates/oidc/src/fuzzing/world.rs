//! A provider with clients, and keys that are made when it starts: what is signed with them, nobody can have sent.

use std::future::Future;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use async_trait::async_trait;
use identity::client::{Client, ClientId, Clients, TrnRequirement};
use identity::client_authentication::{ClientAuthentication, KeySets, NotFetched, PublicKeys};
use identity::clock::{Clock, Time};
use identity::key_ring::{KeyRing, SealingKey};
use identity::random::Random;
use identity::scope::Scope;
use identity::secret::HashKey;
use store::{PoolSettings, Store};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use url::Url;

use super::made::ClientKey;
use crate::{Discovery, Documentation, Issuer, Keys, Pages, Provider, PublishedKeys, Refusals, Secrets, Settings};

pub(crate) const ISSUER: &str = "http://localhost:8000";
/// Has a secret that nobody knows, resources and scopes of its own.
const CONFIDENTIAL: &str = "a";
/// Signs what it sends.
pub(crate) const KEYED: &str = "b";
/// Keeps no secret.
const PUBLIC: &str = "c";

pub(crate) struct World {
    pub(crate) provider: Data<Provider>,
    pub(crate) now: Time,
    pub(crate) client_key: ClientKey,
    pub(crate) stranger: ClientKey,
    runtime: Runtime,
}

thread_local! {
    /// The folder goes when the thread ends; the world, which its own threads may still be in, stays until the process does.
    static WORLD: (&'static World, TempDir) = {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        (Box::leak(Box::new(World::new(&folder))), folder)
    };
}

impl World {
    /// The same in a whole thread.
    pub(crate) fn get() -> &'static World {
        WORLD.with(|(world, _)| *world)
    }

    fn new(folder: &TempDir) -> World {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let now = Time::from_timestamp(1_700_000_000, 0).expect("it is a time");
        let (clock, random) = (Clock::new(move || now), Random::seeded(1));
        let url = format!("sqlite://{}", folder.path().join("fuzz.sqlite").display());
        let store = Store::open(&url, PoolSettings::default()).expect("the database opens");
        runtime.block_on(store.migrate()).expect("the tables are made");
        let ring = KeyRing::new(vec![SealingKey { id: "fuzz".into(), key: [9; 32] }]).expect("one key is a ring");
        let keys = runtime.block_on(Keys::load_or_create(&store, &ring, &clock, &random)).expect("keys are made");
        let client_key = ClientKey::new("k");
        let provider = Provider {
            issuer: Issuer::new(&Url::parse(ISSUER).expect("it is an address")).expect("it is an issuer"),
            records: Arc::new(store.clone()),
            store,
            clients: Clients::new(clients(&client_key)),
            clock,
            secrets: Secrets::new(&random),
            published_keys: PublishedKeys::new(Arc::new(Nobody)),
            random,
            hash_key: HashKey::new(&[7; 32]),
            keys,
            discovery: Discovery::default(),
            refusals: Refusals::new(ring),
            settings: Settings::default(),
            pages: Arc::new(Blank),
        };
        World { provider: Data::new(provider), now, client_key, stranger: ClientKey::new("k"), runtime }
    }

    pub(crate) fn client(&self, id: &str) -> Arc<Client> {
        self.provider.clients.find(&ClientId::parse(id).expect("it is an id")).expect("it is a client")
    }

    pub(crate) fn confidential(&self) -> Arc<Client> {
        self.client(CONFIDENTIAL)
    }

    pub(crate) fn runs<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

fn clients(key: &ClientKey) -> Vec<Client> {
    let client = |id: &str| {
        let address = Url::parse(&format!("https://{id}.example/")).expect("it is an address");
        Client {
            redirect_uris: vec![format!("https://{id}.example/cb"), format!("https://{id}.example/cb?keep=this")],
            scopes: Scope::ALL.into_iter().filter(|scope| !scope.is_own()).collect(),
            trn: TrnRequirement::Optional,
            ..Client::new(ClientId::parse(id).expect("it is an id"), id.into(), address)
        }
    };
    let confidential = Client {
        pkce_required: false,
        resources: vec!["https://api.a.example/".into(), "https://more.a.example/".into()],
        own_scopes: [Scope::UserRead, Scope::UserWrite].into_iter().collect(),
        ..client(CONFIDENTIAL)
    };
    let keyed = Client {
        authentication: ClientAuthentication::PrivateKeyJwt,
        public_keys: PublicKeys::Inline(key.set()),
        ..client(KEYED)
    };
    let public = Client { authentication: ClientAuthentication::None, ..client(PUBLIC) };
    let pushes = Client { par_required: true, request_object_required: true, ..client("d") };
    vec![confidential, keyed, public, pushes]
}

/// No client publishes keys here.
struct Nobody;

#[async_trait]
impl KeySets for Nobody {
    async fn fetch(&self, _: &Url) -> Result<String, NotFetched> {
        Err(NotFetched("nobody answers".into()))
    }
}

/// Pages on which there is nothing but where a form goes.
struct Blank;

impl Pages for Blank {
    fn request_error(&self, _: &str, _: Option<&Client>) -> HttpResponse {
        HttpResponse::Ok().finish()
    }

    fn unavailable(&self, _: &str) -> HttpResponse {
        HttpResponse::Ok().finish()
    }

    fn form_post(&self, redirect_uri: &str, _: &[(String, String)]) -> HttpResponse {
        HttpResponse::Ok().insert_header(("form-action", redirect_uri)).finish()
    }

    fn confirm_sign_out(&self, _: Option<&Client>, _: &[(String, String)]) -> HttpResponse {
        HttpResponse::Ok().finish()
    }

    fn signed_out(&self, _: Option<&Client>) -> HttpResponse {
        HttpResponse::Ok().finish()
    }

    fn documentation(&self, _: &Documentation) -> HttpResponse {
        HttpResponse::Ok().finish()
    }
}
