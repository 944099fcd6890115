//! `[secrets]`: the keys that protect what is kept.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use identity::key_ring::{KeyRing, SealingKey};
use identity::secret::HashKey;
use serde::Deserialize;

use super::read::section;

section! {
    pub Secrets {
        /// Turns codes and cookies into the hashes that the database keeps.
        hash_key: HashKeySetting,
        /// Seals signing keys and messages; the first seals, all open.
        sealing_keys: SealingKeys,
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct HashKeySetting(HashKey);

impl HashKeySetting {
    pub fn key(&self) -> &HashKey {
        &self.0
    }
}

impl TryFrom<String> for HashKeySetting {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        key(&text).map(|key| HashKeySetting(HashKey::new(&key)))
    }
}

/// A list of `ID:KEY`. The id is short and plain, for every ciphertext carries it.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct SealingKeys(KeyRing);

impl SealingKeys {
    pub fn ring(&self) -> &KeyRing {
        &self.0
    }
}

impl TryFrom<Vec<String>> for SealingKeys {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        let mut keys: Vec<SealingKey> = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let sealing = sealing_key(text).map_err(|what| format!("number {}: {what}", index + 1))?;
            if keys.iter().any(|key| key.id == sealing.id) {
                return Err(format!("two keys have the id `{}`", sealing.id));
            }
            keys.push(sealing);
        }
        KeyRing::new(keys).map(SealingKeys).map_err(|_| "is missing: it needs one key at least".to_owned())
    }
}

fn sealing_key(text: &str) -> Result<SealingKey, &'static str> {
    let (id, rest) = text.split_once(':').ok_or("should be ID:KEY")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
        return Err("the id should be 1 to 40 letters, digits, hyphens and underscores");
    }
    Ok(SealingKey { id: id.to_owned(), key: key(rest)? })
}

/// 32 bytes in base64, as `openssl rand -base64 32` writes them.
fn key(text: &str) -> Result<[u8; 32], &'static str> {
    if text.is_empty() {
        return Err("is missing: make one with `openssl rand -base64 32`");
    }
    let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text));
    bytes.ok().and_then(|bytes| bytes.try_into().ok()).ok_or("should be 32 bytes in base64: `openssl rand -base64 32`")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    #[test]
    fn a_ring_needs_one_key_and_different_ids() {
        let ring = |texts: &[String]| SealingKeys::try_from(texts.to_vec());
        assert!(ring(&[format!("a:{KEY}"), format!("b:{KEY}")]).is_ok());
        assert!(ring(&[]).is_err());
        assert_eq!(ring(&[format!("a:{KEY}"), format!("a:{KEY}")]).unwrap_err(), "two keys have the id `a`");
        assert_eq!(ring(&[format!("a:{KEY}"), KEY.into()]).unwrap_err(), "number 2: should be ID:KEY");
        assert!(ring(&[format!("a.b:{KEY}")]).is_err());
    }

    #[test]
    fn a_key_is_32_bytes_and_no_fault_repeats_it() {
        assert!(key(KEY).is_ok());
        for text in ["", "c2hvcnQ=", "not base64!", &format!("{KEY}AA")] {
            let what = key(text).unwrap_err();
            assert!(text.is_empty() || !what.contains(text), "{what}");
        }
    }
}
