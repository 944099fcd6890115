//! Client authentication (RFC 6749, section 2.3; OpenID Connect Core, section 9): in the one way that the client's file
//! says, whatever else is tried.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use identity::client::{Client, ClientId};
use identity::client_authentication::ClientAuthentication;

use super::{Failure, assertion, secret};
use crate::error::OAuthError;
use crate::params::Params;
use crate::{Provider, Secrets};

/// At the token endpoint. Where a public client has no business, `none` is left out.
pub(crate) const METHODS: [&str; 4] = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];
pub(crate) const CONFIDENTIAL_METHODS: [&str; 3] = ["client_secret_basic", "client_secret_post", "private_key_jwt"];

pub(super) async fn authenticate(
    http: &HttpRequest,
    params: &Params,
    provider: &Data<Provider>,
) -> Result<Arc<Client>, Failure> {
    let authorization = http.headers().get(AUTHORIZATION).map(|value| value.as_bytes());
    let by_secret = authorization.is_some() || params.contains("client_secret");
    if params.contains("client_assertion") || params.contains("client_assertion_type") {
        if by_secret {
            return Err(OAuthError::invalid_request("the client authenticates in two ways at once").into());
        }
        return assertion::authenticate(http, params, provider).await;
    }
    if by_secret {
        let credentials = secret::credentials(authorization, params)?;
        return by_its_secret(credentials, provider).await;
    }
    let client = params.get("client_id").and_then(|id| find(id, provider)).filter(|client| client.is_public());
    client.ok_or(Failure::UNAUTHENTICATED)
}

async fn by_its_secret(
    secret::Credentials { client_id, secret }: secret::Credentials,
    provider: &Data<Provider>,
) -> Result<Arc<Client>, Failure> {
    let client = find(&client_id, provider).filter(|client| client.authentication == ClientAuthentication::Secret);
    let verified = Secrets::verify(provider, client.clone(), secret).await?;
    client.filter(|_| verified).ok_or(Failure::UNAUTHENTICATED)
}

pub(super) fn find(client_id: &str, provider: &Provider) -> Option<Arc<Client>> {
    ClientId::parse(client_id).ok().and_then(|id| provider.clients.find(&id))
}
