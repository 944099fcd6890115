//! The application over a database of its own, and a browser that keeps cookies.

use std::cell::RefCell;
use std::collections::BTreeMap;

use actix_web::body::to_bytes;
use actix_web::cookie::Cookie;
use actix_web::dev::Service;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, LOCATION, SET_COOKIE};
use actix_web::test::{TestRequest, init_service};
use chrono::DateTime;
use identity::client::Clients;
use identity::clock::FakeClock;
use identity::key_ring::KeyRing;
use identity::random::Random;
use serde_json::Value;
use server::app::{self, Parts, Surroundings};
use server::clients;
use server::config::Config;
use tempfile::TempDir;
use url::Url;

use crate::services::own_client_files;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

pub(crate) struct World {
    pub parts: Parts,
    pub clock: FakeClock,
    cookies: RefCell<BTreeMap<String, String>>,
    /// What the browser says of itself.
    agent: RefCell<String>,
    config: Config,
    clients: Clients,
    _folder: TempDir,
}

pub(crate) struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl World {
    /// With config/test.toml and these settings over it.
    pub(crate) async fn new(settings: &[(&str, &str)]) -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.sqlite", folder.path().display());
        let directories = format!("{ROOT}/config/clients");
        let own = [("GAI__DATABASE__URL", url.as_str()), ("GAI__CLIENTS__DIRECTORIES", directories.as_str())];
        let settings = own.iter().chain(settings).map(|(name, value)| (name.to_string(), value.to_string()));
        let config = Config::load(&[format!("{ROOT}/config/test.toml")], settings).unwrap();
        let clients = clients::load(&config.clients, config.server.profile).unwrap();
        let clock = FakeClock::at(DateTime::from_timestamp(1_790_000_000, 0).unwrap());
        let around = Surroundings { clock: clock.clock(), random: Random::seeded(1) };
        let clients = Clients::new(clients);
        let parts = Parts::assemble(&config, clients.clone(), around).await.unwrap();
        let (cookies, agent) = (RefCell::default(), RefCell::default());
        World { parts, clock, cookies, agent, config, clients, _folder: folder }
    }

    /// Those that a reload would replace.
    pub(crate) fn clients(&self) -> &Clients {
        &self.clients
    }

    pub(crate) fn key_ring(&self) -> &KeyRing {
        self.config.secrets.sealing_keys.ring()
    }

    /// The parts of one more server on the same database.
    pub(crate) async fn another_server(&self) -> Parts {
        let around = Surroundings { clock: self.clock.clock(), random: Random::seeded(2) };
        Parts::assemble(&self.config, self.clients.clone(), around).await.unwrap()
    }

    /// With a client of every setting.
    pub(crate) async fn with_every_setting() -> World {
        let own = own_client_files();
        let directories = format!("{ROOT}/config/clients,{}", own.path().display());
        World::new(&[("GAI__CLIENTS__DIRECTORIES", &directories)]).await
    }

    /// From here on without the cookies of before.
    pub(crate) fn opens_another_browser(&self) {
        self.cookies.borrow_mut().clear();
    }

    /// The same, and it says what it is. What comes back are the cookies of the one before.
    pub(crate) fn takes_another_browser(&self) -> BTreeMap<String, String> {
        *self.agent.borrow_mut() = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".into();
        self.cookies.take()
    }

    pub(crate) fn goes_back_to(&self, browser: BTreeMap<String, String>) {
        *self.cookies.borrow_mut() = browser;
    }

    pub(crate) fn cookie(&self, name: &str) -> String {
        self.cookies.borrow()[name].clone()
    }

    pub(crate) fn has_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub(crate) async fn visits(&self, address: &str) -> Seen {
        self.asks(TestRequest::get().uri(address)).await
    }

    pub(crate) async fn submits(&self, address: &str, fields: &[(&str, &str)]) -> Seen {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = TestRequest::post()
            .uri(address)
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .insert_header(("content-length", form.len()))
            .set_payload(form);
        self.asks(request).await
    }

    pub(crate) async fn asks(&self, mut request: TestRequest) -> Seen {
        for (name, value) in self.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        request = request.insert_header(("user-agent", self.agent.borrow().as_str()));
        let app = init_service(listener::app(&app::routes(self.parts.clone()), app::around)).await;
        let answer = match app.call(request.to_request()).await {
            Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let (status, headers) = (answer.status(), answer.headers().clone());
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = Cookie::parse(cookie.to_str().unwrap()).unwrap();
            self.cookies.borrow_mut().insert(cookie.name().to_owned(), cookie.value().to_owned());
        }
        let text = String::from_utf8(to_bytes(answer.into_body()).await.unwrap_or_default().to_vec()).unwrap();
        Seen { status, headers, text }
    }

    /// Follows the answers that lead on, as long as they stay here.
    pub(crate) async fn follows(&self, mut seen: Seen) -> (String, Seen) {
        let mut address = String::new();
        while let Some(next) = seen.location().filter(|next| next.starts_with('/')) {
            address = next.to_owned();
            seen = self.visits(&address).await;
        }
        (address, seen)
    }

    /// The messages to one address.
    pub(crate) async fn outbox(&self, to: &str) -> Vec<Value> {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
        serde_json::from_str(&self.visits(&format!("/dev/outbox.json?{query}")).await.text).unwrap()
    }
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).map(|value| value.to_str().unwrap())
    }
}

/// Where the demo service sends a person who signs in.
pub(crate) fn authorization_request(client: &str, more: &[(&str, &str)]) -> String {
    authorization_request_for(client, "openid email", more)
}

/// The example of RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) fn authorization_request_for(client: &str, scope: &str, more: &[(&str, &str)]) -> String {
    let mut url = Url::parse("http://localhost:8000/oauth2/authorize").unwrap();
    url.query_pairs_mut()
        .append_pair("client_id", client)
        .append_pair("redirect_uri", "http://localhost:8001/callback")
        .append_pair("response_type", "code")
        .append_pair("scope", scope)
        .append_pair("state", "a state")
        .append_pair("code_challenge", CHALLENGE)
        .append_pair("code_challenge_method", "S256")
        .extend_pairs(more);
    format!("{}?{}", url.path(), url.query().unwrap())
}
