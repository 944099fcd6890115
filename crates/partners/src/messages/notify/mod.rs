//! GOV.UK Notify (https://docs.notifications.service.gov.uk/rest-api.html). Our letters are written by our own templates;
//! what Notify has is one template for each channel, with the whole letter as its personalisation.
//!
//! Notify keeps our id as the `reference` of a message and tells it with the receipt, but it takes the same reference twice.

mod api_key;
mod markdown;
mod refusal;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried};
use identity::clock::Clock;
use identity::message::Message;
use identity::outbox::Channel;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

pub use api_key::{ApiKey, NoApiKey};
pub use markdown::as_markdown;

use crate::http::{Address, Answer, NotSetUp, Partner, Repeat};

/// One of the two ways out through a service at Notify. Both share what is known of how it is.
#[derive(Clone, Debug)]
pub struct Notify {
    partner: Arc<Partner>,
    key: ApiKey,
    clock: Clock,
    channel: Channel,
    templates: Templates,
}

/// The ids of the templates at Notify for one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    /// For every letter that has none of its own: with the personalisation `body`, and for emails `subject`.
    pub any: Uuid,
    /// By the name of a letter; with the personalisation `code` too, where there is one.
    pub own: BTreeMap<String, Uuid>,
}

impl Templates {
    /// One for every letter.
    #[must_use]
    pub fn one(any: Uuid) -> Templates {
        Templates { any, own: BTreeMap::new() }
    }
}

#[derive(Deserialize)]
struct Taken {
    id: Uuid,
    reference: Option<String>,
}

impl Notify {
    /// The way for emails.
    ///
    /// # Errors
    /// When calls cannot be set up.
    pub fn emails(address: Address, key: ApiKey, templates: Templates, clock: Clock) -> Result<Notify, NotSetUp> {
        let partner = Arc::new(Partner::new("notify", address)?);
        Ok(Notify { partner, key, clock, channel: Channel::Email, templates })
    }

    /// The way for text messages through the same service.
    #[must_use]
    pub fn texts(&self, templates: Templates) -> Notify {
        Notify { channel: Channel::Sms, templates, ..self.clone() }
    }

    fn request(&self, id: Uuid, message: &Message) -> Value {
        let own = self.templates.own.get(&message.template);
        let mut personalisation = match self.channel {
            Channel::Sms => json!({ "body": message.body }),
            _ => json!({ "subject": message.subject, "body": as_markdown(&message.body) }),
        };
        if let (Some(_), Some(code)) = (own, &message.one_time_code) {
            personalisation["code"] = json!(code);
        }
        let field = address_field(self.channel);
        let template = own.unwrap_or(&self.templates.any);
        json!({ field: message.to, "template_id": template, "personalisation": personalisation, "reference": id })
    }
}

/// What the address is called in a request, and in what is wrong with it.
fn address_field(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "phone_number",
        _ => "email_address",
    }
}

#[async_trait]
impl Carrier<Message> for Notify {
    async fn carry(&self, id: Uuid, message: &Message) -> Result<Carried, NotCarried> {
        let (endpoint, path) = match self.channel {
            Channel::Sms => ("send a text message", "v2/notifications/sms"),
            _ => ("send an email", "v2/notifications/email"),
        };
        let (url, body) = (self.partner.url(path), self.request(id, message).to_string());
        let make = |client: &reqwest::Client| {
            let request = client.post(url.clone()).header(CONTENT_TYPE, "application/json");
            request.bearer_auth(self.key.token(self.clock.now())).body(body.clone())
        };
        // Twice the same code is better than none.
        let answer = self.partner.call(endpoint, Repeat::Yes, make).await?;
        if answer.is_success() { taken(id, &answer) } else { Err(refusal::read(self.channel, &answer)) }
    }
}

fn taken(id: Uuid, answer: &Answer) -> Result<Carried, NotCarried> {
    let taken: Taken = answer.json()?;
    if taken.reference.is_some_and(|reference| reference == id.to_string()) {
        return Ok(Carried { reference: Some(taken.id.to_string()) });
    }
    Err(NotCarried::later("the answer is about another message"))
}
