//! One key, opened: it signs, it verifies, and it shows its public part.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use identity::client::SigningAlgorithm;
use identity::key_ring::KeyRing;
use identity::signing_key::{KeyState, SEAL_PURPOSE, SigningKey};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::KeysError;
use super::signer::Signer;

/// The `typ` of a token: a token of one type is never taken for another (RFC 8725, section 3.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenType {
    IdToken,
    /// RFC 9068, section 2.1.
    AccessToken,
    /// RFC 9701, section 5.
    Introspection,
    /// JARM, section 2.1.
    AuthorizationResponse,
    /// OpenID Connect Core, section 5.3.2, which has no type of its own for it.
    UserInfo,
    /// For the register of teachers, which expects no type of its own.
    Register,
    /// OpenID Connect Back-Channel Logout 1.0, section 2.4.
    Logout,
}

impl TokenType {
    fn typ(self) -> &'static str {
        match self {
            TokenType::IdToken | TokenType::AuthorizationResponse | TokenType::UserInfo | TokenType::Register => "JWT",
            TokenType::AccessToken => "at+jwt",
            TokenType::Introspection => "token-introspection+jwt",
            TokenType::Logout => "logout+jwt",
        }
    }
}

/// What a token has to be, besides signed by us.
pub(crate) struct Expected<'a> {
    pub(crate) token_type: TokenType,
    pub(crate) issuer: &'a str,
    /// Any audience will do when there is none: the claims tell it.
    pub(crate) audience: Option<&'a str>,
}

pub(super) struct Key {
    stored: SigningKey,
    jwk: Jwk,
    signer: Signer,
    decoding: DecodingKey,
}

impl Key {
    pub(super) fn open(stored: &SigningKey, ring: &KeyRing) -> Result<Key, KeysError> {
        let malformed = || KeysError::Malformed { kid: stored.kid.clone() };
        let private = ring
            .open(SEAL_PURPOSE, &stored.sealed_private_key)
            .map_err(|source| KeysError::Sealed { kid: stored.kid.clone(), source })?;
        let signer = Signer::from_pkcs8(stored.algorithm, &private).ok_or_else(malformed)?;
        let jwk: Jwk = serde_json::from_str(&stored.public_jwk).map_err(|_| malformed())?;
        let decoding = DecodingKey::from_jwk(&jwk).map_err(|_| malformed())?;
        Ok(Key { stored: stored.clone(), jwk, signer, decoding })
    }

    pub(super) fn kid(&self) -> &str {
        &self.stored.kid
    }

    pub(super) fn public(&self) -> &Jwk {
        &self.jwk
    }

    pub(super) fn signs(&self, algorithm: SigningAlgorithm) -> bool {
        self.stored.state == KeyState::Active && self.stored.algorithm == algorithm
    }

    pub(super) fn stored(&self) -> &SigningKey {
        &self.stored
    }

    /// RFC 7515, section 7.1.
    pub(super) fn sign(&self, token_type: TokenType, claims: &impl Serialize) -> String {
        let mut header = Header::new(jws_algorithm(self.stored.algorithm));
        header.typ = Some(token_type.typ().into());
        header.kid = Some(self.stored.kid.clone());
        let mut jwt = in_base64(&header);
        jwt.push('.');
        jwt.push_str(&in_base64(claims));
        let signature = self.signer.sign(jwt.as_bytes());
        jwt.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut jwt);
        jwt
    }

    pub(super) fn verify<T: DeserializeOwned>(&self, token: &str, expected: &Expected<'_>) -> Option<T> {
        let mut validation = Validation::new(jws_algorithm(self.stored.algorithm));
        validation.set_issuer(&[expected.issuer]);
        match expected.audience {
            Some(audience) => validation.set_audience(&[audience]),
            None => validation.validate_aud = false,
        }
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The library would ask the system for the time; here it is an argument, and the caller compares.
        validation.validate_exp = false;
        let token = jsonwebtoken::decode(token, &self.decoding, &validation).ok()?;
        let typ = token.header.typ.unwrap_or_default();
        typ.eq_ignore_ascii_case(expected.token_type.typ()).then_some(token.claims)
    }
}

fn in_base64(part: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(part).expect("our headers and claims are plain JSON"))
}

/// The id of the key that a token says it is signed with.
pub(super) fn kid(token: &str) -> Option<String> {
    jsonwebtoken::decode_header(token).ok()?.kid
}

pub(super) fn jws_algorithm(algorithm: SigningAlgorithm) -> Algorithm {
    match algorithm {
        SigningAlgorithm::RS256 => Algorithm::RS256,
        SigningAlgorithm::ES256 => Algorithm::ES256,
        SigningAlgorithm::PS256 => Algorithm::PS256,
        SigningAlgorithm::EdDSA => Algorithm::EdDSA,
    }
}

/// From PKCS #8, for its public part. The library takes an RSA key in that form only as PEM.
pub(super) fn encoding_key(algorithm: SigningAlgorithm, pkcs8: &[u8]) -> Option<EncodingKey> {
    match algorithm {
        SigningAlgorithm::RS256 | SigningAlgorithm::PS256 => {
            let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(pkcs8));
            EncodingKey::from_rsa_pem(pem.as_bytes()).ok()
        }
        SigningAlgorithm::ES256 => Some(EncodingKey::from_ec_der(pkcs8)),
        SigningAlgorithm::EdDSA => Some(EncodingKey::from_ed_der(pkcs8)),
    }
}

#[cfg(test)]
mod tests {
    use identity::clock::{Clock, Time};
    use identity::key_ring::SealingKey;
    use identity::random::Random;
    use serde_json::{Value, json};

    use super::super::generate;
    use super::*;

    const ISSUER: &str = "https://identity.example";

    fn key() -> Key {
        let ring = KeyRing::new(vec![SealingKey { id: "test".into(), key: [9; 32] }]).unwrap();
        let clock = Clock::new(|| Time::from_timestamp(1_700_000_000, 0).unwrap());
        let stored = generate::key(SigningAlgorithm::ES256, &ring, &clock, &Random::seeded(1)).unwrap();
        Key::open(&stored, &ring).unwrap()
    }

    fn claims() -> Value {
        json!({ "iss": ISSUER, "aud": "a-service", "sub": "zoe", "exp": 1 })
    }

    fn is_taken(key: &Key, token: &str, token_type: TokenType, issuer: &str, audience: Option<&str>) -> bool {
        key.verify::<Value>(token, &Expected { token_type, issuer, audience }).is_some()
    }

    #[test]
    fn a_token_is_taken_for_its_own_type_issuer_and_audience_only() {
        let key = key();
        let token = key.sign(TokenType::IdToken, &claims());
        assert!(is_taken(&key, &token, TokenType::IdToken, ISSUER, Some("a-service")));
        assert!(is_taken(&key, &token, TokenType::IdToken, ISSUER, None));
        assert!(!is_taken(&key, &token, TokenType::AccessToken, ISSUER, None));
        assert!(!is_taken(&key, &token, TokenType::IdToken, "https://other.example", None));
        assert!(!is_taken(&key, &token, TokenType::IdToken, ISSUER, Some("another-service")));
    }

    #[test]
    fn a_token_without_a_claim_that_every_token_has_is_not_taken() {
        let key = key();
        for name in ["iss", "aud", "sub", "exp"] {
            let mut claims = claims();
            claims.as_object_mut().unwrap().remove(name);
            let token = key.sign(TokenType::IdToken, &claims);
            assert!(!is_taken(&key, &token, TokenType::IdToken, ISSUER, None), "{name}");
        }
    }
}
