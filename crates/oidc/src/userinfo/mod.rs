//! Userinfo (OpenID Connect Core, section 5.3): the claims that the access token's scopes open and those that the client
//! asked for by name, as the account is now. As JSON, or signed as a JWT for a client that registered an algorithm.

mod presented;

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use identity::client::{Client, SigningAlgorithm};
use identity::scope::{Scope, Scopes};
use serde::Serialize;

use crate::access_token::{AccessToken, Person, Standing};
use crate::claims::{self, Claims};
use crate::dpop::{self, Unproved};
use crate::keys::TokenType;
use crate::response::{private_json, unavailable_json};
use crate::{Provider, body, subject};
use presented::{Presented, Refusal};

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
        Ok(Ok(answer)) => answer,
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
) -> Result<Result<HttpResponse, Refusal>, Unavailable> {
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
    let Standing::OfPerson(person) = token.standing(provider).await? else {
        return Ok(Err(Refusal::INVALID_TOKEN));
    };
    let Person { grant, account, client } = *person;
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
