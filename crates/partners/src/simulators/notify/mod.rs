//! GOV.UK Notify: takes emails and text messages by API version 2, keeps them, shows them, and sends receipts.
//!
//! Addresses that behave in their own way, whatever the domain: `perm-fail@` and `temp-fail@` come back, as do the numbers
//! 07700 900002 and 07700 900003; `refused@` is no address for it; of `simulate-delivered@` and of the numbers
//! 07700 900000, 900111 and 900222 there is never a receipt. When it lies, it answers for another message.

mod admission;
mod page;
mod receipts;
mod request;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use actix_web::http::header::ContentType;
use actix_web::web::{self, Bytes, Data, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use identity::clock::{Clock, Time};
use identity::outbox::Channel;
use identity::random::Random;
use identity::secret::Plain;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;
use uuid::Uuid;

use self::request::Refused;
use super::faults::Switch;
use super::server::{Running, STEERING};
use crate::messages::notify::ApiKey;

/// A key that everybody knows, for trying things out.
pub const SAMPLE_KEY: &str = "simulated-a0e2a75e-4e9b-4a7c-9c7b-0a52f3c1d2b3-5d0c1c3e-7a0f-4b58-8f43-9c0e6f1a2b4c";

/// The templates that it has where nobody says otherwise.
pub const EMAIL_TEMPLATE: Uuid = Uuid::from_u128(0x2b0c_1c5e_7d5a_4a0e_9f0d_3c1a_5b7e_e001);
pub const SMS_TEMPLATE: Uuid = Uuid::from_u128(0x2b0c_1c5e_7d5a_4a0e_9f0d_3c1a_5b7e_e002);

/// What it is at Notify that belongs to the service which uses it.
#[derive(Clone, Debug)]
pub struct Settings {
    pub key: ApiKey,
    /// With the placeholders `subject` and `body`.
    pub email_template: Uuid,
    /// With the placeholder `body`.
    pub sms_template: Uuid,
    /// Of one letter each, with the placeholder `code`.
    pub code_templates: Vec<Uuid>,
    /// Where receipts go; None: nobody wants them.
    pub callback: Option<Callback>,
}

#[derive(Clone, Debug)]
pub struct Callback {
    pub url: Url,
    pub token: Plain,
}

/// A message that it has taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    pub id: Uuid,
    pub reference: Option<String>,
    pub channel: Channel,
    pub to: String,
    pub template_id: Uuid,
    pub subject: Option<String>,
    pub body: String,
    pub at: Time,
}

/// It runs until it is dropped or stopped.
#[derive(Debug)]
pub struct Notify {
    pub running: Running,
    inside: Data<Inside>,
}

#[derive(Debug)]
pub(super) struct Inside {
    settings: Settings,
    clock: Clock,
    random: Random,
    switch: Switch,
    received: Arc<Mutex<Vec<Received>>>,
    messenger: reqwest::Client,
}

impl Notify {
    /// # Errors
    /// When the port is not free.
    pub fn start(
        listen: SocketAddr,
        switch: Switch,
        settings: Settings,
        (clock, random): (Clock, Random),
    ) -> io::Result<Notify> {
        let messenger = receipts::messenger().map_err(io::Error::other)?;
        let inside = Inside { settings, clock, random, switch: switch.clone(), received: Arc::default(), messenger };
        let inside = Data::new(inside);
        let shared = inside.clone();
        let routes = move |config: &mut ServiceConfig| {
            config
                .app_data(shared.clone())
                .route("/", web::get().to(shown))
                .route("/v2/notifications/{channel}", web::post().to(send))
                .route(&format!("{STEERING}/received"), web::get().to(received));
        };
        Ok(Notify { running: Running::start(listen, switch, routes)?, inside })
    }

    /// What it was sent, the first first.
    pub fn received(&self) -> Vec<Received> {
        self.inside.all()
    }
}

impl Inside {
    fn all(&self) -> Vec<Received> {
        self.received.lock().expect("nothing panics under this lock").clone()
    }

    fn take(&self, channel: Channel, headers: &HttpRequest, body: &[u8]) -> Result<Received, Refused> {
        admission::check(&self.settings.key, headers, self.clock.now())?;
        let received = request::read(self, channel, body)?;
        self.received.lock().expect("nothing panics under this lock").push(received.clone());
        Ok(received)
    }
}

async fn send(inside: Data<Inside>, channel: web::Path<String>, headers: HttpRequest, body: Bytes) -> HttpResponse {
    let channel = match channel.as_str() {
        "email" => Channel::Email,
        "sms" => Channel::Sms,
        _ => return Refused::new(404, "NotFoundError", "No result found").into(),
    };
    let received = match inside.take(channel, &headers, &body) {
        Ok(received) => received,
        Err(refused) => return refused.into(),
    };
    receipts::send(&inside, &received);
    let reference = if inside.switch.is_lying() { Some(inside.random.uuid().to_string()) } else { received.reference };
    HttpResponse::Created().json(json!({
        "id": received.id,
        "reference": reference,
        "content": { "subject": received.subject, "body": received.body },
        "template": { "id": received.template_id, "version": 1 },
    }))
}

async fn shown(inside: Data<Inside>) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::html()).body(page::draw(&inside.all()))
}

#[derive(Deserialize)]
struct Asked {
    to: Option<String>,
}

async fn received(inside: Data<Inside>, asked: Query<Asked>) -> HttpResponse {
    let mut received = inside.all();
    received.retain(|message| asked.to.as_ref().is_none_or(|to| *to == message.to));
    HttpResponse::Ok().json(received)
}
