//! Access tokens. One for a resource is a JWT, which that can verify by itself (RFC 9068: JWT profile for OAuth 2.0 access
//! tokens). One for nobody but this server is sealed: no signature has to be made for it and none to be verified, and a client
//! sees nothing in it (RFC 6749, section 1.4).

use std::sync::Arc;

use identity::account::Account;
use identity::client::{Client, ClientId};
use identity::clock::Time;
use identity::grant::{Grant, GrantId};
use identity::scope::Scopes;
use identity::secret::{Hashed, Plain, Purpose};
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::dpop::Confirmation;
use crate::keys::{Expected, KeysError, TokenType};
use crate::{Provider, acr, subject};

const SEAL_PURPOSE: &str = "access token";

/// RFC 9068, section 2.2.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    pub(crate) iss: String,
    pub(crate) exp: i64,
    pub(crate) aud: Audience,
    pub(crate) sub: String,
    pub(crate) client_id: String,
    pub(crate) iat: i64,
    pub(crate) jti: String,
    pub(crate) scope: String,
    /// The key that has to be proved with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cnf: Option<Confirmation>,
    /// Nothing, as what follows, in a token that a client has in its own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) auth_time: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) acr: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) amr: Option<Vec<String>>,
    /// Ours: what it was issued from, so that it ends when the grant does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) grant: Option<GrantId>,
}

/// RFC 7519, section 4.1.3: one name, or a list of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Many(Vec<String>),
}

/// For whom and for what a token is issued, and how it is bound.
pub(crate) struct Terms<'a> {
    pub(crate) scopes: &'a Scopes,
    /// The thumbprint of the key that the client has proved.
    pub(crate) jkt: Option<String>,
    /// What the token is for; nothing for this server itself: userinfo and the rest of its API.
    pub(crate) resources: Vec<String>,
}

/// What a token stands on that was issued for a person.
pub(crate) struct Person {
    pub(crate) grant: Grant,
    pub(crate) account: Account,
    pub(crate) client: Arc<Client>,
}

/// Whether a token works now.
pub(crate) enum Standing {
    /// For the person of its grant.
    OfPerson(Box<Person>),
    /// In its client's own name.
    OfClient,
    Ended,
}

impl AccessToken {
    pub(crate) fn of(
        (grant, client): (&Grant, &Client),
        terms: Terms<'_>,
        provider: &Provider,
        now: Time,
    ) -> AccessToken {
        AccessToken {
            auth_time: Some(grant.authenticated_at.timestamp()),
            acr: Some(acr::of(&grant.methods).into()),
            amr: Some(grant.methods.iter().map(|method| method.as_str().into()).collect()),
            grant: Some(grant.id),
            ..AccessToken::new(subject::of(grant.account, client, provider), &grant.client_id, terms, provider, now)
        }
    }

    /// In the client's own name: RFC 9068, section 2.2 has the client as the subject then.
    pub(crate) fn own(client: &Client, terms: Terms<'_>, provider: &Provider, now: Time) -> AccessToken {
        AccessToken::new(client.id.to_string(), &client.id, terms, provider, now)
    }

    fn new(sub: String, client_id: &ClientId, terms: Terms<'_>, provider: &Provider, now: Time) -> AccessToken {
        AccessToken {
            iss: provider.issuer.to_string(),
            exp: (now + provider.settings.access_token_lifetime).timestamp(),
            aud: Audience::of(terms.resources, provider),
            sub,
            client_id: client_id.to_string(),
            iat: now.timestamp(),
            jti: provider.random.uuid().to_string(),
            scope: terms.scopes.to_string(),
            cnf: terms.jkt.map(|jkt| Confirmation { jkt }),
            auth_time: None,
            acr: None,
            amr: None,
            grant: None,
        }
    }

    /// How it is sent with a request (RFC 6749, section 7.1).
    pub(crate) fn token_type(&self) -> &'static str {
        if self.cnf.is_some() { "DPoP" } else { "Bearer" }
    }

    /// As a client gets it.
    pub(crate) fn written(&self, provider: &Provider) -> String {
        if self.aud != Audience::of(Vec::new(), provider) {
            return provider.keys.sign(provider.settings.access_token_signing_alg, TokenType::AccessToken, self);
        }
        let json = serde_json::to_vec(self).expect("a token is plain JSON");
        provider.keys.ring().seal(SEAL_PURPOSE, &json, &provider.random)
    }

    /// A token of ours that has not expired, whichever server wrote it and whatever it is for.
    pub(crate) async fn read(token: &str, provider: &Provider, now: Time) -> Result<Option<AccessToken>, KeysError> {
        let read = match provider.keys.ring().open(SEAL_PURPOSE, token) {
            Ok(json) => serde_json::from_slice(&json).ok(),
            Err(_) => {
                provider.keys.learn_key_of(token, &provider.store, now).await?;
                AccessToken::verify(token, provider)
            }
        };
        Ok(read.filter(|token: &AccessToken| token.iss == provider.issuer.as_str() && now.timestamp() < token.exp))
    }

    /// RFC 9068, section 4. Whether its grant still stands, only the store knows.
    fn verify(token: &str, provider: &Provider) -> Option<AccessToken> {
        let issuer = provider.issuer.as_str();
        provider.keys.verify(token, &Expected { token_type: TokenType::AccessToken, issuer, audience: None })
    }

    pub(crate) fn is_for(&self, audience: &str) -> bool {
        match &self.aud {
            Audience::One(name) => name == audience,
            Audience::Many(names) => names.iter().any(|name| name == audience),
        }
    }

    /// As long as its grant, or itself, is not revoked, and who it was issued for and to both still exist.
    pub(crate) async fn standing(&self, provider: &Provider) -> Result<Standing, StoreError> {
        let Some(client) = ClientId::parse(&self.client_id).ok().and_then(|id| provider.clients.find(&id)) else {
            return Ok(Standing::Ended);
        };
        let Some(grant) = self.grant else { return self.standing_alone(provider).await };
        let found = provider.store.glance(move |db| db.grants().with_account(grant)).await?;
        Ok(match found {
            Some((grant, Some(account))) if grant.revoked_at.is_none() => {
                Standing::OfPerson(Box::new(Person { grant, account, client }))
            }
            _ => Standing::Ended,
        })
    }

    async fn standing_alone(&self, provider: &Provider) -> Result<Standing, StoreError> {
        let id = self.revocation_id(provider);
        let revoked = provider.store.glance(move |db| db.spent_ids().is_spent(&id)).await?;
        Ok(if revoked { Standing::Ended } else { Standing::OfClient })
    }

    /// Under which a token that no grant stands behind is written down when it is revoked.
    pub(crate) fn revocation_id(&self, provider: &Provider) -> Hashed {
        provider.hash_key.hash(Purpose::AccessToken, "", &Plain::new(self.jti.as_str()))
    }
}

impl Audience {
    fn of(mut resources: Vec<String>, provider: &Provider) -> Audience {
        match resources.len() {
            0 => Audience::One(provider.issuer.to_string()),
            1 => Audience::One(resources.remove(0)),
            _ => Audience::Many(resources),
        }
    }
}
