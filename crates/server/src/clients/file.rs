//! One client's file.

use std::collections::BTreeMap;
use std::path::Path;

use identity::client::{Client, ClientId, MobileRequirement, OneLoginOffer, SigningAlgorithm, TrnRequirement};
use identity::client_authentication::ClientAuthentication;
use identity::matching::MatchPolicy;
use identity::one_login::Level;
use identity::scope::{Scope, Scopes};
use identity::secret::Plain;
use serde::Deserialize;

use super::check::Check;
use super::sector::SubjectType;
use crate::config::read::{Reader, section};
use crate::config::{Fault, Profile, Setting, toml};

section! {
    pub(super) ClientFile {
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
        subject_type: Option<SubjectType>,
        sector_identifier: Option<String>,
        userinfo_signed_response_alg: Option<SigningAlgorithm>,
        raise_tickets: Option<bool>,
        id_token_signed_response_alg: Option<SigningAlgorithm>,
        pkce: Option<Pkce>,
        token_endpoint_auth_method: Option<ClientAuthentication>,
        jwks: Option<String>,
        jwks_uri: Option<String>,
        security_profile: Option<SecurityProfile>,
        require_pushed_authorization_requests: Option<bool>,
        require_signed_request_object: Option<bool>,
        dpop_bound_access_tokens: Option<bool>,
        authorization_signed_response_alg: Option<SigningAlgorithm>,
        resources: Option<Vec<String>>,
        client_credentials_scopes: Option<Scopes>,
        one_login: Option<OneLoginOffer>,
        one_login_level: Option<Level>,
    }
}

/// A text that is, or by mistake may be, a secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Hidden(pub(crate) Plain);

impl From<String> for Hidden {
    fn from(text: String) -> Hidden {
        Hidden(Plain::new(text))
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct ServiceName(String);

impl TryFrom<String> for ServiceName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = (1..=100).contains(&text.chars().count()) && text.trim() == text && !text.contains(char::is_control);
        if fits { Ok(ServiceName(text)) } else { Err("should be 1 to 100 characters, without spaces around them") }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Pkce {
    Required,
    Optional,
}

/// What a client is held to as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum SecurityProfile {
    /// The FAPI 2.0 Security Profile.
    #[serde(rename = "fapi-2.0")]
    Fapi2,
}

/// Reads a file's text. Nothing comes back unless all of it is right; every fault is noted.
pub(super) fn parse(path: &Path, text: &str, profile: Profile, faults: &mut Vec<Fault>) -> Option<Client> {
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
    let file = ClientFile::read(Reader::new("", &place, settings, faults))?;
    let mut check = Check { place, profile, faults };
    check.id(&file.client_id, path);
    let service_url = check.url("service_url", &file.service_url);
    let secrets = check.secrets(&file);
    let backchannel_logout_uri = check.backchannel_logout(&file);
    check.redirects(&file);
    check.scopes(file.scopes.contains(Scope::Openid));
    check.prohibitions(&file);
    check.own_scopes(&file);
    check.one_login(&file);
    let public_keys = check.public_keys(&file);
    check.security(&file);
    let is_fapi = file.security_profile == Some(SecurityProfile::Fapi2);
    let signed = if is_fapi { SigningAlgorithm::ES256 } else { SigningAlgorithm::default() };
    let pairwise_sector = check.sector(&file);
    // A setting that there is not is a fault, and leaves the others readable.
    if check.faults.len() > faults_before {
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
        pairwise_sector,
        userinfo_signed_response_alg: file.userinfo_signed_response_alg,
        raises_tickets: file.raise_tickets.unwrap_or(true),
        id_token_signed_response_alg: file.id_token_signed_response_alg.unwrap_or(signed),
        pkce_required: file.pkce != Some(Pkce::Optional),
        authentication: file.token_endpoint_auth_method.unwrap_or_default(),
        public_keys,
        is_fapi,
        par_required: is_fapi || file.require_pushed_authorization_requests == Some(true),
        request_object_required: file.require_signed_request_object == Some(true),
        dpop_required: is_fapi || file.dpop_bound_access_tokens == Some(true),
        authorization_signed_response_alg: file.authorization_signed_response_alg.unwrap_or(signed),
        resources: file.resources.unwrap_or_default(),
        own_scopes: file.client_credentials_scopes.unwrap_or_default(),
        one_login: file.one_login.unwrap_or_default(),
        one_login_level: file.one_login_level,
    })
}
