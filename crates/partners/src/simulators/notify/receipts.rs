//! What became of a message, told to whoever wants to know: a POST with a bearer token, a few times until it is taken.

use std::time::Duration;

use chrono::SecondsFormat;
use identity::outbox::Channel;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use super::{Callback, Inside, Received};

const ATTEMPTS: usize = 5;
const PAUSE: Duration = Duration::from_secs(1);

pub(super) fn messenger() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().timeout(Duration::from_secs(5)).build()
}

pub(super) fn send(inside: &Inside, received: &Received) {
    let Some(Callback { url, token }) = inside.settings.callback.clone() else { return };
    let Some(status) = status(received) else { return };
    let at = received.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let receipt = json!({
        "id": received.id,
        "reference": received.reference,
        "to": received.to,
        "status": status,
        "created_at": at,
        "completed_at": at,
        "sent_at": at,
        "notification_type": received.channel,
        "template_id": received.template_id,
        "template_version": 1,
    });
    let messenger = inside.messenger.clone();
    actix_web::rt::spawn(async move {
        for _ in 0..ATTEMPTS {
            let request = messenger.post(url.clone()).bearer_auth(token.expose());
            let answer = request.header(CONTENT_TYPE, "application/json").body(receipt.to_string()).send().await;
            match answer {
                Ok(answer) if answer.status().is_success() => return,
                Ok(answer) => tracing::warn!(status = answer.status().as_u16(), "the receipt was not taken"),
                Err(error) => tracing::warn!(error = %error.without_url(), "the receipt was not taken"),
            }
            actix_web::rt::time::sleep(PAUSE).await;
        }
    });
}

/// How it ends; None where nobody is ever told.
fn status(received: &Received) -> Option<&'static str> {
    let to = received.to.as_str();
    let named = |name: &str| match received.channel {
        Channel::Email => to.split('@').next().is_some_and(|local| local == name),
        _ => to.ends_with(name),
    };
    let any = |names: &[&str]| names.iter().any(|name| named(name));
    if any(&["simulate-delivered", "7700900000", "7700900111", "7700900222"]) {
        None
    } else if any(&["perm-fail", "7700900002"]) {
        Some("permanent-failure")
    } else if any(&["temp-fail", "7700900003"]) {
        Some("temporary-failure")
    } else {
        Some("delivered")
    }
}
