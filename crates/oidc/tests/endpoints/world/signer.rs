//! The keys of the clients that sign, and what they sign with them.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

/// One key of a client's.
pub(crate) struct Signer {
    pub(crate) algorithm: Algorithm,
    pub(crate) kid: String,
    encoding: EncodingKey,
}

static RS256: LazyLock<Signer> = LazyLock::new(|| Signer::rsa(Algorithm::RS256, "rsa"));
static PS256: LazyLock<Signer> = LazyLock::new(|| Signer::rsa(Algorithm::PS256, "rsa-pss"));
static ES256: LazyLock<Signer> = LazyLock::new(|| Signer::ec("ec"));
static EDDSA: LazyLock<Signer> = LazyLock::new(|| {
    let pair = Ed25519KeyPair::generate().unwrap();
    Signer::new(Algorithm::EdDSA, "ed", EncodingKey::from_ed_der(pair.to_pkcs8v1().unwrap().as_ref()))
});

/// The clients' key of this algorithm, the same in a whole process.
pub(crate) fn signer(algorithm: Algorithm) -> &'static Signer {
    match algorithm {
        Algorithm::RS256 => &RS256,
        Algorithm::PS256 => &PS256,
        Algorithm::ES256 => &ES256,
        Algorithm::EdDSA => &EDDSA,
        other => panic!("no client signs with {other:?}"),
    }
}

/// What the clients publish.
pub(crate) fn key_set() -> String {
    let all = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];
    json!({ "keys": all.map(|algorithm| signer(algorithm).jwk()) }).to_string()
}

impl Signer {
    fn new(algorithm: Algorithm, kid: &str, encoding: EncodingKey) -> Signer {
        Signer { algorithm, kid: kid.into(), encoding }
    }

    fn rsa(algorithm: Algorithm, kid: &str) -> Signer {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let text = STANDARD.encode(der.as_ref());
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
        Signer::new(algorithm, kid, EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap())
    }

    /// A new key for ES256.
    pub(crate) fn ec(kid: &str) -> Signer {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Signer::new(Algorithm::ES256, kid, EncodingKey::from_ec_der(pair.to_pkcs8v1().unwrap().as_ref()))
    }

    pub(crate) fn public(&self) -> Jwk {
        Jwk::from_encoding_key(&self.encoding, self.algorithm).unwrap()
    }

    pub(crate) fn thumbprint(&self) -> String {
        self.public().thumbprint(ThumbprintHash::SHA256).unwrap()
    }

    /// The public half, under its kid.
    pub(crate) fn jwk(&self) -> Value {
        let mut jwk = self.public();
        jwk.common.key_id = Some(self.kid.clone());
        serde_json::to_value(jwk).unwrap()
    }

    pub(crate) fn signs(&self, claims: &Value) -> String {
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.kid.clone());
        self.signs_with(&header, claims)
    }

    pub(crate) fn signs_with(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.encoding).unwrap()
    }
}
