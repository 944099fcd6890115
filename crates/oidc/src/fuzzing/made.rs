//! A JWT made from a few lines that a fuzzer can change: by whom it is signed (`us`, `client`, `stranger`; whoever else signs
//! nothing), its header, its claims, and perhaps a place and what is written there over the finished JWT. In the header
//! `OUR-ES256`, and so on, is the kid of our key, and `"JWK"` the public half of the key that signs.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::client::SigningAlgorithm;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

use super::World;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum By {
    Us,
    Client,
    Stranger,
    Nobody,
}

pub(crate) struct Made {
    pub(crate) token: String,
    pub(crate) by: By,
    header: String,
    claims: String,
}

impl Made {
    pub(crate) fn of(text: &str, world: &World) -> Made {
        let mut lines = text.splitn(5, '\n');
        let mut line = || lines.next().unwrap_or_default();
        let (who, header, claims, at, over) = (line(), line(), line(), line(), line());
        let by = match who {
            "us" => By::Us,
            "client" => By::Client,
            "stranger" => By::Stranger,
            _ => By::Nobody,
        };
        let header = with_keys(header, by, world);
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(&header), URL_SAFE_NO_PAD.encode(claims));
        let signature = match by {
            By::Us => world.provider.keys.signature(algorithm(&header), signed.as_bytes()),
            By::Client => world.client_key.signature(&signed),
            By::Stranger => world.stranger.signature(&signed),
            By::Nobody => String::new(),
        };
        let token = changed(format!("{signed}.{signature}"), at, over);
        // Who signed, signed something else then.
        let by = if token.rsplit_once('.').is_some_and(|(left, _)| left == signed) { by } else { By::Nobody };
        Made { token, by, header, claims: claims.into() }
    }

    pub(crate) fn header(&self) -> Value {
        serde_json::from_str(&self.header).expect("what was taken has a header in JSON")
    }

    pub(crate) fn claims(&self) -> Value {
        serde_json::from_str(&self.claims).expect("what was taken has claims in JSON")
    }

    /// Fails unless this one signed it, as a JWT of such a type.
    pub(crate) fn is_by(&self, by: By, typ: &str) {
        assert_eq!(self.by, by, "{}", self.token);
        let stated = self.header()["typ"].as_str().unwrap_or_default().to_ascii_lowercase();
        assert_eq!(stated, typ, "{}", self.token);
    }
}

fn with_keys(header: &str, by: By, world: &World) -> String {
    let mut header = header.to_owned();
    for key in world.provider.keys.stored() {
        header = header.replace(&format!("OUR-{}", key.algorithm.as_str()), &key.kid);
    }
    let key = if by == By::Client { &world.client_key } else { &world.stranger };
    header.replace("\"JWK\"", &json!(key.public()).to_string())
}

/// The one that the header names, if it is one of ours.
fn algorithm(header: &str) -> SigningAlgorithm {
    let header: Value = serde_json::from_str(header).unwrap_or_default();
    let named = |algorithm: &SigningAlgorithm| header["alg"] == algorithm.as_str();
    SigningAlgorithm::ALL.into_iter().find(named).unwrap_or(SigningAlgorithm::ES256)
}

fn changed(token: String, at: &str, over: &str) -> String {
    let Ok(at) = at.parse::<usize>() else { return token };
    let mut bytes = token.into_bytes();
    let at = at % bytes.len();
    let end = (at + over.len()).min(bytes.len());
    bytes.splice(at..end, over.bytes());
    String::from_utf8(bytes).expect("it is ASCII before and text after")
}

/// A client's key for ES256.
pub(crate) struct ClientKey {
    kid: &'static str,
    encoding: EncodingKey,
}

impl ClientKey {
    pub(super) fn new(kid: &'static str) -> ClientKey {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key is made");
        let encoding = EncodingKey::from_ec_der(pair.to_pkcs8v1().expect("it is a key").as_ref());
        ClientKey { kid, encoding }
    }

    fn public(&self) -> Jwk {
        Jwk::from_encoding_key(&self.encoding, Algorithm::ES256).expect("it has a public half")
    }

    pub(super) fn set(&self) -> String {
        let mut jwk = self.public();
        jwk.common.key_id = Some(self.kid.into());
        json!({ "keys": [jwk] }).to_string()
    }

    fn signature(&self, signed: &str) -> String {
        crypto::sign(signed.as_bytes(), &self.encoding, Algorithm::ES256).expect("the key signs")
    }
}
