//! Userinfo (OpenID Connect Core, section 5.3): the claims that the access token's scopes open, as the account is now.

mod presented;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use identity::scope::{Scope, Scopes};
use serde::Serialize;

use crate::access_token::{AccessToken, Standing};
use crate::claims::{self, Claims};
use crate::dpop::{self, Unproved};
use crate::response::{private_json, unavailable_json};
use crate::{Provider, body};
use presented::{Presented, Refusal};

#[derive(Serialize)]
struct UserInfo {
    sub: String,
    #[serde(flatten)]
    claims: Claims,
}

pub(crate) async fn get(http: HttpRequest, provider: Data<Provider>) -> HttpResponse {
    answer(&http, presented::in_header(&http), &provider).await
}

/// The token in the header, or else in a form (RFC 6750, section 2.2).
pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    if !body::is_form(&http) {
        return answer(&http, presented::in_header(&http), &provider).await;
    }
    match body::form(&http, payload).await {
        Ok(form) => answer(&http, presented::in_one_place(&http, &form), &provider).await,
        Err(bad) => private_json(bad.status, &bad.error),
    }
}

async fn answer(http: &HttpRequest, token: Result<Presented, Refusal>, provider: &Provider) -> HttpResponse {
    let told = match token {
        Ok(token) => user_info(http, &token, provider).await,
        Err(refusal) => Ok(Err(refusal)),
    };
    let response = match told {
        Ok(Ok(user_info)) => private_json(StatusCode::OK, &user_info),
        Ok(Err(refusal)) => refusal.into_response(),
        Err(error) => {
            tracing::error!(error, "userinfo could not be answered");
            unavailable_json()
        }
    };
    dpop::with_nonce(http, provider, response)
}

type Unavailable = Box<dyn std::error::Error>;

async fn user_info(
    http: &HttpRequest,
    presented: &Presented,
    provider: &Provider,
) -> Result<Result<UserInfo, Refusal>, Unavailable> {
    let now = provider.clock.now();
    let Some(token) = AccessToken::read(&presented.token, provider, now).await? else {
        return Ok(Err(Refusal::INVALID_TOKEN));
    };
    if !token.is_for(provider.issuer.as_str()) {
        return Ok(Err(Refusal::InvalidToken("the access token is for another resource")));
    }
    if let Err(refusal) = is_in_the_right_hands(http, presented, &token, provider).await {
        return Ok(Err(refusal));
    }
    let scopes = Scopes::parse(&token.scope).unwrap_or_default();
    if !scopes.contains(Scope::Openid) {
        return Ok(Err(Refusal::InsufficientScope));
    }
    let Standing::OfPerson(account, client) = token.standing(provider).await? else {
        return Ok(Err(Refusal::INVALID_TOKEN));
    };
    let claims = claims::of(&account, &client, &scopes);
    Ok(Ok(UserInfo { sub: account.id.to_string(), claims }))
}

/// RFC 9449, section 7: a token that is bound to a key comes with a proof of that key, and no other does.
async fn is_in_the_right_hands(
    http: &HttpRequest,
    presented: &Presented,
    token: &AccessToken,
    provider: &Provider,
) -> Result<(), Refusal> {
    match (&token.cnf, presented.with_proof) {
        (None, false) => Ok(()),
        (Some(_), false) => Err(Refusal::InvalidToken("the access token is bound to a key: send it with a DPoP proof")),
        (None, true) => Err(Refusal::InvalidToken("the access token is bound to no key: send it as Bearer")),
        (Some(bound_to), true) => {
            let proved = dpop::proved(http, Some(&presented.token), provider, provider.clock.now()).await;
            match proved.map_err(Refusal::Unproved)? {
                Some(jkt) if jkt == bound_to.jkt => Ok(()),
                Some(_) => Err(Refusal::InvalidToken("the access token is bound to another key")),
                None => Err(Refusal::Unproved(Unproved::Because("the header DPoP is missing"))),
            }
        }
    }
}
