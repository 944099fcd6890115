//! Access tokens (RFC 9068: JWT profile for OAuth 2.0 access tokens).

use std::sync::Arc;

use identity::account::Account;
use identity::client::{Client, ClientId};
use identity::clock::Time;
use identity::grant::{Grant, GrantId};
use identity::scope::Scopes;
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::keys::{Expected, KeysError, TokenType};
use crate::{Provider, acr, subject};

/// What an access token stands on.
pub(crate) struct Standing {
    pub(crate) grant: Grant,
    pub(crate) account: Account,
    pub(crate) client: Arc<Client>,
}

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
    /// Meant for this server itself: userinfo and the rest of its API. The scopes are those of the grant, or fewer.
    pub(crate) fn of(
        (grant, client): (&Grant, &Client),
        scopes: &Scopes,
        provider: &Provider,
        now: Time,
    ) -> AccessToken {
        AccessToken {
            iss: provider.issuer.to_string(),
            exp: (now + provider.settings.access_token_lifetime).timestamp(),
            aud: provider.issuer.to_string(),
            sub: subject::of(grant.account, client, provider),
            client_id: grant.client_id.to_string(),
            iat: now.timestamp(),
            jti: provider.random.uuid().to_string(),
            scope: scopes.to_string(),
            auth_time: grant.authenticated_at.timestamp(),
            acr: acr::of(&grant.methods).into(),
            amr: grant.methods.iter().map(|method| method.as_str().into()).collect(),
            grant: grant.id,
        }
    }

    pub(crate) fn sign(&self, provider: &Provider) -> String {
        provider.keys.sign(provider.settings.access_token_signing_alg, TokenType::AccessToken, self)
    }

    /// A token of ours that has not expired, whichever server signed it.
    pub(crate) async fn read(token: &str, provider: &Provider, now: Time) -> Result<Option<AccessToken>, KeysError> {
        provider.keys.learn_key_of(token, &provider.store, now).await?;
        Ok(AccessToken::verify(token, provider, now))
    }

    /// RFC 9068, section 4. Whether its grant still stands, only the store knows.
    fn verify(token: &str, provider: &Provider, now: Time) -> Option<AccessToken> {
        let issuer = provider.issuer.as_str();
        let expected = Expected { token_type: TokenType::AccessToken, issuer, audience: Some(issuer) };
        let token: AccessToken = provider.keys.verify(token, &expected)?;
        (now.timestamp() < token.exp).then_some(token)
    }

    /// Whom and for whom it was issued, as long as its grant is not revoked and both still exist.
    pub(crate) async fn standing(&self, provider: &Provider) -> Result<Option<Standing>, StoreError> {
        let Some(client) = ClientId::parse(&self.client_id).ok().and_then(|id| provider.clients.find(&id)) else {
            return Ok(None);
        };
        let grant = self.grant;
        let read = provider.store.read(move |db| {
            let standing = db.grants().by_id(grant)?.filter(|grant| grant.revoked_at.is_none());
            let Some(grant) = standing else { return Ok(None) };
            Ok::<_, StoreError>(db.accounts().by_id(grant.account)?.map(|account| (grant, account)))
        });
        let found = read.await?;
        Ok(found.map(|(grant, account)| Standing { grant, account, client }))
    }
}
