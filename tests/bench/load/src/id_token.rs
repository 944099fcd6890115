//! ID tokens: each is read, and one in a hundred is verified as a client would: its signature, who it is from and for, how
//! long it is good, and its nonce.

use std::cell::Cell;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, Validation};
use serde::Deserialize;

use crate::failure::Failure;

const ONE_IN: u64 = 100;

pub(crate) struct Verifier {
    keys: JwkSet,
    issuer: String,
    client_id: String,
    seen: Cell<u64>,
    verified: Cell<u64>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Claims {
    pub sub: String,
    nonce: String,
    pub trn: Option<String>,
}

impl Verifier {
    pub(crate) fn new(keys: JwkSet, issuer: &str, client_id: &str) -> Verifier {
        let (issuer, client_id) = (issuer.to_owned(), client_id.to_owned());
        Verifier { keys, issuer, client_id, seen: Cell::new(0), verified: Cell::new(0) }
    }

    /// How many were verified.
    pub(crate) fn verified(&self) -> u64 {
        self.verified.get()
    }

    /// What the token says, which has to be the answer to this nonce.
    pub(crate) fn read(&self, token: &str, nonce: &str) -> Result<Claims, Failure> {
        let seen = self.seen.replace(self.seen.get() + 1);
        let claims = if seen.is_multiple_of(ONE_IN) { self.verify(token)? } else { payload(token)? };
        if claims.nonce == nonce { Ok(claims) } else { Err(Failure::new("an ID token with another nonce")) }
    }

    fn verify(&self, token: &str) -> Result<Claims, Failure> {
        let wrong = |error: jsonwebtoken::errors::Error| Failure::of(format!("an ID token that is wrong: {error}"));
        let header = jsonwebtoken::decode_header(token).map_err(wrong)?;
        let key = header.kid.as_deref().and_then(|kid| self.keys.find(kid));
        let key = key.ok_or(Failure::new("an ID token by an unknown key"))?;
        let mut validation = Validation::new(header.alg);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.client_id]);
        let key = DecodingKey::from_jwk(key).map_err(wrong)?;
        let decoded = jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(wrong)?;
        self.verified.set(self.verified.get() + 1);
        Ok(decoded.claims)
    }
}

fn payload(token: &str) -> Result<Claims, Failure> {
    let payload = token.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let claims = payload.and_then(|payload| serde_json::from_slice(&payload).ok());
    claims.ok_or(Failure::new("an ID token that cannot be read"))
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{Algorithm, EncodingKey, Header};
    use serde_json::{Value, json};

    use super::*;

    const ISSUER: &str = "http://127.0.0.1:1";
    /// 2100, in seconds.
    const LATER: u64 = 4_102_444_800;

    fn token(secret: &str, claims: &Value) -> String {
        let header = Header { kid: Some("k".into()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
    }

    fn verifier() -> Verifier {
        let key = json!({ "kty": "oct", "kid": "k", "k": URL_SAFE_NO_PAD.encode("secret") });
        Verifier::new(serde_json::from_value(json!({ "keys": [key] })).unwrap(), ISSUER, "client")
    }

    fn claims() -> Value {
        json!({ "iss": ISSUER, "aud": "client", "sub": "s", "nonce": "n", "exp": LATER })
    }

    #[test]
    fn the_first_of_a_hundred_is_verified_and_each_has_to_have_the_nonce() {
        let verifier = verifier();
        let good = token("secret", &claims());
        for _ in 0..=100 {
            assert_eq!(verifier.read(&good, "n").unwrap().sub, "s");
        }
        assert_eq!(verifier.verified(), 2);
        assert!(verifier.read(&good, "other").is_err());
    }

    #[test]
    fn a_token_is_verified_in_every_respect() {
        let wrong = [("iss", json!("http://other")), ("aud", json!("other")), ("exp", json!(1)), ("sub", Value::Null)];
        for (name, value) in wrong {
            let mut claims = claims();
            claims[name] = value;
            assert!(verifier().read(&token("secret", &claims), "n").is_err(), "{name}");
        }
        assert!(verifier().read(&token("another secret", &claims()), "n").is_err());
    }
}
