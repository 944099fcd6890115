//! Signing an ID token and verifying it, as `oidc` does: jsonwebtoken over aws-lc, RSA of 2048 bits, P-256, Ed25519.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};

use crate::measure::{Cost, Done, one};

pub(crate) fn costs() -> Done<Vec<Cost>> {
    let algorithms = [
        (["sign_rs256", "verify_rs256"], Algorithm::RS256, rsa()?),
        (["sign_es256", "verify_es256"], Algorithm::ES256, p256()?),
        (["sign_eddsa", "verify_eddsa"], Algorithm::EdDSA, ed25519()?),
    ];
    let mut costs = Vec::new();
    for ([sign, verify], algorithm, key) in algorithms {
        costs.push(signing(sign, algorithm, &key)?);
        costs.push(verifying(verify, algorithm, &key)?);
    }
    Ok(costs)
}

fn signing(name: &'static str, algorithm: Algorithm, key: &EncodingKey) -> Done<Cost> {
    let (header, claims) = (Header::new(algorithm), claims());
    one(name, || {
        std::hint::black_box(jsonwebtoken::encode(&header, &claims, key)?);
        Ok(())
    })
}

fn verifying(name: &'static str, algorithm: Algorithm, key: &EncodingKey) -> Done<Cost> {
    let token = jsonwebtoken::encode(&Header::new(algorithm), &claims(), key)?;
    let public = DecodingKey::from_jwk(&Jwk::from_encoding_key(key, algorithm)?)?;
    let mut validation = Validation::new(algorithm);
    validation.set_audience(&["a-service"]);
    validation.validate_exp = false;
    one(name, || {
        std::hint::black_box(jsonwebtoken::decode::<Value>(&token, &public, &validation)?);
        Ok(())
    })
}

/// As many as an ID token has.
fn claims() -> Value {
    json!({
        "iss": "https://identity.example",
        "aud": "a-service",
        "sub": "0b0fd0e6-5d6f-4d35-9d3a-3a6a1d5b1f0e",
        "exp": 1_800_003_600,
        "iat": 1_800_000_000,
        "auth_time": 1_800_000_000,
        "nonce": "n-0S6_WzA2MjEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MA",
        "at_hash": "77QmUPtjPfzWtF2AnpK9RQ",
        "sid": "08a5019c-17e1-4977-8f42-65a12843ea02",
        "amr": ["otp"],
        "trn": "1234567",
        "trn_lookup_status": "Found",
    })
}

/// The library takes an RSA key only as PEM.
fn rsa() -> Done<EncodingKey> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let der: Pkcs8V1Der<'_> = pair.as_der()?;
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref()));
    Ok(EncodingKey::from_rsa_pem(pem.as_bytes())?)
}

fn p256() -> Done<EncodingKey> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
    Ok(EncodingKey::from_ec_der(pair.to_pkcs8v1()?.as_ref()))
}

fn ed25519() -> Done<EncodingKey> {
    Ok(EncodingKey::from_ed_der(Ed25519KeyPair::generate()?.to_pkcs8v1()?.as_ref()))
}
