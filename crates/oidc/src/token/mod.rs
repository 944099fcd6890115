//! The token endpoint (RFC 6749, section 3.2; OpenID Connect Core, section 3.1.3): the grant type leads to one file each.

mod authorization_code;
mod client_credentials;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod issue;
mod refresh_token;
mod resource;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use identity::client::Client;
use identity::clock::Time;
use serde::Serialize;

use crate::access_token::AccessToken;
use crate::client_request::{self, Failure};
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::response::private_json;
use crate::{Provider, dpop};

pub(crate) const GRANT_TYPES: [&str; 3] =
    [authorization_code::GRANT_TYPE, refresh_token::GRANT_TYPE, client_credentials::GRANT_TYPE];

/// RFC 6749, section 5.1; OpenID Connect Core, section 3.1.3.3.
#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    /// In seconds.
    expires_in: i64,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

impl TokenResponse {
    /// An access token and nothing else.
    fn own(token: &AccessToken, provider: &Provider) -> TokenResponse {
        TokenResponse {
            access_token: token.written(provider),
            token_type: token.token_type(),
            expires_in: provider.settings.access_token_lifetime.num_seconds(),
            scope: token.scope.clone(),
            id_token: None,
            refresh_token: None,
        }
    }
}

/// Who asks for tokens, and with which key.
struct Asker<'a> {
    client: &'a Client,
    /// The thumbprint of the key that the request proves (RFC 9449, section 5).
    jkt: Option<String>,
}

pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    let response = match tokens(&http, payload, &provider).await {
        Ok(tokens) => private_json(StatusCode::OK, &tokens),
        Err(failure) => failure.into_response(),
    };
    dpop::with_nonce(&http, &provider, response)
}

async fn tokens(http: &HttpRequest, payload: Payload, provider: &Data<Provider>) -> Result<TokenResponse, Failure> {
    let (params, client) = client_request::read(http, payload, provider).await?;
    let now = provider.clock.now();
    let jkt = dpop::proved(http, None, provider, now).await?;
    if client.dpop_required && jkt.is_none() {
        let description = "this client has to prove a key: the header DPoP is missing";
        return Err(OAuthError::new(ErrorCode::InvalidDpopProof, description).into());
    }
    grant(&params, Asker { client: &client, jkt }, provider, now).await
}

async fn grant(
    params: &Params,
    asker: Asker<'_>,
    provider: &Data<Provider>,
    now: Time,
) -> Result<TokenResponse, Failure> {
    match params.get("grant_type") {
        Some(authorization_code::GRANT_TYPE) => authorization_code::redeem(params, asker, provider, now).await,
        Some(refresh_token::GRANT_TYPE) => refresh_token::refresh(params, asker, provider, now).await,
        Some(client_credentials::GRANT_TYPE) => {
            client_credentials::issue(params, asker.client, asker.jkt, provider, now)
        }
        Some(_) => {
            let description = "grant_type is authorization_code, refresh_token or client_credentials";
            Err(OAuthError::new(ErrorCode::UnsupportedGrantType, description).into())
        }
        None => Err(OAuthError::invalid_request("grant_type is missing").into()),
    }
}

fn required<'a>(params: &'a Params, name: &str, missing: &'static str) -> Result<&'a str, Failure> {
    params.get(name).ok_or_else(|| OAuthError::invalid_request(missing).into())
}

fn invalid_grant(why: &'static str) -> Failure {
    OAuthError::new(ErrorCode::InvalidGrant, why).into()
}
