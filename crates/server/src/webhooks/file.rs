//! One webhook's file.

use std::collections::BTreeMap;
use std::path::Path;

use identity::webhook::{Webhook, WebhookEvent, WebhookName, WebhookSecret};

use crate::clients::file::Hidden;
use crate::clients::uri;
use crate::config::read::{Reader, section};
use crate::config::{Fault, Profile, Setting, toml};

section! {
    WebhookFile {
        endpoint: String,
        secrets: Vec<Hidden>,
        enabled: Option<bool>,
        events: Vec<WebhookEvent>,
    }
}

/// Reads a file's text. Nothing comes back unless all of it is right; every fault is noted.
pub(super) fn parse(path: &Path, text: &str, profile: Profile, faults: &mut Vec<Fault>) -> Option<Webhook> {
    let place = path.display().to_string();
    let faults_before = faults.len();
    let table = match toml(text) {
        Ok(table) => table,
        Err(what) => {
            faults.push(Fault::new(place, "", what));
            return None;
        }
    };
    let settings: BTreeMap<String, Setting> =
        table.into_iter().map(|(key, value)| (key, Setting { place: place.clone(), value })).collect();
    let file = WebhookFile::read(Reader::new("", &place, settings, faults))?;
    let mut refuse = |key: &str, what: String| faults.push(Fault::new(&place, key, what));
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let name = WebhookName::parse(stem).map_err(|what| refuse("", format!("the file's name will not do: {what}")));
    let endpoint = uri::check(&file.endpoint, profile).map_err(|what| refuse("endpoint", what.into()));
    let mut secrets = Vec::new();
    for (index, Hidden(text)) in file.secrets.iter().enumerate() {
        match WebhookSecret::parse(text.expose()) {
            Ok(secret) => secrets.push(secret),
            Err(what) => refuse(&format!("secrets[{index}]"), what.to_string()),
        }
    }
    if !(1..=2).contains(&file.secrets.len()) {
        refuse("secrets", "should have one, or two while it changes".into());
    }
    if file.events.is_empty() {
        refuse("events", "should have one at least".into());
    }
    if faults.len() > faults_before {
        return None;
    }
    Some(Webhook {
        name: name.ok()?,
        endpoint: endpoint.ok()?,
        secrets,
        enabled: file.enabled.unwrap_or(true),
        events: file.events,
    })
}
