//! What a client's file is held to beyond each field's own type.

use std::path::Path;

use identity::client::{Client, ClientId, OneLoginOffer, SigningAlgorithm, TrnRequirement};
use identity::client_authentication::{ClientAuthentication, PublicKeys};
use identity::client_secret::ClientSecretHash;
use identity::random::Random;
use identity::scope::Scopes;
use url::Url;

use super::file::{ClientFile, Hidden, Pkce, SecurityProfile};
use super::{sector, uri};
use crate::config::{Fault, Profile};

/// The rules between fields, and those that depend on the profile.
pub(super) struct Check<'f> {
    pub(super) place: String,
    pub(super) profile: Profile,
    pub(super) faults: &'f mut Vec<Fault>,
}

impl Check<'_> {
    fn refuse(&mut self, key: impl Into<String>, what: impl Into<String>) {
        self.faults.push(Fault::new(&self.place, key, what));
    }

    /// Who looks for a client's file should find it by its id.
    pub(super) fn id(&mut self, id: &ClientId, path: &Path) {
        if path.file_stem().and_then(|stem| stem.to_str()) != Some(id.as_str()) {
            self.refuse("client_id", format!("the file should be named {id}.toml"));
        }
        if id.as_str() == Client::OURSELVES {
            self.refuse("client_id", "is our own: take another");
        }
    }

    pub(super) fn url(&mut self, key: &str, text: &str) -> Option<Url> {
        uri::check(text, self.profile).map_err(|what| self.refuse(key, what)).ok()
    }

    pub(super) fn redirects(&mut self, file: &ClientFile) {
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

    pub(super) fn secrets(&mut self, file: &ClientFile) -> Vec<ClientSecretHash> {
        let mut secrets = Vec::new();
        for (index, Hidden(text)) in file.client_secrets.iter().flatten().enumerate() {
            let key = format!("client_secrets[{index}]");
            match ClientSecretHash::parse(text.expose()) {
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
            None => {}
        }
        let by_secret = file.token_endpoint_auth_method.unwrap_or_default() == ClientAuthentication::Secret;
        let has_some = file.plain_secret.is_some() || file.client_secrets.as_ref().is_some_and(|all| !all.is_empty());
        if by_secret && !has_some {
            self.refuse("client_secrets", "should have one at least: `get-an-identity clients hash-secret`");
        }
        if !by_secret && has_some {
            self.refuse("client_secrets", "has no use with this token_endpoint_auth_method: leave it out");
        }
        secrets
    }

    /// In the file, or where the client publishes them, and not both.
    pub(super) fn public_keys(&mut self, file: &ClientFile) -> PublicKeys {
        match (&file.jwks, &file.jwks_uri) {
            (None, None) => PublicKeys::None,
            (Some(_), Some(_)) => {
                self.refuse("jwks_uri", "cannot stand beside jwks: leave one out");
                PublicKeys::None
            }
            (Some(jwks), None) => {
                if let Err(what) = oidc::check_key_set(jwks) {
                    self.refuse("jwks", what);
                }
                PublicKeys::Inline(jwks.clone())
            }
            (None, Some(address)) => self.url("jwks_uri", address).map_or(PublicKeys::None, PublicKeys::At),
        }
    }

    /// What a person's sign-in brings is one thing, what the client may do in its own name another.
    pub(super) fn own_scopes(&mut self, file: &ClientFile) {
        for (key, scopes, own) in [
            ("scopes", Some(&file.scopes), false),
            ("client_credentials_scopes", file.client_credentials_scopes.as_ref(), true),
        ] {
            let wrong = scopes.into_iter().flat_map(Scopes::iter).find(|scope| scope.is_own() != own);
            if let Some(scope) = wrong {
                let other = if own { "scopes" } else { "client_credentials_scopes" };
                self.refuse(key, format!("{} belongs into {other}", scope.as_str()));
            }
        }
    }

    /// How the client proves who it is, and what that needs.
    pub(super) fn security(&mut self, file: &ClientFile) {
        let authentication = file.token_endpoint_auth_method.unwrap_or_default();
        let has_keys = file.jwks.is_some() || file.jwks_uri.is_some();
        if authentication == ClientAuthentication::PrivateKeyJwt && !has_keys {
            self.refuse("token_endpoint_auth_method", "private_key_jwt needs the client's keys: jwks or jwks_uri");
        }
        if file.require_signed_request_object == Some(true) && !has_keys {
            self.refuse("require_signed_request_object", "needs the client's keys: jwks or jwks_uri");
        }
        if authentication == ClientAuthentication::None && file.pkce == Some(Pkce::Optional) {
            self.refuse("pkce", "is required of a client that authenticates by nothing (RFC 9700, section 2.1.1)");
        }
        if authentication == ClientAuthentication::None && file.client_credentials_scopes.is_some() {
            self.refuse("client_credentials_scopes", "needs a client that proves who it is (RFC 6749, section 4.4)");
        }
        for (index, text) in file.resources.iter().flatten().enumerate() {
            self.url(&format!("resources[{index}]"), text);
        }
        if file.security_profile == Some(SecurityProfile::Fapi2) {
            self.fapi(file, authentication);
        }
    }

    /// FAPI 2.0 Security Profile, sections 5.3 and 5.4: what the file says has to agree with it.
    fn fapi(&mut self, file: &ClientFile, authentication: ClientAuthentication) {
        let with = |what: &str| format!("{what} with the security_profile fapi-2.0");
        if authentication != ClientAuthentication::PrivateKeyJwt {
            self.refuse("token_endpoint_auth_method", with("should be private_key_jwt"));
        }
        if file.pkce == Some(Pkce::Optional) {
            self.refuse("pkce", with("is required"));
        }
        for (key, turned_off) in [
            ("require_pushed_authorization_requests", file.require_pushed_authorization_requests == Some(false)),
            ("dpop_bound_access_tokens", file.dpop_bound_access_tokens == Some(false)),
        ] {
            if turned_off {
                self.refuse(key, with("is on"));
            }
        }
        for (key, algorithm) in [
            ("id_token_signed_response_alg", file.id_token_signed_response_alg),
            ("authorization_signed_response_alg", file.authorization_signed_response_alg),
        ] {
            if algorithm == Some(SigningAlgorithm::RS256) {
                self.refuse(key, with("should be another than RS256"));
            }
        }
    }

    /// What is required of the session, our logout tokens always have; so it needs nothing but an address to send them to.
    pub(super) fn backchannel_logout(&mut self, file: &ClientFile) -> Option<Url> {
        if file.backchannel_logout_uri.is_none() && file.backchannel_logout_session_required == Some(true) {
            self.refuse("backchannel_logout_session_required", "needs a backchannel_logout_uri");
        }
        self.url("backchannel_logout_uri", file.backchannel_logout_uri.as_deref()?)
    }

    pub(super) fn sector(&mut self, file: &ClientFile) -> Option<String> {
        let named = file.sector_identifier.as_deref();
        let sector = sector::of(file.subject_type, named, &file.redirect_uris);
        sector.unwrap_or_else(|what| {
            self.refuse("sector_identifier", what);
            None
        })
    }

    pub(super) fn one_login(&mut self, file: &ClientFile) {
        if file.one_login_level.is_some() && file.one_login != Some(OneLoginOffer::Offered) {
            self.refuse("one_login_level", "has no use without one_login = \"offered\"");
        }
    }

    /// Who is prohibited stands in the teaching record.
    pub(super) fn prohibitions(&mut self, file: &ClientFile) {
        if file.block_prohibited == Some(true) && file.trn == TrnRequirement::NotAsked {
            self.refuse("block_prohibited", "needs a client that asks for the TRN");
        }
    }

    pub(super) fn scopes(&mut self, has_openid: bool) {
        if !has_openid {
            self.refuse("scopes", "should have openid (OpenID Connect Core, section 3.1.2.1)");
        }
    }
}
