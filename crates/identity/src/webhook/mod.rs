//! Webhooks: services that want to know at once what becomes of accounts are told so, from server to server.

mod payload;
mod secret;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, RwLock};

use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

pub use payload::{Payload, changes};
pub use secret::{NotASecret, WebhookSecret};

/// What can be told. The wire words are those of `messageType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WebhookEvent {
    UserCreated,
    UserUpdated,
    /// Two accounts became one. Nothing merges accounts yet, so that nobody is told.
    UserMerged,
}

impl WebhookEvent {
    pub fn as_str(self) -> &'static str {
        match self {
            WebhookEvent::UserCreated => "UserCreated",
            WebhookEvent::UserUpdated => "UserUpdated",
            WebhookEvent::UserMerged => "UserMerged",
        }
    }
}

/// What a webhook is called: 1 to 100 of the characters `a-z`, `0-9`, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebhookName(String);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a webhook's name has 1 to 100 of the characters a-z, 0-9, hyphen, underscore and full stop")]
pub struct NotAWebhookName;

impl WebhookName {
    pub fn parse(text: &str) -> Result<WebhookName, NotAWebhookName> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        let is_one = (1..=100).contains(&text.len()) && text.chars().all(fits);
        if is_one { Ok(WebhookName(text.into())) } else { Err(NotAWebhookName) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebhookName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for WebhookName {
    type Error = NotAWebhookName;

    fn try_from(text: String) -> Result<Self, NotAWebhookName> {
        WebhookName::parse(&text)
    }
}

impl From<WebhookName> for String {
    fn from(name: WebhookName) -> String {
        name.0
    }
}

/// Where somebody is told, and of what: as its file under config/webhooks/ describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    pub name: WebhookName,
    pub endpoint: Url,
    /// One, or two while the endpoint changes from one to the other. The first is the one to keep.
    pub secrets: Vec<WebhookSecret>,
    pub enabled: bool,
    pub events: Vec<WebhookEvent>,
}

/// All webhooks. Every clone sees what a reload puts in their place.
#[derive(Clone, Debug, Default)]
pub struct Webhooks(Arc<RwLock<ByName>>);

type ByName = BTreeMap<WebhookName, Arc<Webhook>>;

impl Webhooks {
    pub fn new(webhooks: Vec<Webhook>) -> Webhooks {
        let all = Webhooks::default();
        all.replace(webhooks);
        all
    }

    pub fn replace(&self, webhooks: Vec<Webhook>) {
        let webhooks = webhooks.into_iter().map(|webhook| (webhook.name.clone(), Arc::new(webhook))).collect();
        *self.0.write().expect("nothing panics under this lock") = webhooks;
    }

    pub fn find(&self, name: &WebhookName) -> Option<Arc<Webhook>> {
        self.0.read().expect("nothing panics under this lock").get(name).cloned()
    }

    /// Every webhook, in the order of their names.
    pub fn all(&self) -> Vec<Arc<Webhook>> {
        self.0.read().expect("nothing panics under this lock").values().cloned().collect()
    }

    /// Those that are told of this.
    pub fn wanting(&self, event: WebhookEvent) -> Vec<Arc<Webhook>> {
        self.all().into_iter().filter(|webhook| webhook.enabled && webhook.events.contains(&event)).collect()
    }
}

/// One telling for one webhook, as it goes out at every attempt. Personal: at rest it is sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    pub webhook: WebhookName,
    /// The same for every webhook that is told of one fact.
    pub id: Uuid,
    /// What is signed, byte by byte.
    pub body: String,
}

impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Notification({}, {})", self.webhook, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(name: &str, enabled: bool, events: &[WebhookEvent]) -> Webhook {
        Webhook {
            name: WebhookName::parse(name).unwrap(),
            endpoint: "https://a.example/hook".parse().unwrap(),
            secrets: Vec::new(),
            enabled,
            events: events.to_vec(),
        }
    }

    #[test]
    fn those_are_told_that_are_enabled_and_want_to_know() {
        use WebhookEvent::{UserCreated, UserUpdated};
        let all = Webhooks::new(vec![
            webhook("both", true, &[UserCreated, UserUpdated]),
            webhook("created", true, &[UserCreated]),
            webhook("off", false, &[UserCreated, UserUpdated]),
        ]);
        let names = |event| all.wanting(event).iter().map(|one| one.name.to_string()).collect::<Vec<_>>();
        assert_eq!(
            (names(UserCreated), names(UserUpdated)),
            (vec!["both".into(), "created".into()], vec!["both".into()])
        );
    }

    #[test]
    fn every_clone_sees_what_a_reload_puts_in_their_place() {
        let all = Webhooks::new(vec![webhook("one", true, &[])]);
        let again = all.clone();
        all.replace(vec![webhook("two", true, &[])]);
        assert_eq!(again.find(&WebhookName::parse("one").unwrap()), None);
        assert_eq!(again.all()[0].name.as_str(), "two");
    }

    #[test]
    fn a_name_is_short_and_plain() {
        assert!(WebhookName::parse("register-for-npq").is_ok());
        for text in ["", "A", "a b", "../a", &"a".repeat(101)] {
            assert!(WebhookName::parse(text).is_err(), "{text}");
        }
    }
}
