//! What a webhook and we both know, and the two signatures that are made with it.
//!
//! The old one is an HMAC-SHA256 of the body in upper-case hex, its key the secret as it is written. The other is that of
//! Standard Webhooks: of id, time and body, in base64; where the secret begins with `whsec_`, its key is what follows,
//! decoded from base64, and otherwise the secret as it is written.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const PREFIX: &str = "whsec_";
const SHORTEST: usize = 32;
/// In bytes, once decoded.
const STANDARD_SIZES: std::ops::RangeInclusive<usize> = 24..=64;

/// Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret {
    text: String,
    standard_key: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASecret {
    #[error("after whsec_ a secret has 24 to 64 bytes in base64")]
    NotStandard,
    #[error("a secret has at least 32 characters, and no spaces or line ends")]
    TooShort,
}

impl WebhookSecret {
    pub fn parse(text: &str) -> Result<WebhookSecret, NotASecret> {
        let standard_key = match text.strip_prefix(PREFIX) {
            Some(rest) => {
                let key = STANDARD.decode(rest).map_err(|_| NotASecret::NotStandard)?;
                if !STANDARD_SIZES.contains(&key.len()) {
                    return Err(NotASecret::NotStandard);
                }
                key
            }
            None if text.len() < SHORTEST || !text.chars().all(|c| c.is_ascii_graphic()) => {
                return Err(NotASecret::TooShort);
            }
            None => text.as_bytes().to_vec(),
        };
        Ok(WebhookSecret { text: text.into(), standard_key })
    }

    /// The value of `X-Hub-Signature-256`: without a prefix, as those who read it expect.
    pub fn hub_signature(&self, body: &[u8]) -> String {
        sign(self.text.as_bytes(), body).iter().map(|byte| format!("{byte:02X}")).collect()
    }

    /// One of the values of `webhook-signature`.
    pub fn standard_signature(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let signed = [format!("{id}.{timestamp}.").as_bytes(), body].concat();
        format!("v1,{}", STANDARD.encode(sign(&self.standard_key, &signed)))
    }
}

fn sign(key: &[u8], what: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), what).as_ref().to_vec()
}

impl std::fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookSecret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "6BF0A1E6D4B7C2593E8F10A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E6";
    const STANDARD_ONE: &str = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";
    const ID: &str = "f3b7c0a8-8f5f-4a3c-9b1e-2f6d1c0a7e55";
    const BODY: &[u8] = br#"{"messageType":"Ping","message":{}}"#;

    // Made with `openssl dgst -sha256 -mac HMAC`.
    #[test]
    fn both_signatures_are_those_that_openssl_makes() {
        let (old, new) = (WebhookSecret::parse(OLD).unwrap(), WebhookSecret::parse(STANDARD_ONE).unwrap());
        assert_eq!(old.hub_signature(BODY), "D9EAF837ACB8A6FEC66FD2284D910D1E14350EBFA98D6850B349100282DCD105");
        assert_eq!(new.hub_signature(BODY), "F0230E457568C07653516B1919D5D58A8D5F8DA2451C28502E726664C2FE3BCC");
        assert_eq!(old.standard_signature(ID, 1_790_000_000, BODY), "v1,x30RGSeVDm4iPTu1J7WQZuRn1McaJoInbcinsml/7co=");
        assert_eq!(new.standard_signature(ID, 1_790_000_000, BODY), "v1,VGoQjldyRPrOQHUgSyv4Yf4+QBf6gHjOHtKdJ4Tvn6A=");
    }

    #[test]
    fn a_secret_that_can_be_guessed_or_mistyped_is_refused() {
        for text in ["", "short", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64", &"a ".repeat(20)] {
            assert!(WebhookSecret::parse(text).is_err(), "{text}");
        }
        let long = format!("whsec_{}", STANDARD.encode([7; 65]));
        assert_eq!(WebhookSecret::parse(&long), Err(NotASecret::NotStandard));
    }

    #[test]
    fn its_debug_shows_nothing() {
        assert_eq!(format!("{:?}", WebhookSecret::parse(OLD).unwrap()), "WebhookSecret(..)");
    }
}
