//! Encryption at rest: AES-256-GCM under a ring of keys, with the key's id in every ciphertext.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::random::Random;

/// Keys by id. The first seals; all of them open, so a new key can be put in front while old ciphertexts live on.
#[derive(Clone)]
pub struct KeyRing(Vec<SealingKey>);

/// A 256-bit key and the short id that ciphertexts name it by.
#[derive(Clone)]
pub struct SealingKey {
    pub id: String,
    pub key: [u8; 32],
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("the key ring is empty: it needs one key at least")]
    NoKey,
    #[error("this is not a ciphertext of ours")]
    Malformed,
    #[error("the key `{0}` that this was sealed with is not on the ring")]
    UnknownKey(String),
    #[error("this was changed, or was sealed for another purpose")]
    Forged,
}

impl KeyRing {
    pub fn new(keys: Vec<SealingKey>) -> Result<KeyRing, SealError> {
        if keys.is_empty() { Err(SealError::NoKey) } else { Ok(KeyRing(keys)) }
    }

    /// `purpose` goes into the seal: what was sealed for one use cannot be passed off for another.
    /// The result is `keyid.nonce.ciphertext`, the last two in base64url.
    pub fn seal(&self, purpose: &str, bytes: &[u8], random: &Random) -> String {
        let SealingKey { id, key } = &self.0[0];
        let nonce: [u8; NONCE_LEN] = random.bytes();
        let mut sealed = bytes.to_vec();
        cipher(key)
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose), &mut sealed)
            .expect("a text of this size can always be sealed");
        format!("{id}.{}.{}", URL_SAFE_NO_PAD.encode(nonce), URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The id of the key that seals.
    pub fn first(&self) -> &str {
        &self.0[0].id
    }

    /// The ids of all keys, the one that seals first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|key| key.id.as_str())
    }

    /// The same, sealed with the first key.
    pub fn reseal(&self, purpose: &str, sealed: &str, random: &Random) -> Result<String, SealError> {
        Ok(self.seal(purpose, &self.open(purpose, sealed)?, random))
    }

    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, SealError> {
        let mut parts = sealed.rsplitn(3, '.');
        let (Some(text), Some(nonce), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(SealError::Malformed);
        };
        let mut bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| SealError::Malformed)?;
        let nonce = URL_SAFE_NO_PAD.decode(nonce).map_err(|_| SealError::Malformed)?;
        let nonce = Nonce::try_assume_unique_for_key(&nonce).map_err(|_| SealError::Malformed)?;
        let key = self.0.iter().find(|key| key.id == id).ok_or_else(|| SealError::UnknownKey(id.into()))?;
        let opened =
            cipher(&key.key).open_in_place(nonce, Aad::from(purpose), &mut bytes).map_err(|_| SealError::Forged)?;
        Ok(opened.to_vec())
    }
}

/// The id of the key that this was sealed with, whether it is on a ring or not.
pub fn key_of(sealed: &str) -> Option<&str> {
    let mut parts = sealed.rsplitn(3, '.').skip(2);
    parts.next()
}

fn cipher(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key has the cipher's own length"))
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|key| &key.id)).finish()
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealingKey({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(ids: &[&str]) -> KeyRing {
        let key = |id: &&str| SealingKey { id: id.to_string(), key: [id.len() as u8; 32] };
        KeyRing::new(ids.iter().map(key).collect()).unwrap()
    }

    #[test]
    fn what_an_old_key_sealed_opens_after_a_new_key_took_the_front() {
        let sealed = ring(&["old"]).seal("signing key", b"private", &Random::seeded(1));
        assert!(sealed.starts_with("old."));
        assert_eq!(ring(&["newer", "old"]).open("signing key", &sealed).unwrap(), b"private");
        assert_eq!(ring(&["newer"]).open("signing key", &sealed), Err(SealError::UnknownKey("old".into())));
    }

    #[test]
    fn what_an_old_key_sealed_can_be_sealed_again_with_the_first() {
        let (random, both) = (Random::seeded(1), ring(&["newer", "old"]));
        let sealed = ring(&["old"]).seal("signing key", b"private", &random);
        assert_eq!(key_of(&sealed), Some("old"));
        let again = both.reseal("signing key", &sealed, &random).unwrap();
        assert_eq!((key_of(&again), both.first()), (Some("newer"), "newer"));
        assert_eq!(ring(&["newer"]).open("signing key", &again).unwrap(), b"private");
        assert_eq!(both.reseal("message", &sealed, &random), Err(SealError::Forged));
        assert_eq!(both.ids().collect::<Vec<_>>(), ["newer", "old"]);
    }

    #[test]
    fn another_purpose_or_a_changed_letter_does_not_open() {
        let ring = ring(&["a"]);
        let sealed = ring.seal("signing key", b"private", &Random::seeded(1));
        assert_eq!(ring.open("message", &sealed), Err(SealError::Forged));
        let last = if sealed.ends_with('A') { "B" } else { "A" };
        let changed = format!("{}{last}", &sealed[..sealed.len() - 1]);
        assert!(ring.open("signing key", &changed).is_err());
    }

    #[test]
    fn nonsense_is_malformed_and_never_a_panic() {
        for text in ["", ".", "..", "a.b", "a.!.!", "a.AAAA.AAAA"] {
            assert!(ring(&["a"]).open("x", text).is_err(), "{text}");
        }
    }
}
