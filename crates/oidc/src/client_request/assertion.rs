//! `private_key_jwt` (RFC 7523, section 3; OpenID Connect Core, section 9): a JWT that the client signs for us, good for a
//! short time and for one use, on whichever server.

use std::sync::Arc;

use actix_web::HttpRequest;
use identity::client::Client;
use identity::client_authentication::ClientAuthentication;
use identity::clock::Time;
use identity::secret::{Plain, Purpose};
use serde::Deserialize;

use super::{Failure, client_authentication};
use crate::client_jwt::{self, Audience, ClientJwt, Refused};
use crate::error::OAuthError;
use crate::params::Params;
use crate::{Provider, routes};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// What other JWTs of a client's say that they are: none of them is an assertion (RFC 8725, section 3.11).
const OTHER_TYPES: [&str; 4] = ["dpop+jwt", "oauth-authz-req+jwt", "at+jwt", "logout+jwt"];

/// Who signed, before anything is verified.
#[derive(Deserialize)]
struct Issuer {
    iss: String,
}

pub(super) async fn authenticate(
    http: &HttpRequest,
    params: &Params,
    provider: &Provider,
) -> Result<Arc<Client>, Failure> {
    if params.get("client_assertion_type") != Some(ASSERTION_TYPE) {
        return Err(OAuthError::invalid_request("client_assertion_type is not the one of RFC 7523, section 2.2").into());
    }
    let jwt = params.get("client_assertion");
    let jwt = jwt.ok_or_else(|| OAuthError::invalid_request("client_assertion is missing or empty"))?;
    let claims: Issuer = jsonwebtoken::dangerous::insecure_decode(jwt).map_err(|_| Failure::UNAUTHENTICATED)?.claims;
    if params.get("client_id").is_some_and(|stated| stated != claims.iss) {
        return Err(OAuthError::invalid_request("client_id is not the client that authenticates").into());
    }
    let client = client_authentication::find(&claims.iss, provider);
    let client = client.filter(|client| client.authentication == ClientAuthentication::PrivateKeyJwt);
    let client = client.ok_or(Failure::UNAUTHENTICATED)?;
    let now = provider.clock.now();
    let jwt = client_jwt::verify(jwt, &client, provider, now).await?;
    let (jti, expires_at) = check(&jwt, &client, &audiences(http, provider), now)?;
    let id = provider.hash_key.hash(Purpose::ClientAssertion, client.id.as_str(), &Plain::new(jti));
    let spent = provider.store.stroke(move |db| db.spent_ids().spend(&id, expires_at)).await?;
    if spent { Ok(client) } else { Err(Failure::Unauthenticated("the client_assertion was used before: see jti")) }
}

/// Our names, the plainest first: the issuer; and as OpenID Connect Core, section 9 has it, the token endpoint, or the
/// one that is called.
fn audiences(http: &HttpRequest, provider: &Provider) -> [String; 3] {
    [provider.issuer.to_string(), provider.issuer.address(routes::TOKEN), provider.issuer.address(http.path())]
}

fn check<'j>(jwt: &'j ClientJwt, client: &Client, audiences: &[String], now: Time) -> Result<(&'j str, Time), Refused> {
    let ClientJwt { typ, registered, .. } = jwt;
    if typ.as_deref().is_some_and(|typ| OTHER_TYPES.iter().any(|other| other.eq_ignore_ascii_case(typ))) {
        return Err(Refused::Because("the client_assertion is a JWT of another type"));
    }
    if registered.sub.as_deref() != Some(client.id.as_str()) {
        return Err(Refused::Because("sub of the client_assertion is not the client_id"));
    }
    // FAPI 2.0 Security Profile, section 5.3.2.1: the issuer alone, so that no other server can pass the JWT on to us.
    let is_for_us = |audience: &Audience| {
        if client.is_fapi { audience.is_just(&audiences[0]) } else { audience.holds_any(audiences) }
    };
    if !registered.aud.as_ref().is_some_and(is_for_us) {
        return Err(Refused::Because("aud of the client_assertion is not the issuer"));
    }
    registered.has_begun(now)?;
    let expires_at = registered.expires_at(now)?;
    let jti = registered.jti.as_deref().filter(|jti| !jti.is_empty());
    Ok((jti.ok_or(Refused::Because("jti is missing"))?, expires_at))
}
