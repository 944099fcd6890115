//! The simulator's keys: one for ID tokens, one for identities, and for each a false one that is not published.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

pub(super) struct Keys {
    pub id_token: Key,
    pub identity: Key,
    pub nobodys: Key,
}

pub(super) struct Key {
    pub kid: String,
    private: EncodingKey,
    public: Value,
}

impl Keys {
    pub(super) fn new() -> Keys {
        Keys { id_token: Key::new(), identity: Key::new(), nobodys: Key::new() }
    }
}

impl Key {
    fn new() -> Key {
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).expect("there is chance enough");
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref()).expect("it was made a moment ago");
        // Uncompressed: a byte that says so, then both coordinates (SEC 1, section 2.3.3).
        let point = &pair.public_key().as_ref()[1..];
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[..32]), URL_SAFE_NO_PAD.encode(&point[32..]));
        Key {
            public: json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "alg": "ES256" }),
            kid: x[..16].to_owned(),
            private: EncodingKey::from_ec_der(pkcs8.as_ref()),
        }
    }

    /// With a kid, a use and an algorithm (RFC 7517, section 4).
    pub(super) fn jwk(&self, kid: &str) -> Value {
        let mut key = self.public.clone();
        key["kid"] = kid.into();
        key["use"] = "sig".into();
        key
    }

    pub(super) fn signs(&self, kid: &str, claims: &Value) -> String {
        let header = Header { kid: Some(kid.into()), ..Header::new(Algorithm::ES256) };
        encode(&header, claims, &self.private).expect("a key for ES256 signs")
    }
}
