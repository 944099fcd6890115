//! Access tokens (RFC 9068: JWT profile for OAuth 2.0 access tokens).

use identity::clock::Time;
use identity::grant::{Grant, GrantId};
use serde::{Deserialize, Serialize};

use crate::keys::{Expected, TokenType};
use crate::{Provider, acr};

/// RFC 9068, section 2.2.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    pub(crate) iss: String,
    pub(crate) exp: i64,
    pub(crate) aud: String,
    pub(crate) sub: String,
    pub(crate) client_id: String,
    pub(crate) iat: i64,
    pub(crate) jti: String,
    pub(crate) scope: String,
    pub(crate) auth_time: i64,
    pub(crate) acr: String,
    pub(crate) amr: Vec<String>,
    /// Ours: what it was issued from, so that it ends when the grant does.
    pub(crate) grant: GrantId,
}

impl AccessToken {
    /// Meant for this server itself: userinfo and the rest of its API.
    pub(crate) fn of(grant: &Grant, provider: &Provider, now: Time) -> AccessToken {
        AccessToken {
            iss: provider.issuer.to_string(),
            exp: (now + provider.settings.access_token_lifetime).timestamp(),
            aud: provider.issuer.to_string(),
            sub: grant.account.to_string(),
            client_id: grant.client_id.to_string(),
            iat: now.timestamp(),
            jti: provider.random.uuid().to_string(),
            scope: grant.scopes.to_string(),
            auth_time: grant.authenticated_at.timestamp(),
            acr: acr::of(&grant.methods).into(),
            amr: grant.methods.iter().map(|method| method.as_str().into()).collect(),
            grant: grant.id,
        }
    }

    pub(crate) fn sign(&self, provider: &Provider) -> String {
        provider.keys.sign(provider.settings.access_token_signing_alg, TokenType::AccessToken, self)
    }

    /// RFC 9068, section 4. Whether its grant still stands, only the store knows.
    pub(crate) fn verify(token: &str, provider: &Provider, now: Time) -> Option<AccessToken> {
        let issuer = provider.issuer.as_str();
        let expected = Expected { token_type: TokenType::AccessToken, issuer, audience: Some(issuer) };
        let token: AccessToken = provider.keys.verify(token, &expected)?;
        (now.timestamp() < token.exp).then_some(token)
    }
}
