//! What One Login says of itself (OpenID Connect Discovery 1.0, section 4), and the keys that sign its ID tokens.

use std::sync::Arc;
use std::time::Duration;

use identity::one_login::NotProved;
use openidconnect::IssuerUrl;
use openidconnect::core::{CoreJsonWebKeySet, CoreProviderMetadata};
use url::Url;

use super::{OneLoginClient, unavailable};
use crate::http::{Answer, CallError, Repeat};

pub(super) struct Published {
    pub issuer: IssuerUrl,
    pub authorization_endpoint: Url,
    pub token_endpoint: Url,
    pub userinfo_endpoint: Url,
    pub keys: CoreJsonWebKeySet,
}

impl OneLoginClient {
    /// What is published, fetched again when it is old or does not serve.
    pub(super) async fn published(&self, serves: impl Fn(&Published) -> bool) -> Result<Arc<Published>, NotProved> {
        self.published.get(self.clock.now(), serves, self.fetch()).await.map_err(unavailable)
    }

    async fn fetch(&self) -> Result<(Published, Option<Duration>), CallError> {
        let address = self.provider.url(".well-known/openid-configuration");
        let answer = self.provider.call("discovery", Repeat::Yes, |client| client.get(address.clone())).await?;
        let told: CoreProviderMetadata = ok(&answer)?.json()?;
        let issuer = told.issuer().clone();
        if issuer.as_str().trim_end_matches('/') != self.settings.issuer.as_str().trim_end_matches('/') {
            return Err(CallError::Unreadable("another issuer speaks".into()));
        }
        let token_endpoint = told.token_endpoint().map(|endpoint| endpoint.url());
        let userinfo_endpoint = told.userinfo_endpoint().map(|endpoint| endpoint.url());
        let (Some(token), Some(userinfo)) = (token_endpoint, userinfo_endpoint) else {
            return Err(CallError::Unreadable("an endpoint is missing".into()));
        };
        let jwks = told.jwks_uri().url();
        let authorization = told.authorization_endpoint().url();
        // Whoever is sent along by the issuer is not sent into the open.
        if [token, userinfo, jwks, authorization].iter().any(|url| url.scheme() != self.settings.issuer.scheme()) {
            return Err(CallError::Unreadable("an endpoint has another scheme than the issuer".into()));
        }
        let answer = self.provider.call("jwks", Repeat::Yes, |client| client.get(jwks.clone())).await?;
        let published = Published {
            authorization_endpoint: authorization.clone(),
            token_endpoint: token.clone(),
            userinfo_endpoint: userinfo.clone(),
            keys: ok(&answer)?.json()?,
            issuer,
        };
        Ok((published, answer.max_age()))
    }
}

/// Whatever is published is published to everybody.
pub(super) fn ok(answer: &Answer) -> Result<&Answer, CallError> {
    if answer.is_success() { Ok(answer) } else { Err(CallError::Failed(answer.status)) }
}
