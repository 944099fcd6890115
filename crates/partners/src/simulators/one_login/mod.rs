//! GOV.UK One Login, as a relying party sees it: discovery, a page on which anybody is whoever they say, tokens for whoever
//! proves by their key who they are, and identities signed with keys of another place. It is told to tell untruths.

mod authorize;
mod keys;
mod page;
mod person;
mod published;
mod token;
mod untruth;
mod userinfo;

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Json, ServiceConfig};
use chrono::Duration;
use identity::clock::Clock;
use identity::random::Random;
use jsonwebtoken::DecodingKey;
use url::Url;

pub use person::Person;
pub use untruth::Untruth;

use super::Switch;
use super::server::{Running, STEERING};
use keys::Keys;

/// The key pair of whoever tries things out. Everybody knows it: production refuses it.
pub const SAMPLE_PRIVATE_KEY: &str = include_str!("sample-private-key.pem");
pub const SAMPLE_PUBLIC_KEY: &str = include_str!("sample-public-key.pem");

const CODE_LIFETIME: Duration = Duration::minutes(10);
const TOKEN_LIFETIME: Duration = Duration::minutes(3);
/// The documents are to be kept so long.
const MAX_AGE: &str = "max-age=60";

/// The one relying party that it knows.
#[derive(Clone)]
pub struct Registration {
    pub client_id: String,
    /// The public key of its assertions: ES256, in PEM.
    pub public_key: String,
    pub people: Vec<Person>,
}

/// Why there is no such relying party.
#[derive(Debug, thiserror::Error)]
#[error("this is no public key for ES256 in PEM")]
pub struct NotAPublicKey;

/// It runs until it is dropped. Every clone of what is inside is the same.
#[derive(Debug)]
pub struct OneLogin {
    pub running: Running,
    inside: Data<Inside>,
}

struct Inside {
    registration: Registration,
    client_key: DecodingKey,
    clock: Clock,
    random: Random,
    told: Mutex<Told>,
}

/// What changes while it runs.
struct Told {
    keys: Keys,
    untruth: Untruth,
    codes: HashMap<String, Issued>,
    tokens: HashMap<String, Issued>,
    /// What was asked for at the page, the last last.
    asked: Vec<Url>,
}

/// What a code or an access token stands for.
#[derive(Clone)]
struct Issued {
    person: Person,
    asked: authorize::Asked,
    at: identity::clock::Time,
}

impl OneLogin {
    /// # Errors
    /// When the port is not free.
    ///
    /// # Panics
    /// When the public key of the registration is none.
    pub fn start(
        listen: SocketAddr,
        switch: Switch,
        registration: Registration,
        (clock, random): (Clock, Random),
    ) -> io::Result<OneLogin> {
        let inside = Data::from(Arc::new(Inside::new(registration, clock, random).map_err(io::Error::other)?));
        let shared = inside.clone();
        let running = Running::start(listen, switch, move |routes: &mut ServiceConfig| {
            routes.app_data(shared.clone()).configure(configure);
        })?;
        Ok(OneLogin { running, inside })
    }

    /// What is not true from now on.
    pub fn tell(&self, untruth: Untruth) {
        self.inside.told().untruth = untruth;
    }

    /// Signs with other keys from now on, and publishes no others.
    pub fn rotate_keys(&self) {
        self.inside.rotate_keys();
    }

    /// The authorization requests that came, the first first.
    #[must_use]
    pub fn asked(&self) -> Vec<Url> {
        self.inside.told().asked.clone()
    }
}

impl Inside {
    fn new(registration: Registration, clock: Clock, random: Random) -> Result<Inside, NotAPublicKey> {
        let client_key = DecodingKey::from_ec_pem(registration.public_key.as_bytes()).map_err(|_| NotAPublicKey)?;
        let told = Told {
            keys: Keys::new(),
            untruth: Untruth::None,
            codes: HashMap::new(),
            tokens: HashMap::new(),
            asked: Vec::new(),
        };
        Ok(Inside { registration, client_key, clock, random, told: Mutex::new(told) })
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().expect("nothing panics under this lock")
    }

    fn rotate_keys(&self) {
        self.told().keys = Keys::new();
    }

    /// Whoever lies, lies about who signed the ID token.
    fn untruth(&self, switch: &Switch) -> Untruth {
        match self.told().untruth {
            Untruth::None if switch.is_lying() => Untruth::IdTokenSignature,
            untruth => untruth,
        }
    }
}

impl std::fmt::Debug for Inside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inside(..)")
    }
}

fn configure(routes: &mut ServiceConfig) {
    routes
        .route("/.well-known/openid-configuration", web::get().to(published::discovery))
        .route("/.well-known/jwks.json", web::get().to(published::jwks))
        .route("/.well-known/did.json", web::get().to(published::did))
        .route("/authorize", web::get().to(authorize::show))
        .route("/authorize", web::post().to(authorize::submit))
        .route("/token", web::post().to(token::exchange))
        .route("/userinfo", web::get().to(userinfo::tell))
        .route(&format!("{STEERING}/untruth"), web::put().to(turn))
        .route(&format!("{STEERING}/keys"), web::put().to(rotate));
}

async fn turn(inside: Data<Inside>, untruth: Json<Untruth>) -> HttpResponse {
    inside.told().untruth = untruth.into_inner();
    HttpResponse::NoContent().finish()
}

async fn rotate(inside: Data<Inside>) -> HttpResponse {
    inside.rotate_keys();
    HttpResponse::NoContent().finish()
}

/// An error of OAuth (RFC 6749, section 5.2).
fn refusal(status: actix_web::http::StatusCode, error: &str, why: &str) -> HttpResponse {
    HttpResponse::build(status).json(serde_json::json!({ "error": error, "error_description": why }))
}
