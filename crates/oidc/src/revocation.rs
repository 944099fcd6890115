//! Token revocation (RFC 7009): a client gives back what it was issued. It takes effect at once on every server, since
//! whether a grant stands is asked of the store each time. What is no token any more is given back already.

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use identity::client::Client;
use identity::clock::Time;
use identity::grant::GrantId;
use identity::secret::{Plain, Purpose};

use crate::Provider;
use crate::access_token::AccessToken;
use crate::client_request::{self, Failure};
use crate::error::{ErrorCode, OAuthError};

pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    match revoke(&http, payload, &provider).await {
        Ok(()) => HttpResponse::build(StatusCode::OK).insert_header((CACHE_CONTROL, "no-store")).finish(),
        Err(failure) => failure.into_response(),
    }
}

/// With either kind of token goes all that its grant brought. The `token_type_hint` is of no use: what a token is can be
/// seen.
async fn revoke(http: &HttpRequest, payload: Payload, provider: &Data<Provider>) -> Result<(), Failure> {
    let (params, client) = client_request::read(http, payload, provider).await?;
    let token = params.get("token").ok_or_else(|| OAuthError::invalid_request("token is missing"))?;
    let now = provider.clock.now();
    match AccessToken::read(token, provider, now).await? {
        Some(token) if token.grant.is_none() => revoke_alone(&token, &client, provider).await,
        Some(token) => revoke_grant(token.grant, &client, provider, now).await,
        None => {
            let token = provider.hash_key.hash(Purpose::RefreshToken, "", &Plain::new(token));
            let found = provider.store.glance(move |db| db.refresh_tokens().by_token(&token)).await?;
            revoke_grant(found.map(|token| token.grant), &client, provider, now).await
        }
    }
}

async fn revoke_grant(grant: Option<GrantId>, client: &Client, provider: &Provider, now: Time) -> Result<(), Failure> {
    let Some(grant) = grant else { return Ok(()) };
    let Some(grant) = provider.store.glance(move |db| db.grants().by_id(grant)).await? else { return Ok(()) };
    if grant.client_id != client.id {
        return Err(of_another());
    }
    provider.store.transact(move |db| db.grants().revoke(grant.id, now)).await?;
    Ok(())
}

/// A token that a client has in its own name has no grant: it is written down itself, until it would have expired.
async fn revoke_alone(token: &AccessToken, client: &Client, provider: &Provider) -> Result<(), Failure> {
    if token.client_id != client.id.as_str() {
        return Err(of_another());
    }
    let id = token.revocation_id(provider);
    let Some(expires_at) = Time::from_timestamp(token.exp, 0) else { return Ok(()) };
    provider.store.stroke(move |db| db.spent_ids().spend(&id, expires_at)).await?;
    Ok(())
}

/// Section 2.1: the request is refused, and the client is told.
fn of_another() -> Failure {
    OAuthError::new(ErrorCode::UnauthorizedClient, "the token was issued to another client").into()
}
