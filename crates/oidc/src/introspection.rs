//! Token introspection (RFC 7662): what an access token is worth right now, for the client that it was issued to. As JSON,
//! or signed as a JWT for whoever has to show the answer to somebody else (RFC 9701).

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, CACHE_CONTROL};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use identity::client::{Client, SigningAlgorithm};
use identity::clock::Time;
use serde::Serialize;

use crate::Provider;
use crate::access_token::{AccessToken, Audience, Standing};
use crate::client_request::{self, Failure};
use crate::dpop::Confirmation;
use crate::error::OAuthError;
use crate::keys::TokenType;
use crate::response::private_json;

/// RFC 9701, section 5: the algorithm where a client has registered none, and no client can.
pub(crate) const SIGNING_ALGORITHMS: [SigningAlgorithm; 1] = [SigningAlgorithm::RS256];

const SIGNED: &str = "application/token-introspection+jwt";

/// Section 2.2. Of a token that is not active nothing else is told.
#[derive(Serialize)]
struct Introspection {
    active: bool,
    #[serde(flatten)]
    token: Option<Told>,
}

#[derive(Serialize)]
struct Told {
    token_type: &'static str,
    scope: String,
    client_id: String,
    sub: String,
    iss: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    jti: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnf: Option<Confirmation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amr: Option<Vec<String>>,
}

/// RFC 9701, section 5.
#[derive(Serialize)]
struct SignedIntrospection<'a> {
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    token_introspection: &'a Introspection,
}

pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    match answer(&http, payload, &provider).await {
        Ok(answer) => answer,
        Err(failure) => failure.into_response(),
    }
}

async fn answer(http: &HttpRequest, payload: Payload, provider: &Data<Provider>) -> Result<HttpResponse, Failure> {
    let (params, client) = client_request::read(http, payload, provider).await?;
    if client.is_public() {
        // Section 2.1: whoever asks has to prove who they are, or anybody could try tokens here.
        return Err(Failure::UNAUTHENTICATED);
    }
    let token = params.get("token").ok_or_else(|| OAuthError::invalid_request("token is missing"))?;
    let now = provider.clock.now();
    let introspection = introspect(token, &client, provider, now).await?;
    if !wants_signed(http) {
        return Ok(private_json(StatusCode::OK, &introspection));
    }
    let signed = SignedIntrospection {
        iss: provider.issuer.as_str(),
        aud: client.id.as_str(),
        iat: now.timestamp(),
        token_introspection: &introspection,
    };
    let jwt = provider.keys.sign(SIGNING_ALGORITHMS[0], TokenType::Introspection, &signed);
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).content_type(SIGNED).body(jwt))
}

/// What a client asks about another's token is no business of its own (section 4).
async fn introspect(token: &str, client: &Client, provider: &Provider, now: Time) -> Result<Introspection, Failure> {
    let inactive = Introspection { active: false, token: None };
    let Some(token) = AccessToken::read(token, provider, now).await? else { return Ok(inactive) };
    let is_theirs = token.client_id == client.id.as_str();
    if !is_theirs || matches!(token.standing(provider).await?, Standing::Ended) {
        return Ok(inactive);
    }
    Ok(Introspection { active: true, token: Some(Told::of(token)) })
}

impl Told {
    fn of(token: AccessToken) -> Told {
        let token_type = token.token_type();
        let AccessToken { iss, exp, aud, sub, client_id, iat, jti, scope, cnf, auth_time, acr, amr, grant: _ } = token;
        Told { token_type, scope, client_id, sub, iss, aud, exp, iat, jti, cnf, auth_time, acr, amr }
    }
}

/// RFC 9701, section 4.
fn wants_signed(http: &HttpRequest) -> bool {
    let accepted = http.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut kinds = accepted.split(',').map(|kind| kind.split(';').next().unwrap_or_default().trim());
    kinds.any(|kind| kind.eq_ignore_ascii_case(SIGNED))
}
