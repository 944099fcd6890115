//! What is asked of it, and what it says when it cannot be done.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use identity::email::Email;
use identity::mobile::Mobile;
use identity::outbox::Channel;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{Inside, Received};

#[derive(Deserialize)]
struct Asked {
    email_address: Option<String>,
    phone_number: Option<String>,
    template_id: String,
    #[serde(default)]
    personalisation: BTreeMap<String, String>,
    reference: Option<String>,
}

/// An answer that is none of success.
pub(super) struct Refused {
    status: u16,
    error: &'static str,
    message: String,
}

impl Refused {
    pub(super) fn new(status: u16, error: &'static str, message: impl Into<String>) -> Refused {
        Refused { status, error, message: message.into() }
    }

    fn validation(message: &str) -> Refused {
        Refused::new(400, "ValidationError", message)
    }

    fn bad_request(message: impl Into<String>) -> Refused {
        Refused::new(400, "BadRequestError", message)
    }
}

impl From<Refused> for HttpResponse {
    fn from(refused: Refused) -> HttpResponse {
        let Refused { status, error, message } = refused;
        let code = StatusCode::from_u16(status).expect("ours are statuses");
        HttpResponse::build(code)
            .json(json!({ "status_code": status, "errors": [{ "error": error, "message": message }] }))
    }
}

pub(super) fn read(inside: &Inside, channel: Channel, body: &[u8]) -> Result<Received, Refused> {
    let asked: Asked = serde_json::from_slice(body)
        .map_err(|_| Refused::new(400, "BadRequestError", "Invalid JSON supplied in POST data"))?;
    let to = match channel {
        Channel::Sms => number(asked.phone_number)?,
        _ => email(asked.email_address)?,
    };
    let template_id: Uuid =
        asked.template_id.parse().map_err(|_| Refused::validation("template_id is not a valid UUID"))?;
    let (is_of, needed) = template(inside, template_id)?;
    if is_of.is_some_and(|is_of| is_of != channel) {
        let (own, other) = (is_of.map_or("", Channel::as_str), channel.as_str());
        return Err(Refused::bad_request(format!("{own} template is not suitable for {other} notification")));
    }
    let missing: Vec<_> = needed.iter().copied().filter(|name| !asked.personalisation.contains_key(*name)).collect();
    if !missing.is_empty() {
        return Err(Refused::bad_request(format!("Missing personalisation: {}", missing.join(", "))));
    }
    let value = |name: &str| asked.personalisation.get(name).cloned();
    Ok(Received {
        id: inside.random.uuid(),
        reference: asked.reference,
        channel,
        to,
        template_id,
        subject: value("subject").filter(|_| channel == Channel::Email),
        body: value(needed[needed.len() - 1]).unwrap_or_default(),
        at: inside.clock.now(),
    })
}

/// For which channel a template is, if for one only, and its placeholders; what it says stands at the last.
fn template(inside: &Inside, id: Uuid) -> Result<(Option<Channel>, &'static [&'static str]), Refused> {
    match &inside.settings {
        settings if id == settings.email_template => Ok((Some(Channel::Email), &["subject", "body"])),
        settings if id == settings.sms_template => Ok((Some(Channel::Sms), &["body"])),
        settings if settings.code_templates.contains(&id) => Ok((None, &["code"])),
        _ => Err(Refused::bad_request("Template not found")),
    }
}

fn email(to: Option<String>) -> Result<String, Refused> {
    let to = to.ok_or_else(|| Refused::validation("email_address is a required property"))?;
    match Email::parse(&to) {
        Ok(_) if !to.starts_with("refused@") => Ok(to),
        _ => Err(Refused::validation("email_address is not a valid email address")),
    }
}

fn number(to: Option<String>) -> Result<String, Refused> {
    let to = to.ok_or_else(|| Refused::validation("phone_number is a required property"))?;
    match Mobile::parse(&to) {
        Ok(_) => Ok(to),
        Err(_) => Err(Refused::validation("phone_number Must not contain letters or symbols")),
    }
}
