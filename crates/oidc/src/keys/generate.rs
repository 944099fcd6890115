//! Makes a key: RSA of 2048 bits for RS256 and PS256, P-256 for ES256, Ed25519 for EdDSA.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use identity::client::SigningAlgorithm;
use identity::clock::Clock;
use identity::key_ring::KeyRing;
use identity::random::Random;
use identity::signing_key::{KeyState, SEAL_PURPOSE, SigningKey};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};

use super::KeysError;
use super::key::{encoding_key, jws_algorithm};

/// A new active key, sealed. An RSA key takes some tenths of a second.
pub(super) fn key(
    algorithm: SigningAlgorithm,
    ring: &KeyRing,
    clock: &Clock,
    random: &Random,
) -> Result<SigningKey, KeysError> {
    let private = pkcs8(algorithm).ok_or(KeysError::NotMade)?;
    let jwk = public_jwk(algorithm, &private).ok_or(KeysError::NotMade)?;
    Ok(SigningKey {
        kid: jwk.common.key_id.clone().ok_or(KeysError::NotMade)?,
        algorithm,
        state: KeyState::Active,
        public_jwk: serde_json::to_string(&jwk).map_err(|_| KeysError::NotMade)?,
        sealed_private_key: ring.seal(SEAL_PURPOSE, &private, random),
        created_at: clock.now(),
        changed_at: None,
        due_at: None,
    })
}

fn pkcs8(algorithm: SigningAlgorithm) -> Option<Vec<u8>> {
    match algorithm {
        SigningAlgorithm::RS256 | SigningAlgorithm::PS256 => {
            let pair = RsaKeyPair::generate(KeySize::Rsa2048).ok()?;
            let der: Pkcs8V1Der<'_> = pair.as_der().ok()?;
            Some(der.as_ref().to_vec())
        }
        SigningAlgorithm::ES256 => {
            let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).ok()?;
            Some(pair.to_pkcs8v1().ok()?.as_ref().to_vec())
        }
        // The first version of PKCS #8, without the public half: the library takes no other.
        SigningAlgorithm::EdDSA => Some(Ed25519KeyPair::generate().ok()?.to_pkcs8v1().ok()?.as_ref().to_vec()),
    }
}

/// The public part, named by its own thumbprint (RFC 7638).
fn public_jwk(algorithm: SigningAlgorithm, private: &[u8]) -> Option<Jwk> {
    let encoding = encoding_key(algorithm, private)?;
    let mut jwk = Jwk::from_encoding_key(&encoding, jws_algorithm(algorithm)).ok()?;
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    jwk.common.key_id = Some(jwk.thumbprint(ThumbprintHash::SHA256).ok()?);
    Some(jwk)
}
