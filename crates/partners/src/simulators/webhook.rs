//! A service's endpoint for webhooks: it keeps what it is sent, with the headers, and answers 204.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use actix_web::web::{self, Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use url::Url;

use super::faults::Switch;
use super::server::{Running, STEERING};

/// One request that came. `GET /simulator/received` lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Received {
    /// The names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

#[derive(Debug)]
pub struct Webhook {
    pub running: Running,
    received: Data<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    received: Arc<Mutex<Vec<Received>>>,
    status: Mutex<Option<u16>>,
}

impl Webhook {
    /// # Errors
    /// When the port is not free.
    pub fn start(listen: SocketAddr, switch: Switch) -> io::Result<Webhook> {
        let received = Data::new(Kept::default());
        let shared = received.clone();
        let running = Running::start(listen, switch, move |config| {
            config
                .app_data(shared.clone())
                .route("/hook", web::post().to(keep))
                .route(&format!("{STEERING}/received"), web::get().to(list));
        })?;
        Ok(Webhook { running, received })
    }

    /// # Panics
    /// Never: a path makes a URL.
    #[must_use]
    pub fn url(&self) -> Url {
        self.running.url().join("hook").expect("a path makes a URL")
    }

    /// From now on it answers with this status.
    pub fn answers(&self, status: u16) {
        *self.received.status.lock().expect("nothing panics under this lock") = Some(status);
    }

    /// The first first.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.received.received.lock().expect("nothing panics under this lock").clone()
    }
}

async fn keep(kept: Data<Kept>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers =
        request.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect();
    let received = Received { headers, body: text(&body) };
    kept.received.lock().expect("nothing panics under this lock").push(received);
    let status = kept.status.lock().expect("nothing panics under this lock").unwrap_or(204);
    let elsewhere = ("Location", "/simulator/received");
    let mut answer = HttpResponse::build(actix_web::http::StatusCode::from_u16(status).expect("a status is one"));
    if status == 302 { answer.insert_header(elsewhere).finish() } else { answer.finish() }
}

async fn list(kept: Data<Kept>) -> HttpResponse {
    HttpResponse::Ok().json(&*kept.received.lock().expect("nothing panics under this lock"))
}
