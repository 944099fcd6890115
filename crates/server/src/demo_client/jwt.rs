//! JSON Web Tokens laid open (RFC 7519), to be looked at. Nothing is verified here.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// The two halves of a token that can be read.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) header: Map<String, Value>,
    pub(super) payload: Map<String, Value>,
}

/// Nothing when the text is no signed JSON Web Token.
pub(super) fn open(token: &str) -> Option<Opened> {
    let mut parts = token.split('.');
    let (header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Some(Opened { header: object(header)?, payload: object(payload)? })
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_laid_open() {
        let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
        let token = format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(r#"{"trn":"1234567","fresh":true}"#));
        let opened = open(&token).unwrap();
        assert_eq!(opened.header["alg"], "RS256");
        assert_eq!((&opened.payload["trn"], &opened.payload["fresh"]), (&Value::from("1234567"), &Value::from(true)));
    }

    #[test]
    fn anything_else_is_not_a_token() {
        for text in ["", "opaque", "a.b.c", "e30.e30", "e30.e30.x.y", "e30.W10.x"] {
            assert!(open(text).is_none(), "{text}");
        }
    }
}
