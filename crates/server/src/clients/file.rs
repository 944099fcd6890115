//! One client's file.

use std::collections::BTreeMap;
use std::path::Path;

use identity::client::{Client, ClientId, MobileRequirement, SigningAlgorithm, TrnRequirement};
use identity::client_secret::{ClientSecretHash, VerifiedSecrets};
use identity::matching::MatchPolicy;
use identity::random::Random;
use identity::scope::{Scope, Scopes};
use identity::secret::Plain;
use serde::Deserialize;
use url::Url;

use super::uri;
use crate::config::read::{Reader, section};
use crate::config::{Fault, Profile, Setting, toml};
use crate::demo_client::sample_clients::SAMPLE_CLIENTS;

section! {
    ClientFile {
        client_id: ClientId,
        name: ServiceName,
        service_url: String,
        client_secrets: Option<Vec<Hidden>>,
        plain_secret: Option<Hidden>,
        redirect_uris: Vec<String>,
        post_logout_redirect_uris: Option<Vec<String>>,
        backchannel_logout_uri: Option<String>,
        backchannel_logout_session_required: Option<bool>,
        scopes: Scopes,
        mobile: Option<MobileRequirement>,
        landing_page: Option<bool>,
        trn: TrnRequirement,
        match_policy: Option<MatchPolicy>,
        block_prohibited: Option<bool>,
        raise_tickets: Option<bool>,
        id_token_signed_response_alg: Option<SigningAlgorithm>,
        pkce: Option<Pkce>,
    }
}

/// A text that is, or by mistake may be, a secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
struct Hidden(Plain);

impl From<String> for Hidden {
    fn from(text: String) -> Hidden {
        Hidden(Plain::new(text))
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct ServiceName(String);

impl TryFrom<String> for ServiceName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = (1..=100).contains(&text.chars().count()) && text.trim() == text && !text.contains(char::is_control);
        if fits { Ok(ServiceName(text)) } else { Err("should be 1 to 100 characters, without spaces around them") }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Pkce {
    Required,
    Optional,
}

/// Reads a file's text. Nothing comes back unless all of it is right; every fault is noted.
pub(super) fn parse(path: &Path, text: &str, profile: Profile, faults: &mut Vec<Fault>) -> Option<Client> {
    let place = path.display().to_string();
    let table = match toml(text) {
        Ok(table) => table,
        Err(what) => {
            faults.push(Fault::new(place, "", what));
            return None;
        }
    };
    let settings: BTreeMap<String, Setting> =
        table.into_iter().map(|(key, value)| (key, Setting { place: place.clone(), value })).collect();
    let file = ClientFile::read(Reader::new("", &place, settings, faults))?;
    let mut check = Check { place, profile, faults, whole: true };
    check.id(&file.client_id, path);
    let service_url = check.url("service_url", &file.service_url);
    let secrets = check.secrets(&file);
    let backchannel_logout_uri = check.backchannel_logout(&file);
    check.redirects(&file);
    check.scopes(file.scopes.contains(Scope::Openid));
    check.prohibitions(&file);
    if !check.whole {
        return None;
    }
    Some(Client {
        id: file.client_id,
        name: file.name.0,
        service_url: service_url?,
        secrets,
        redirect_uris: file.redirect_uris,
        post_logout_redirect_uris: file.post_logout_redirect_uris.unwrap_or_default(),
        backchannel_logout_uri,
        scopes: file.scopes,
        mobile: file.mobile.unwrap_or_default(),
        landing_page: file.landing_page.unwrap_or(false),
        trn: file.trn,
        match_policy: file.match_policy.unwrap_or_default(),
        blocks_prohibited: file.block_prohibited.unwrap_or(false),
        raises_tickets: file.raise_tickets.unwrap_or(true),
        id_token_signed_response_alg: file.id_token_signed_response_alg.unwrap_or_default(),
        pkce_required: file.pkce != Some(Pkce::Optional),
    })
}

/// Is it a secret of the demo service's clients, under whatever salt?
fn is_sample(hash: &ClientSecretHash) -> bool {
    let verified = VerifiedSecrets::new(&Random::seeded(0));
    SAMPLE_CLIENTS.iter().any(|sample| verified.verify(std::slice::from_ref(hash), &Plain::new(sample.secret)))
}

/// The rules between fields, and those that depend on the profile.
struct Check<'f> {
    place: String,
    profile: Profile,
    faults: &'f mut Vec<Fault>,
    whole: bool,
}

impl Check<'_> {
    fn refuse(&mut self, key: impl Into<String>, what: impl Into<String>) {
        self.faults.push(Fault::new(&self.place, key, what));
        self.whole = false;
    }

    /// Who looks for a client's file should find it by its id.
    fn id(&mut self, id: &ClientId, path: &Path) {
        if path.file_stem().and_then(|stem| stem.to_str()) != Some(id.as_str()) {
            self.refuse("client_id", format!("the file should be named {id}.toml"));
        }
        if id.as_str() == Client::OURSELVES {
            self.refuse("client_id", "is our own: take another");
        }
    }

    fn url(&mut self, key: &str, text: &str) -> Option<Url> {
        uri::check(text, self.profile).map_err(|what| self.refuse(key, what)).ok()
    }

    fn redirects(&mut self, file: &ClientFile) {
        if file.redirect_uris.is_empty() {
            self.refuse("redirect_uris", "should have one at least");
        }
        let after_sign_out = file.post_logout_redirect_uris.iter().flatten().enumerate();
        for (index, text) in file.redirect_uris.iter().enumerate() {
            self.url(&format!("redirect_uris[{index}]"), text);
        }
        for (index, text) in after_sign_out {
            self.url(&format!("post_logout_redirect_uris[{index}]"), text);
        }
    }

    /// What is required of the session, our logout tokens always have; so it needs nothing but an address to send them to.
    fn backchannel_logout(&mut self, file: &ClientFile) -> Option<Url> {
        if file.backchannel_logout_uri.is_none() && file.backchannel_logout_session_required == Some(true) {
            self.refuse("backchannel_logout_session_required", "needs a backchannel_logout_uri");
        }
        self.url("backchannel_logout_uri", file.backchannel_logout_uri.as_deref()?)
    }

    fn secrets(&mut self, file: &ClientFile) -> Vec<ClientSecretHash> {
        let mut secrets = Vec::new();
        for (index, Hidden(text)) in file.client_secrets.iter().flatten().enumerate() {
            let key = format!("client_secrets[{index}]");
            match ClientSecretHash::parse(text.expose()) {
                Ok(hash) if self.profile == Profile::Production && is_sample(&hash) => {
                    self.refuse(key, "is the hash of a sample secret, which everybody knows: make your own");
                }
                Ok(hash) => secrets.push(hash),
                Err(what) => self.refuse(key, what.to_string()),
            }
        }
        match &file.plain_secret {
            Some(_) if self.profile == Profile::Production => {
                self.refuse("plain_secret", "is never taken in production: use client_secrets");
            }
            // The secret stands in a file, so that a salt of its own would protect nothing; with a constant one the
            // same file always makes the same client.
            Some(Hidden(secret)) => secrets.push(ClientSecretHash::of(secret, &Random::seeded(0))),
            None if file.client_secrets.as_ref().is_none_or(Vec::is_empty) => {
                self.refuse("client_secrets", "should have one at least: `get-an-identity clients hash-secret`");
            }
            None => {}
        }
        secrets
    }

    /// Who is prohibited stands in the teaching record.
    fn prohibitions(&mut self, file: &ClientFile) {
        if file.block_prohibited == Some(true) && file.trn == TrnRequirement::NotAsked {
            self.refuse("block_prohibited", "needs a client that asks for the TRN");
        }
    }

    fn scopes(&mut self, has_openid: bool) {
        if !has_openid {
            self.refuse("scopes", "should have openid (OpenID Connect Core, section 3.1.2.1)");
        }
    }
}
