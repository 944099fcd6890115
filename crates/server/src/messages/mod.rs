//! Puts together who takes messages to people, as the configuration has it; and what is known of addresses that take none.

mod known;
pub mod receipts;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::clock::Clock;
use identity::message::Message;
use identity::outbox::Channel;
use identity::secret::Plain;
use partners::http::{Address, NotSetUp};
use partners::messages::notify::{Notify, Templates};
use partners::messages::smtp::{self, Settings, Smtp};
use store::Store;
use uuid::Uuid;

use crate::config::{Config, EmailBy, SmsBy};
use crate::outbox::{Carriers, Kept};

pub use known::Known;

/// Why nobody can take messages.
#[derive(Debug, thiserror::Error)]
pub enum NoCarrier {
    #[error("{0}")]
    Notify(#[from] NotSetUp),
    #[error("{0}")]
    Smtp(#[from] smtp::NotSetUp),
}

/// The ways of emails and of text messages.
///
/// # Errors
/// When TLS cannot be set up.
pub fn carriers(config: &Config, store: &Store, clock: &Clock) -> Result<Carriers, NoCarrier> {
    let known = |channel, carrier| -> Arc<dyn Carrier<Message>> {
        let hash_key = config.secrets.hash_key.key().clone();
        Arc::new(Known { channel, carrier, store: store.clone(), hash_key, clock: clock.clone() })
    };
    let email: Arc<dyn Carrier<Message>> = match config.messages.email {
        EmailBy::Outbox => Arc::new(Kept),
        EmailBy::Notify => known(Channel::Email, Arc::new(notify(config, Channel::Email, clock)?)),
        EmailBy::Smtp => known(Channel::Email, Arc::new(mail_server(config, clock)?)),
    };
    let sms: Arc<dyn Carrier<Message>> = match config.messages.sms {
        SmsBy::Outbox => Arc::new(Kept),
        SmsBy::Notify => known(Channel::Sms, Arc::new(notify(config, Channel::Sms, clock)?)),
        SmsBy::None => Arc::new(Nobody),
    };
    Ok(Carriers::default().with(Channel::Email, email).with(Channel::Sms, sms))
}

fn notify(config: &Config, channel: Channel, clock: &Clock) -> Result<Notify, NotSetUp> {
    let settings = &config.notify;
    let base = settings.base_url.url().expect("the configuration takes no Notify without").clone();
    let key = settings.api_key.key().expect("the configuration takes no Notify without").clone();
    let templates: Templates = settings.templates(channel).expect("the configuration takes no channel without");
    let address = Address::new(base, time_limit(config));
    let emails = Notify::emails(address, key, templates.clone(), clock.clone())?;
    Ok(if channel == Channel::Sms { emails.texts(templates) } else { emails })
}

fn mail_server(config: &Config, clock: &Clock) -> Result<Smtp, smtp::NotSetUp> {
    let smtp = &config.smtp;
    let credentials = (!smtp.user.is_empty()).then(|| (smtp.user.clone(), Plain::new(smtp.password.expose())));
    let settings = Settings {
        host: smtp.host.clone(),
        port: smtp.port.get(),
        security: smtp.security.security(),
        credentials,
        from: smtp.from.sender().expect("the configuration takes no server without").clone(),
        time_budget: time_limit(config),
        authority: Vec::new(),
    };
    Smtp::new(settings, clock.clone())
}

fn time_limit(config: &Config) -> std::time::Duration {
    config.messages.time_limit.duration().to_std().expect("a time limit is not negative")
}

/// Where no text messages are sent: whoever gives a number is told at once that it cannot be texted.
struct Nobody;

#[async_trait]
impl Carrier<Message> for Nobody {
    async fn carry(&self, _: Uuid, _: &Message) -> Result<Carried, NotCarried> {
        Err(NotCarried::Refused(Refusal::Address))
    }
}
