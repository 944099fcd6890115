//! The way to webhooks: one POST, whose answer's status is all that we look at. It is signed when it goes out, so that a
//! secret that has changed signs what waits. The addresses are those of the operator's own files, so they may lead anywhere;
//! but nowhere else by a redirect.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::clock::Clock;
use identity::webhook::{Notification, Webhook, WebhookName, Webhooks};
use reqwest::header::{CONTENT_TYPE, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use uuid::Uuid;

use crate::http::breaker::Breaker;

/// A webhook that takes longer is told again later.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub struct HttpWebhooks {
    webhooks: Webhooks,
    clock: Clock,
    client: Client,
    /// One that is down keeps the others waiting for as long as it takes to see that, and no longer.
    breakers: Arc<Mutex<HashMap<WebhookName, Arc<Breaker>>>>,
}

/// Why webhooks cannot be told at all.
#[derive(Debug, thiserror::Error)]
#[error("webhooks cannot be called")]
pub struct NotSetUp(#[from] reqwest::Error);

impl HttpWebhooks {
    /// # Errors
    /// When the machine has no certificates to trust, or the like.
    pub fn new(webhooks: Webhooks, clock: Clock) -> Result<HttpWebhooks, NotSetUp> {
        HttpWebhooks::with_patience(webhooks, clock, PATIENCE)
    }

    /// # Errors
    /// As above.
    pub fn with_patience(webhooks: Webhooks, clock: Clock, patience: Duration) -> Result<HttpWebhooks, NotSetUp> {
        let client = Client::builder().redirect(Policy::none()).timeout(patience).build()?;
        Ok(HttpWebhooks { webhooks, clock, client, breakers: Arc::default() })
    }

    /// Tells one webhook, whether it is enabled or not.
    ///
    /// # Errors
    /// When it did not answer with success.
    pub async fn tell(&self, webhook: &Webhook, what: &Notification) -> Result<Carried, NotCarried> {
        let began = Instant::now();
        // The address may hold what only the two of us know.
        let answer = self.request(webhook, what).send().await.map_err(reqwest::Error::without_url);
        let (name, milliseconds) = (webhook.name.as_str(), began.elapsed().as_millis() as u64);
        let outcome = match answer {
            Ok(answer) if answer.status().is_success() => Ok(Carried::default()),
            Ok(answer) if answer.status() == StatusCode::GONE => Err(NotCarried::Refused(Refusal::Address)),
            Ok(answer) => Err(NotCarried::later(format!("the answer was {}", answer.status().as_u16()))),
            Err(error) => Err(NotCarried::later(error)),
        };
        let word = match &outcome {
            Ok(_) => "answered",
            Err(error) => {
                let cause: &dyn std::error::Error = error;
                tracing::warn!(webhook = name, milliseconds, error = cause, "a webhook was told in vain");
                "failed"
            }
        };
        metrics::histogram!("partner_call_seconds", "partner" => "webhook", "endpoint" => "tell", "outcome" => word)
            .record(began.elapsed().as_secs_f64());
        outcome
    }

    /// The same, unless it rests.
    async fn tell_unless_resting(&self, webhook: &Webhook, what: &Notification) -> Result<Carried, NotCarried> {
        let breaker = self.breaker(&webhook.name);
        if breaker.rests(Instant::now()).is_some() {
            return Err(NotCarried::later("it has failed so often that it is left alone for a while"));
        }
        let outcome = self.tell(webhook, what).await;
        match &outcome {
            Err(NotCarried::Later(_)) => breaker.failed(Instant::now()),
            _ => breaker.succeeded(),
        }
        outcome
    }

    fn breaker(&self, name: &WebhookName) -> Arc<Breaker> {
        self.breakers.lock().expect("nothing panics under this lock").entry(name.clone()).or_default().clone()
    }

    /// The headers with names of their own are for those who have listened since before there were Standard Webhooks.
    fn request(&self, webhook: &Webhook, what: &Notification) -> RequestBuilder {
        let (id, timestamp, body) = (what.id.to_string(), self.clock.now().timestamp(), what.body.as_bytes());
        let signatures: Vec<String> =
            webhook.secrets.iter().map(|secret| secret.standard_signature(&id, timestamp, body)).collect();
        let mut request = self
            .client
            .post(webhook.endpoint.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, "Teacher Identity")
            .header("X-TeacherIdentity-NotificationId", &id)
            .header("webhook-id", &id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signatures.join(" "));
        if let Some(secret) = webhook.secrets.first() {
            request = request.header("X-Hub-Signature-256", secret.hub_signature(body));
        }
        request.body(what.body.clone())
    }
}

#[async_trait]
impl Carrier<Notification> for HttpWebhooks {
    /// The id that goes out is the notification's own.
    async fn carry(&self, _id: Uuid, what: &Notification) -> Result<Carried, NotCarried> {
        match self.webhooks.find(&what.webhook) {
            Some(webhook) if webhook.enabled => self.tell_unless_resting(&webhook, what).await,
            _ => Err(NotCarried::Refused(Refusal::Address)),
        }
    }
}
