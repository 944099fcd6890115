//! The token endpoint (RFC 6749, section 3.2; OpenID Connect Core, section 3.1.3): the grant type leads to one file each.

mod authorization_code;
mod issue;
mod refresh_token;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::Provider;
use crate::client_request::{self, Failure};
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::response::private_json;

pub(crate) const GRANT_TYPES: [&str; 2] = [authorization_code::GRANT_TYPE, refresh_token::GRANT_TYPE];

/// RFC 6749, section 5.1; OpenID Connect Core, section 3.1.3.3.
#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    /// In seconds.
    expires_in: i64,
    scope: String,
    id_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    match tokens(&http, payload, &provider).await {
        Ok(tokens) => private_json(StatusCode::OK, &tokens),
        Err(failure) => failure.into_response(),
    }
}

async fn tokens(http: &HttpRequest, payload: Payload, provider: &Data<Provider>) -> Result<TokenResponse, Failure> {
    let (params, client) = client_request::read(http, payload, provider).await?;
    match params.get("grant_type") {
        Some(authorization_code::GRANT_TYPE) => authorization_code::redeem(&params, &client, provider).await,
        Some(refresh_token::GRANT_TYPE) => refresh_token::refresh(&params, &client, provider).await,
        Some(_) => {
            let description = "grant_type is authorization_code or refresh_token";
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
