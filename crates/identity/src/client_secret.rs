//! Client secrets: stored as argon2id, and quick from the second use on.

use std::collections::HashMap;
use std::sync::RwLock;

use argon2::password_hash::{
    PasswordHasher, PasswordVerifier,
    phc::{Output, PasswordHash, Salt},
};
use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::{constant_time, hmac};
use serde::{Deserialize, Serialize};

use crate::random::Random;
use crate::secret::Plain;

/// An argon2id hash of a client secret, as a PHC string (`$argon2id$v=19$m=19456,t=2,p=1$..`): what a client's file holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientSecretHash(String);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an argon2id hash in PHC form: make one with `get-an-identity clients hash-secret`")]
pub struct NotASecretHash;

impl ClientSecretHash {
    pub fn parse(text: &str) -> Result<ClientSecretHash, NotASecretHash> {
        let parsed = PasswordHash::new(text).map_err(|_| NotASecretHash)?;
        let complete = parsed.salt.is_some() && parsed.hash.is_some();
        if parsed.algorithm.as_str() == "argon2id" && complete {
            Ok(ClientSecretHash(text.into()))
        } else {
            Err(NotASecretHash)
        }
    }

    /// Hashes with the parameters that OWASP recommends (19 MiB, two passes, one lane). Slow on purpose: some 15 ms.
    pub fn of(secret: &Plain, random: &Random) -> ClientSecretHash {
        let salt: [u8; 16] = random.bytes();
        let hash = argon2id()
            .hash_password_with_salt(secret.expose().as_bytes(), &salt)
            .expect("the parameters are constants and the salt has the recommended length");
        ClientSecretHash(hash.to_string())
    }

    /// One that no secret fits, and that takes as long to find out as any other: what it says came out is random.
    pub fn of_nothing(random: &Random) -> ClientSecretHash {
        let (salt, output) = (random.bytes::<16>(), random.bytes::<32>());
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: Params::default().try_into().expect("the parameters are constants"),
            salt: Some(Salt::new(&salt).expect("the salt has the recommended length")),
            hash: Some(Output::new(&output).expect("the output has the recommended length")),
        };
        ClientSecretHash(hash.to_string())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn verifies(&self, secret: &Plain) -> bool {
        PasswordHash::new(&self.0)
            .is_ok_and(|hash| argon2id().verify_password(secret.expose().as_bytes(), &hash).is_ok())
    }
}

fn argon2id() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

impl TryFrom<String> for ClientSecretHash {
    type Error = NotASecretHash;

    fn try_from(text: String) -> Result<Self, NotASecretHash> {
        ClientSecretHash::parse(&text)
    }
}

impl From<ClientSecretHash> for String {
    fn from(hash: ClientSecretHash) -> String {
        hash.0
    }
}

/// Remembers, per stored hash, an HMAC of the secret that verified against it, under a key that lives only as long as
/// this process: the same secret again costs a microsecond instead of an argon2id. A wrong secret always pays in full.
pub struct VerifiedSecrets {
    key: hmac::Key,
    known: RwLock<HashMap<ClientSecretHash, hmac::Tag>>,
}

impl VerifiedSecrets {
    pub fn new(random: &Random) -> VerifiedSecrets {
        VerifiedSecrets { key: hmac::Key::new(hmac::HMAC_SHA256, &random.bytes::<32>()), known: RwLock::default() }
    }

    /// Has the secret verified against one of the stored hashes before? Quick, and no more than that: a no means nothing.
    pub fn remembers(&self, stored: &[ClientSecretHash], secret: &Plain) -> bool {
        let tag = self.tag(secret);
        let known = self.known.read().expect("nothing panics under this lock");
        stored.iter().any(|hash| known.get(hash).is_some_and(|known| same(known, &tag)))
    }

    /// Does the secret verify against any of the stored hashes? A client may have two, while it changes from one to the other.
    pub fn verify(&self, stored: &[ClientSecretHash], secret: &Plain) -> bool {
        if self.remembers(stored, secret) {
            return true;
        }
        let Some(hash) = stored.iter().find(|hash| hash.verifies(secret)) else { return false };
        self.known.write().expect("nothing panics under this lock").insert(hash.clone(), self.tag(secret));
        true
    }

    fn tag(&self, secret: &Plain) -> hmac::Tag {
        hmac::sign(&self.key, secret.expose().as_bytes())
    }
}

fn same(one: &hmac::Tag, other: &hmac::Tag) -> bool {
    constant_time::verify_slices_are_equal(one.as_ref(), other.as_ref()).is_ok()
}

impl std::fmt::Debug for VerifiedSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VerifiedSecrets(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_verifies_against_its_hash_and_another_does_not() {
        let random = Random::seeded(3);
        let secret = Plain::new("correct horse battery staple");
        let hash = ClientSecretHash::of(&secret, &random);
        let verified = VerifiedSecrets::new(&random);
        for _ in 0..2 {
            assert!(verified.verify(std::slice::from_ref(&hash), &secret));
            assert!(!verified.verify(std::slice::from_ref(&hash), &Plain::new("correct horse battery stable")));
        }
        assert_eq!(verified.known.read().unwrap().len(), 1);
    }

    #[test]
    fn a_hash_of_nothing_looks_like_any_other() {
        let random = Random::seeded(3);
        let (some, none) = (ClientSecretHash::of(&Plain::new("some"), &random), ClientSecretHash::of_nothing(&random));
        assert_eq!(ClientSecretHash::parse(none.as_str()).as_ref(), Ok(&none));
        let shape = |hash: &ClientSecretHash| hash.as_str().split('$').map(str::len).collect::<Vec<_>>();
        assert_eq!(shape(&none), shape(&some));
        let parameters =
            |hash: &ClientSecretHash| hash.as_str().split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parameters(&none), parameters(&some));
        assert!(!VerifiedSecrets::new(&random).verify(&[none], &Plain::new("some")));
    }

    #[test]
    fn either_of_two_live_secrets_verifies() {
        let random = Random::seeded(3);
        let (old, new) = (Plain::new("old"), Plain::new("new"));
        let stored = [ClientSecretHash::of(&old, &random), ClientSecretHash::of(&new, &random)];
        let verified = VerifiedSecrets::new(&random);
        assert!(verified.verify(&stored, &old) && verified.verify(&stored, &new));
    }

    #[test]
    fn a_remembered_secret_is_forgotten_with_the_hash_that_it_belongs_to() {
        let random = Random::seeded(3);
        let secret = Plain::new("leaked");
        let verified = VerifiedSecrets::new(&random);
        assert!(verified.verify(&[ClientSecretHash::of(&secret, &random)], &secret));
        assert!(!verified.verify(&[ClientSecretHash::of(&Plain::new("rotated"), &random)], &secret));
    }

    #[test]
    fn only_a_complete_argon2id_phc_string_is_a_hash() {
        for text in
            ["", "hunter2", "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA", "$argon2id$v=19$m=19456,t=2,p=1"]
        {
            assert_eq!(ClientSecretHash::parse(text), Err(NotASecretHash), "{text}");
        }
    }
}
