//! `[one_login]`: GOV.UK One Login, for clients whose files offer it.

use std::path::PathBuf;

use identity::one_login::Level;
use identity::secret::Plain;
use partners::one_login::ClientKey;
use serde::Deserialize;
use url::Url;

use super::evidence::Secret;
use super::fault::Fault;
use super::layers::Layers;
use super::lifetime::Lifetime;
use super::read::section;

section! {
    pub OneLogin {
        enabled: bool,
        issuer: Base,
        identity: Base,
        client_id: String,
        private_key: Secret,
        private_key_file: PathBuf,
        kid: String,
        level: Level,
        leads_to: Vec<Source>,
        time_budget: Lifetime<1, 30>,
    }
}

/// An http or https URL that ends with a slash, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Base(Option<Url>);

impl Base {
    pub fn url(&self) -> Option<&Url> {
        self.0.as_ref()
    }
}

impl TryFrom<String> for Base {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() {
            return Ok(Base(None));
        }
        let url = Url::parse(&text).map_err(|_| "is not a URL")?;
        let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        match url.scheme() {
            "http" | "https" if bare && url.path().ends_with('/') => Ok(Base(Some(url))),
            _ => Err("should be an http or https URL that ends with a slash"),
        }
    }
}

/// An origin in a Content-Security-Policy, where the first label of the host may be `*`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Source(String);

impl Source {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Source {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let plain = text.replacen("://*.", "://any.", 1);
        let origin = Url::parse(&plain).ok().filter(|url| ["http", "https"].contains(&url.scheme()));
        match origin {
            Some(url) if url.origin().ascii_serialization() == plain => Ok(Source(text)),
            _ => Err("should be an origin, such as https://*.account.gov.uk"),
        }
    }
}

impl OneLogin {
    /// The key, from the setting or from its file.
    ///
    /// # Errors
    /// When the file cannot be read, or there is no such key.
    pub fn key(&self) -> Result<ClientKey, String> {
        let pem = match self.private_key.expose() {
            "" => std::fs::read_to_string(&self.private_key_file)
                .map_err(|error| format!("one_login.private_key_file cannot be read: {error}"))?,
            pem => pem.to_owned(),
        };
        let kid = Some(self.kid.clone()).filter(|kid| !kid.is_empty());
        ClientKey::from_pem(&Plain::new(pem), kid).map_err(|error| format!("one_login.private_key {error}"))
    }
}

const SAMPLE: &str = "is a sample that everybody knows: make your own";

fn is_sample(pem: &str) -> bool {
    pem.trim() == partners::simulators::one_login::SAMPLE_PRIVATE_KEY.trim()
}

/// What is missing where it is on; and in production, what is not safe.
pub(super) fn refusals(layers: &Layers, is_production: bool) -> Vec<Fault> {
    let Some((true, _)) = layers.peek::<bool>("one_login", "enabled") else { return Vec::new() };
    let mut faults = Vec::new();
    let mut refuse = |key: &str, place: String, what: &str| {
        faults.push(Fault::new(place, format!("one_login.{key}"), what));
    };
    let text = |key: &str| layers.peek::<String>("one_login", key).unwrap_or_default();
    for key in ["issuer", "identity", "client_id"] {
        let (value, place) = text(key);
        if value.is_empty() {
            refuse(key, place, "is needed for GOV.UK One Login");
        } else if is_production && value.starts_with("http:") {
            refuse(key, place, "should be https in production");
        }
    }
    let ((key, place), (file, file_place)) = (text("private_key"), text("private_key_file"));
    match (key.is_empty(), file.is_empty()) {
        (true, true) => refuse("private_key", place, "is needed for GOV.UK One Login, or private_key_file"),
        (false, false) => refuse("private_key", place, "cannot stand beside private_key_file: leave one out"),
        (false, true) if is_production && is_sample(&key) => refuse("private_key", place, SAMPLE),
        // Whether it can be read at all, the start finds out.
        (true, false) if is_production && std::fs::read_to_string(file).is_ok_and(|pem| is_sample(&pem)) => {
            refuse("private_key_file", file_place, SAMPLE);
        }
        _ => {}
    }
    faults
}
