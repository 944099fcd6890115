//! The development outbox: every message that was sent, to be read here instead of in a mailbox.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType};
use actix_web::web::{self, Data, Path, Query, ServiceConfig};
use chrono::SecondsFormat;
use identity::key_ring::KeyRing;
use identity::message::Message;
use identity::outbox::{OutboxMessage, SEAL_PURPOSE};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Store, StoreError};
use uuid::Uuid;

use super::Site;
use super::site::Page;

/// So many messages are looked through: plenty for one machine.
const LOOKED_THROUGH: u32 = 2_000;
const SHOWN: usize = 100;

/// Mail has its styles inline.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'; sandbox";

/// Present only where development.outbox is on.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    pub(super) store: Store,
    pub(super) key_ring: KeyRing,
}

/// A message as scripts read it. Its names are relied upon.
#[derive(Serialize)]
struct Sent {
    id: Uuid,
    channel: &'static str,
    to: String,
    template: String,
    subject: String,
    body: String,
    html: Option<String>,
    one_time_code: Option<String>,
    sent_at: String,
}

#[derive(Deserialize)]
struct Wanted {
    to: Option<String>,
}

pub(super) fn configure(config: &mut ServiceConfig, outbox: Data<Outbox>) {
    config
        .app_data(outbox)
        .route("/dev/outbox", web::get().to(page))
        .route("/dev/outbox.json", web::get().to(list))
        .route("/dev/outbox/{id}.html", web::get().to(html));
}

async fn list(outbox: Data<Outbox>, wanted: Query<Wanted>) -> HttpResponse {
    match outbox.sent(wanted.to.as_deref()).await {
        Ok(sent) => HttpResponse::Ok().json(sent),
        Err(error) => unreadable(&error),
    }
}

async fn page(outbox: Data<Outbox>, site: Data<Site>) -> HttpResponse {
    let sent = match outbox.sent(None).await {
        Ok(sent) => sent,
        Err(error) => return unreadable(&error),
    };
    let message = |sent: &Sent| {
        let paragraphs: Vec<Vec<&str>> = sent.body.split("\n\n").map(|text| text.lines().collect()).collect();
        json!({
            "html": sent.html.is_some().then(|| format!("/dev/outbox/{}.html", sent.id)),
            "channel": sent.channel,
            "to": sent.to,
            "template": sent.template,
            "heading": if sent.subject.is_empty() { "Text message" } else { sent.subject.as_str() },
            "paragraphs": paragraphs,
            "sent_at": sent.sent_at,
        })
    };
    let messages: Vec<_> = sent.iter().take(SHOWN).map(message).collect();
    site.draw(Page {
        status: StatusCode::OK,
        template: "dev/outbox.html",
        title: "Messages sent",
        client: None,
        view: json!({ "messages": messages }),
        policy: govuk::csp::policy(&[]),
    })
}

/// The HTML of one message, as a mail program shows it: with its own styles, and nothing that runs or comes from elsewhere.
async fn html(outbox: Data<Outbox>, id: Path<Uuid>) -> HttpResponse {
    let sent = match outbox.sent(None).await {
        Ok(sent) => sent,
        Err(error) => return unreadable(&error),
    };
    match sent.into_iter().find(|sent| sent.id == *id).and_then(|sent| sent.html) {
        Some(html) => HttpResponse::Ok()
            .insert_header((CONTENT_SECURITY_POLICY, MAIL_POLICY))
            .insert_header(("X-Robots-Tag", "noindex"))
            .content_type(ContentType::html())
            .body(html),
        None => HttpResponse::NotFound().finish(),
    }
}

fn unreadable(error: &StoreError) -> HttpResponse {
    tracing::error!(%error, "the outbox cannot be read");
    HttpResponse::ServiceUnavailable().finish()
}

impl Outbox {
    /// The newest first; only those to one address when there is one.
    async fn sent(&self, to: Option<&str>) -> Result<Vec<Sent>, StoreError> {
        let rows = self.store.read(|db| db.outbox().newest_first(LOOKED_THROUGH)).await?;
        let is_wanted = |sent: &Sent| to.is_none_or(|to| sent.to.eq_ignore_ascii_case(to.trim()));
        Ok(rows.iter().filter_map(|row| self.open(row)).filter(is_wanted).collect())
    }

    /// None for a message that was sealed with a key that is no longer on the ring.
    fn open(&self, row: &OutboxMessage) -> Option<Sent> {
        let json = self.key_ring.open(SEAL_PURPOSE, &row.sealed).ok()?;
        let Message { to, template, subject, body, html, one_time_code } = serde_json::from_slice(&json).ok()?;
        let sent_at = row.created_at.to_rfc3339_opts(SecondsFormat::Micros, true);
        Some(Sent {
            id: row.id,
            channel: row.channel.as_str(),
            to,
            template,
            subject,
            body,
            html,
            one_time_code,
            sent_at,
        })
    }
}
