//! `[notify]`: our service at GOV.UK Notify.

use std::collections::BTreeMap;

use identity::outbox::Channel;
use partners::messages::notify::{ApiKey, Templates};
use serde::Deserialize;
use uuid::Uuid;

use super::evidence::{Endpoint, Secret};
use super::fault::Fault;
use super::layers::Layers;
use super::read::section;

section! {
    pub Notify {
        base_url: Endpoint,
        api_key: NotifyKey,
        email_template: TemplateId,
        sms_template: TemplateId,
        own_templates: OwnTemplates,
        /// What Notify shows when it sends receipts; empty: none are taken.
        callback_token: Secret,
    }
}

/// A key of Notify's API, or nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct NotifyKey(Option<ApiKey>);

impl NotifyKey {
    pub fn key(&self) -> Option<&ApiKey> {
        self.0.as_ref()
    }
}

impl TryFrom<String> for NotifyKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(NotifyKey(None));
        }
        text.parse()
            .map(|key| NotifyKey(Some(key)))
            .map_err(|error: partners::messages::notify::NoApiKey| error.to_string())
    }
}

/// The id of a template, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TemplateId(Option<Uuid>);

impl TryFrom<String> for TemplateId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() {
            return Ok(TemplateId(None));
        }
        text.parse().map(|id| TemplateId(Some(id))).map_err(|_| "should be the id of a template, a UUID")
    }
}

/// A list of `email/LETTER:ID` and `sms/LETTER:ID`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct OwnTemplates(BTreeMap<(Channel, String), Uuid>);

impl TryFrom<Vec<String>> for OwnTemplates {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        let mut own = BTreeMap::new();
        for (index, text) in texts.iter().enumerate() {
            let (letter, id) = own_template(text).map_err(|what| format!("number {}: {what}", index + 1))?;
            own.insert(letter, id);
        }
        Ok(OwnTemplates(own))
    }
}

fn own_template(text: &str) -> Result<((Channel, String), Uuid), &'static str> {
    let (letter, id) = text.split_once(':').ok_or("should be email/LETTER:ID or sms/LETTER:ID")?;
    let id = id.parse().map_err(|_| "the id should be a UUID")?;
    match letter.split_once('/') {
        Some(("email", name)) if journey::messages::exists("email", name) => Ok(((Channel::Email, name.into()), id)),
        Some(("sms", name)) if journey::messages::exists("sms", name) => Ok(((Channel::Sms, name.into()), id)),
        _ => Err("there is no such letter: the names are those of templates/email and templates/sms"),
    }
}

impl Notify {
    /// The templates of a channel, where there is one for every letter.
    pub fn templates(&self, channel: Channel) -> Option<Templates> {
        let TemplateId(any) = if channel == Channel::Sms { self.sms_template } else { self.email_template };
        let own = self.own_templates.0.iter().filter(|((of, _), _)| *of == channel);
        let own = own.map(|((_, letter), id)| (letter.clone(), *id)).collect();
        any.map(|any| Templates { any, own })
    }
}

/// What is missing for `(emails, text messages)` by Notify.
pub(super) fn refusals(layers: &Layers, (emails, texts): (bool, bool), is_production: bool) -> Vec<Fault> {
    if !emails && !texts {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let mut refuse =
        |key: &str, place: String, what: &str| faults.push(Fault::new(place, format!("notify.{key}"), what));
    let needed = [("base_url", true), ("api_key", true), ("email_template", emails), ("sms_template", texts)];
    for (key, _) in needed.into_iter().filter(|(_, needed)| *needed) {
        if let Some((value, place)) = layers.peek::<String>("notify", key)
            && value.is_empty()
        {
            refuse(key, place, "is needed to send by Notify");
        }
    }
    if let Some((url, place)) = layers.peek::<String>("notify", "base_url")
        && is_production
        && url.starts_with("http:")
    {
        refuse("base_url", place, "should be https in production");
    }
    if let Some((token, place)) = layers.peek::<String>("notify", "callback_token")
        && (1..20).contains(&token.chars().count())
    {
        refuse("callback_token", place, "should be 20 characters or more, or empty");
    }
    faults
}
