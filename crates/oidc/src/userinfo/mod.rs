//! Userinfo (OpenID Connect Core, section 5.3): the claims that the access token's scopes open and those that the client
//! asked for by name, as the account is now. As JSON, or signed as a JWT for a client that registered an algorithm.

mod bearer;

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use identity::client::{Client, SigningAlgorithm};
use identity::scope::{Scope, Scopes};
use serde::Serialize;

use crate::access_token::{AccessToken, Standing};
use crate::claims::{self, Claims};
use crate::keys::TokenType;
use crate::response::{private_json, unavailable_json};
use crate::{Provider, body, subject};
use bearer::Refusal;

#[derive(Serialize)]
struct UserInfo {
    sub: String,
    #[serde(flatten)]
    claims: Claims,
}

#[derive(Serialize)]
struct SignedUserInfo<'a> {
    iss: &'a str,
    aud: &'a str,
    #[serde(flatten)]
    user_info: &'a UserInfo,
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
        Ok(Ok(answer)) => answer,
        Ok(Err(refusal)) => refusal.into_response(),
        Err(error) => {
            tracing::error!(error, "userinfo could not be answered");
            unavailable_json()
        }
    }
}

type Unavailable = Box<dyn std::error::Error>;

async fn user_info(token: &str, provider: &Provider) -> Result<Result<HttpResponse, Refusal>, Unavailable> {
    let now = provider.clock.now();
    let Some(token) = AccessToken::read(token, provider, now).await? else { return Ok(Err(Refusal::InvalidToken)) };
    let scopes = Scopes::parse(&token.scope).unwrap_or_default();
    if !scopes.contains(Scope::Openid) {
        return Ok(Err(Refusal::InsufficientScope));
    }
    let Some(standing) = token.standing(provider).await? else { return Ok(Err(Refusal::InvalidToken)) };
    let Standing { grant, account, client } = standing;
    let claims = claims::in_userinfo((&account, &client), &scopes, &grant.claims.userinfo, now);
    let user_info = UserInfo { sub: subject::of(account.id, &client, provider), claims };
    Ok(Ok(match client.userinfo_signed_response_alg {
        None => private_json(StatusCode::OK, &user_info),
        Some(algorithm) => signed(&user_info, &client, algorithm, provider),
    }))
}

/// Section 5.3.2. Without `exp`, so that nobody takes it for an ID token.
fn signed(user_info: &UserInfo, client: &Client, algorithm: SigningAlgorithm, provider: &Provider) -> HttpResponse {
    let answer = SignedUserInfo { iss: provider.issuer.as_str(), aud: client.id.as_str(), user_info };
    let jwt = provider.keys.sign(algorithm, TokenType::UserInfo, &answer);
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).content_type("application/jwt").body(jwt)
}
