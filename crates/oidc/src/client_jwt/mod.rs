//! JWTs that clients sign: the assertions by which they authenticate, and their request objects. What is common to both is
//! checked here: a key of the client's, an algorithm that we take, and the times.

mod key_sets;

use chrono::Duration;
use identity::client::Client;
use identity::clock::Time;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Provider;

pub(crate) use key_sets::fits;
pub use key_sets::{PublishedKeys, check as check_key_set};

/// By their names in RFC 7518 and RFC 8037. None that shares a secret, since we keep none, and never `none`.
pub(crate) const ALGORITHMS: [Algorithm; 4] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];
/// FAPI 2.0 Security Profile, section 5.4.1.
const FAPI_ALGORITHMS: [Algorithm; 3] = [Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];

/// So far may the client's clock be ahead of ours.
const SKEW: Duration = Duration::seconds(30);
/// So far ahead may a JWT expire. It bounds how long its id has to be remembered.
const LONGEST: Duration = Duration::hours(1);

/// Why a JWT is not taken. The text is for the client's developer.
#[derive(Debug)]
pub(crate) enum Refused {
    Because(&'static str),
    /// The client's keys could not be had.
    Unavailable(Box<dyn std::error::Error>),
}

/// The registered claims (RFC 7519, section 4.1) as a client may write them.
#[derive(Debug, Deserialize)]
pub(crate) struct Registered {
    pub(crate) iss: Option<String>,
    pub(crate) sub: Option<String>,
    pub(crate) aud: Option<Audience>,
    pub(crate) jti: Option<String>,
    exp: Option<f64>,
    nbf: Option<f64>,
    iat: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    pub(crate) fn holds_any(&self, names: &[String]) -> bool {
        match self {
            Audience::One(name) => names.contains(name),
            Audience::Many(many) => many.iter().any(|name| names.contains(name)),
        }
    }

    /// Is it that name, and nothing that could be another?
    pub(crate) fn is_just(&self, name: &str) -> bool {
        matches!(self, Audience::One(one) if one == name)
    }
}

/// A JWT whose signature is the client's.
#[derive(Debug)]
pub(crate) struct ClientJwt {
    pub(crate) typ: Option<String>,
    pub(crate) registered: Registered,
    pub(crate) claims: Map<String, Value>,
}

/// Verifies the signature, with a key that the client has published lately.
pub(crate) async fn verify(jwt: &str, client: &Client, provider: &Provider, now: Time) -> Result<ClientJwt, Refused> {
    let header = jsonwebtoken::decode_header(jwt)
        .map_err(|_| Refused::Because("the JWT cannot be read, or its alg is not known"))?;
    let algorithms: &[Algorithm] = if client.is_fapi { &FAPI_ALGORITHMS } else { &ALGORITHMS };
    if !algorithms.contains(&header.alg) {
        return Err(Refused::Because("the alg of the JWT is not one that is taken"));
    }
    if header.crit.is_some() {
        return Err(Refused::Because("the JWT has critical headers that are not understood"));
    }
    let keys = provider.published_keys.of(client, &header, now).await?;
    if keys.is_empty() {
        return Err(Refused::Because("the client has published no key of the kid and the alg of the JWT"));
    }
    let claims: Option<Map<String, Value>> = keys.iter().find_map(|key| decoded(jwt, header.alg, key));
    let claims = claims.ok_or(Refused::Because("the signature of the JWT is not the client's"))?;
    let registered = serde_json::from_value(Value::Object(claims.clone()))
        .map_err(|_| Refused::Because("a claim of the JWT has another type than RFC 7519 says"))?;
    Ok(ClientJwt { typ: header.typ, registered, claims })
}

/// The claims, when the key signed them. Their times are looked at elsewhere, by our own clock.
pub(crate) fn decoded<T: DeserializeOwned>(jwt: &str, algorithm: Algorithm, key: &Jwk) -> Option<T> {
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_jwk(key).ok()?;
    Some(jsonwebtoken::decode(jwt, &key, &validation).ok()?.claims)
}

impl Registered {
    /// When the JWT expires: it has to say so, it is still to come, and it is not far.
    pub(crate) fn expires_at(&self, now: Time) -> Result<Time, Refused> {
        let exp = self.exp.and_then(time).ok_or(Refused::Because("exp is missing"))?;
        if exp <= now {
            return Err(Refused::Because("the JWT has expired: see exp, and whether the clock is right"));
        }
        if exp > now + LONGEST {
            return Err(Refused::Because("exp is more than an hour ahead"));
        }
        Ok(exp)
    }

    /// Neither may lie in the future, but for clocks that differ a little.
    pub(crate) fn has_begun(&self, now: Time) -> Result<(), Refused> {
        let early = |at: Option<f64>| at.is_some_and(|at| time(at).is_none_or(|at| at > now + SKEW));
        if early(self.nbf) || early(self.iat) {
            return Err(Refused::Because("nbf or iat lies in the future: see whether the clock is right"));
        }
        Ok(())
    }

    /// When it begins to be good (FAPI 2.0 Message Signing, section 5.3.1: no longer than an hour ago).
    pub(crate) fn began_lately(&self, now: Time) -> Result<(), Refused> {
        match self.nbf.and_then(time) {
            Some(nbf) if nbf > now - LONGEST => Ok(()),
            Some(_) => Err(Refused::Because("nbf is more than an hour ago")),
            None => Err(Refused::Because("nbf is missing")),
        }
    }
}

/// RFC 7519, section 2: a NumericDate may have a fraction.
#[expect(clippy::cast_possible_truncation, reason = "a time out of range becomes none at all")]
pub(crate) fn time(seconds: f64) -> Option<Time> {
    Time::from_timestamp(seconds as i64, 0)
}
