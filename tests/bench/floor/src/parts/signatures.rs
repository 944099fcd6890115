//! Signing an ID token and verifying it, as `oidc` does: aws-lc with a key that was read before, and jsonwebtoken over aws-lc; RSA of
//! 2048 bits, P-256, Ed25519.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};

use crate::measure::{Cost, Done, one};

/// Signs bytes.
type Signer = Box<dyn Fn(&[u8]) -> Done<Vec<u8>>>;

pub(crate) fn costs() -> Done<Vec<Cost>> {
    let algorithms = [
        (["sign_rs256", "verify_rs256"], Algorithm::RS256, rsa()?),
        (["sign_es256", "verify_es256"], Algorithm::ES256, p256()?),
        (["sign_eddsa", "verify_eddsa"], Algorithm::EdDSA, ed25519()?),
    ];
    let mut costs = Vec::new();
    for ([sign, verify], algorithm, (signer, key)) in algorithms {
        costs.push(signing(sign, algorithm, &signer)?);
        costs.push(verifying(verify, algorithm, &key)?);
    }
    Ok(costs)
}

fn signing(name: &'static str, algorithm: Algorithm, signer: &Signer) -> Done<Cost> {
    let (header, claims) = (Header::new(algorithm), claims());
    let part = |json: Vec<u8>| URL_SAFE_NO_PAD.encode(json);
    one(name, || {
        let mut token = format!("{}.{}", part(serde_json::to_vec(&header)?), part(serde_json::to_vec(&claims)?));
        let signature = signer(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        std::hint::black_box(token);
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
fn rsa() -> Done<(Signer, EncodingKey)> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let der: Pkcs8V1Der<'_> = pair.as_der()?;
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref()));
    let key = EncodingKey::from_rsa_pem(pem.as_bytes())?;
    let signer = move |message: &[u8]| {
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)?;
        Ok(signature)
    };
    Ok((Box::new(signer), key))
}

fn p256() -> Done<(Signer, EncodingKey)> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
    let key = EncodingKey::from_ec_der(pair.to_pkcs8v1()?.as_ref());
    Ok((Box::new(move |message| Ok(pair.sign(&SystemRandom::new(), message)?.as_ref().to_vec())), key))
}

fn ed25519() -> Done<(Signer, EncodingKey)> {
    let pair = Ed25519KeyPair::generate()?;
    let key = EncodingKey::from_ed_der(pair.to_pkcs8v1()?.as_ref());
    Ok((Box::new(move |message| Ok(pair.sign(message).as_ref().to_vec())), key))
}
