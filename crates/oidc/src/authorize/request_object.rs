//! `request` (RFC 9101; OpenID Connect Core, section 6.1): the parameters in a JWT that the client signs. Then they alone
//! count, whatever stands beside it. A `request_uri` is taken for a request that was pushed, and from nowhere else; a
//! server that does not support something says so, and never goes on as if it had not been sent.

use std::borrow::Cow;

use identity::client::Client;
use identity::client_authentication::PublicKeys;
use identity::clock::Time;
use serde_json::{Map, Value};

use super::Asked;
use super::request::AuthorizationRequest;
use crate::Provider;
use crate::client_jwt::{self, ClientJwt, Refused};
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;

const UNSUPPORTED: [(&str, ErrorCode, &str); 2] = [
    ("request_uri", ErrorCode::RequestUriNotSupported, "request_uri is supported for pushed requests only"),
    ("registration", ErrorCode::RegistrationNotSupported, "registration is not supported"),
];

/// RFC 9101, section 10.8, and what was said before it.
const TYPES: [&str; 2] = ["oauth-authz-req+jwt", "JWT"];
/// RFC 7519, section 4.1: they speak of the JWT, and are no parameters.
const OF_THE_JWT: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

pub(super) fn check(asked: &Asked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    if let Some((_, error, description)) = UNSUPPORTED.into_iter().find(|(name, ..)| asked.params.get(name).is_some()) {
        return Err(OAuthError::new(error, description));
    }
    if asked.client.request_object_required && !asked.came.signed {
        return Err(OAuthError::invalid_request("this client has to send a signed request object: request is missing"));
    }
    Ok(())
}

/// Why there are no parameters.
#[derive(Debug)]
pub(super) enum Closed {
    Wrong(OAuthError),
    /// The client's keys could not be had.
    Unavailable(Box<dyn std::error::Error>),
}

/// The parameters that count, and whether the client signed them.
pub(super) async fn open<'p>(
    params: &'p Params,
    client: &Client,
    provider: &Provider,
) -> Result<(Cow<'p, Params>, bool), Closed> {
    let Some(jwt) = params.get("request") else { return Ok((Cow::Borrowed(params), false)) };
    if client.public_keys == PublicKeys::None {
        let description = "this client has registered no keys to verify a request object with";
        return Err(Closed::Wrong(OAuthError::new(ErrorCode::RequestNotSupported, description)));
    }
    if params.contains("request_uri") {
        return Err(Closed::Wrong(OAuthError::invalid_request("request and request_uri exclude each other")));
    }
    let now = provider.clock.now();
    let jwt = client_jwt::verify(jwt, client, provider, now).await?;
    about_itself(&jwt, client, provider, now)?;
    let signed = parameters(&jwt.claims).ok_or_else(|| {
        let description = "a parameter in the request object is neither text nor number, or stands for another one";
        Closed::Wrong(OAuthError::new(ErrorCode::InvalidRequestObject, description))
    })?;
    Ok((Cow::Owned(signed), true))
}

/// RFC 9101, sections 4 and 6; FAPI 2.0 Message Signing, section 5.3.1, where the client has to sign.
fn about_itself(jwt: &ClientJwt, client: &Client, provider: &Provider, now: Time) -> Result<(), Refused> {
    let ClientJwt { typ, registered, claims } = jwt;
    if typ.as_deref().is_some_and(|typ| !TYPES.iter().any(|known| known.eq_ignore_ascii_case(typ))) {
        return Err(Refused::Because("the request object is a JWT of another type"));
    }
    let id = client.id.as_str();
    if registered.iss.as_deref() != Some(id) || claims.get("client_id").and_then(Value::as_str) != Some(id) {
        return Err(Refused::Because("iss or client_id in the request object is not the client"));
    }
    if !registered.aud.as_ref().is_some_and(|aud| aud.holds_any(&[provider.issuer.to_string()])) {
        return Err(Refused::Because("aud of the request object is not the issuer"));
    }
    registered.has_begun(now)?;
    if client.is_fapi || client.request_object_required {
        registered.began_lately(now)?;
    }
    // Without it, whoever finds an old request could send somebody here with it for ever.
    registered.expires_at(now).map(drop)
}

/// The claims as they would have been sent (section 4): text as it is, numbers in digits, objects in JSON.
fn parameters(claims: &Map<String, Value>) -> Option<Params> {
    let mut pairs = Vec::new();
    for (name, value) in claims.iter().filter(|(name, _)| !OF_THE_JWT.contains(&name.as_str())) {
        match value {
            _ if ["request", "request_uri"].contains(&name.as_str()) => return None,
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            Value::Number(_) | Value::Bool(_) | Value::Object(_) => pairs.push((name.clone(), value.to_string())),
            Value::Array(many) => {
                for one in many {
                    pairs.push((name.clone(), one.as_str()?.to_owned()));
                }
            }
            Value::Null => {}
        }
    }
    Some(Params::of(pairs))
}

impl From<Refused> for Closed {
    fn from(refused: Refused) -> Closed {
        match refused {
            Refused::Because(why) => Closed::Wrong(OAuthError::new(ErrorCode::InvalidRequestObject, why)),
            Refused::Unavailable(error) => Closed::Unavailable(error),
        }
    }
}
