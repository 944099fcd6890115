//! Reading tokens as a client does: with the keys that are served, and with a library.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde_json::Value;

use super::{Answer, World};

/// Its SHA-256 in base64url.
pub(crate) fn s256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()))
}

pub(crate) fn header(token: &str) -> Header {
    decode_header(token).unwrap()
}

/// The claims of a token, whoever signed it and however old it is.
pub(crate) fn unverified(token: &str) -> Value {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

/// The claims of the ID token in a token response, for this client.
pub(crate) async fn claims(world: &World, answer: &Answer, client: &str) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    world.verify(answer.json()["id_token"].as_str().unwrap(), client).await
}

impl World {
    /// Verifies a signed authorization response, which speaks of nobody.
    pub(crate) async fn verify_answer(&self, token: &str, audience: &str) -> Value {
        self.verify_with(token, audience, &["iss", "aud", "exp"]).await
    }

    /// Verifies signature, issuer and audience, and that the token is alive by the world's clock.
    pub(crate) async fn verify(&self, token: &str, audience: &str) -> Value {
        self.verify_with(token, audience, &["iss", "aud", "sub", "exp"]).await
    }

    async fn verify_with(&self, token: &str, audience: &str, required: &[&str]) -> Value {
        let keys: JwkSet = serde_json::from_str(&self.get("/oauth2/jwks").await.body).unwrap();
        let header = header(token);
        assert!([Algorithm::RS256, Algorithm::ES256, Algorithm::PS256, Algorithm::EdDSA].contains(&header.alg));
        let key = keys.find(header.kid.as_deref().unwrap()).unwrap();
        let mut validation = Validation::new(header.alg);
        validation.set_audience(&[audience]);
        validation.set_issuer(&[self.provider.issuer.as_str()]);
        validation.set_required_spec_claims(required);
        // The library would look at the system's clock.
        validation.validate_exp = false;
        let claims = decode::<Value>(token, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims;
        let now = self.now();
        assert!(claims["iat"].as_i64().unwrap() <= now && now < claims["exp"].as_i64().unwrap());
        claims
    }
}
