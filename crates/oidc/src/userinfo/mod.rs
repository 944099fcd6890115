//! Userinfo (OpenID Connect Core, section 5.3): the claims that the access token's scopes open, as the account is now.

mod bearer;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use identity::scope::{Scope, Scopes};
use serde::Serialize;

use crate::access_token::AccessToken;
use crate::claims::{self, Claims};
use crate::response::{private_json, unavailable_json};
use crate::{Provider, body};
use bearer::Refusal;

#[derive(Serialize)]
struct UserInfo {
    sub: String,
    #[serde(flatten)]
    claims: Claims,
}

pub(crate) async fn get(http: HttpRequest, provider: Data<Provider>) -> HttpResponse {
    let token = bearer::in_header(&http);
    answer(token, &provider).await
}

/// The token in the header, or else in a form (RFC 6750, section 2.2).
pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    if !body::is_form(&http) {
        return answer(bearer::in_header(&http), &provider).await;
    }
    match body::form(&http, payload).await {
        Ok(form) => answer(bearer::in_one_place(&http, &form), &provider).await,
        Err(bad) => private_json(bad.status, &bad.error),
    }
}

async fn answer(token: Result<String, Refusal>, provider: &Provider) -> HttpResponse {
    let token = match token {
        Ok(token) => token,
        Err(refusal) => return refusal.into_response(),
    };
    match user_info(&token, provider).await {
        Ok(Ok(user_info)) => private_json(StatusCode::OK, &user_info),
        Ok(Err(refusal)) => refusal.into_response(),
        Err(error) => {
            tracing::error!(error, "userinfo could not be answered");
            unavailable_json()
        }
    }
}

type Unavailable = Box<dyn std::error::Error>;

async fn user_info(token: &str, provider: &Provider) -> Result<Result<UserInfo, Refusal>, Unavailable> {
    let now = provider.clock.now();
    let Some(token) = AccessToken::read(token, provider, now).await? else { return Ok(Err(Refusal::InvalidToken)) };
    let scopes = Scopes::parse(&token.scope).unwrap_or_default();
    if !scopes.contains(Scope::Openid) {
        return Ok(Err(Refusal::InsufficientScope));
    }
    let Some((account, client)) = token.standing(provider).await? else { return Ok(Err(Refusal::InvalidToken)) };
    let claims = claims::of(&account, &client, &scopes);
    Ok(Ok(UserInfo { sub: account.id.to_string(), claims }))
}
