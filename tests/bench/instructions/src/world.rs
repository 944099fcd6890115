//! The whole application over a database in a folder, in one process and without a socket. Its clock moves by our hand alone,
//! and its chance repeats itself, so that it does the same each time.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::rc::Rc;

use actix_web::body::to_bytes;
use actix_web::dev::Service;
use actix_web::test::{TestRequest, init_service};
use chrono::{DateTime, Duration};
use identity::client::Clients;
use identity::clock::FakeClock;
use identity::key_ring::KeyRing;
use identity::message::Message;
use identity::outbox::SEAL_PURPOSE;
use identity::random::Random;
use server::app::{self, Parts, Surroundings};
use server::clients;
use server::config::Config;
use server::records::import;
use store::StoreError;

use crate::answer::Answer;
use crate::people;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");
const CLIENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/clients");

pub(crate) struct World {
    parts: Parts,
    key_ring: KeyRing,
    clock: FakeClock,
    application: Application,
}

type Application = Box<dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = Answer>>>>;

impl World {
    /// Makes what costs another amount each time, such as the search for the primes of a key, and what all have in common.
    pub(crate) async fn prepare(folder: &Path) {
        let (parts, ..) = assemble(folder, 1).await;
        let extract = folder.join("records.csv");
        std::fs::write(&extract, people::extract()).expect("the folder can be written to");
        import::run(&parts.store, &extract).expect("the extract has no fault");
    }

    /// In a folder that was prepared.
    pub(crate) async fn open(folder: &Path) -> World {
        let (parts, key_ring, clock) = assemble(folder, 2).await;
        let application = application(&parts).await;
        World { parts, key_ring, clock, application }
    }

    /// No two things happen at the same moment.
    pub(crate) async fn asks(&self, request: TestRequest) -> Answer {
        self.clock.advance(Duration::milliseconds(1));
        (self.application)(request).await
    }

    /// The code that was sent to an address last, by whatever message.
    pub(crate) async fn one_time_code(&self, to: &str) -> Option<String> {
        let newest: Result<_, StoreError> = self.parts.store.read(|db| db.outbox().newest_first(1)).await;
        let newest = newest.expect("the database answers").pop()?;
        let opened = self.key_ring.open(SEAL_PURPOSE, &newest.sealed).expect("the key is on the ring");
        let message: Message = serde_json::from_slice(&opened).expect("it was sealed as a message");
        message.one_time_code.filter(|_| message.to == to)
    }
}

async fn assemble(folder: &Path, seed: u64) -> (Parts, KeyRing, FakeClock) {
    let url = format!("sqlite://{}/world.sqlite", folder.display());
    let settings = [("GAI__DATABASE__URL", url.as_str()), ("GAI__CLIENTS__DIRECTORIES", CLIENTS)];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let config = Config::load(&[format!("{ROOT}/config/test.toml")], settings).expect("the settings are right");
    let clients = clients::load(&config.clients, config.server.profile).expect("the client's file is right");
    let clock = FakeClock::at(DateTime::from_timestamp(1_790_000_000, 0).expect("there was such a moment"));
    let around = Surroundings { clock: clock.clock(), random: Random::seeded(seed) };
    let parts = Parts::assemble(&config, Clients::new(clients), around).await.expect("the database can be used");
    (parts, config.secrets.sealing_keys.ring().clone(), clock)
}

async fn application(parts: &Parts) -> Application {
    let application = Rc::new(init_service(listener::app(&app::routes(parts.clone()), app::around)).await);
    Box::new(move |request| {
        let application = application.clone();
        Box::pin(async move {
            let answer = match application.call(request.to_request()).await {
                Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
                Err(error) => error.error_response(),
            };
            let (status, headers) = (answer.status(), answer.headers().clone());
            let body = to_bytes(answer.into_body()).await.unwrap_or_default();
            Answer { status, headers, body }
        })
    })
}
