//! One proof (RFC 9449, sections 4.2 and 4.3): a JWT with the key in its header, for one request and for now.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use identity::clock::Time;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::client_jwt::{self, ALGORITHMS};
use crate::sha256;

/// So old may a proof be. It may be that old because a nonce says how old it really is.
const OLDEST: Duration = Duration::minutes(5);
/// So far may the client's clock be ahead of ours.
const SKEW: Duration = Duration::seconds(30);
/// From then on the proof is too old anyway, wherever it is shown.
pub(super) const LONGEST_KEPT: Duration = Duration::minutes(6);
/// More than any honest id has.
const LONGEST_ID: usize = 256;

#[derive(Debug)]
pub(super) struct Proof {
    claims: Claims,
    jkt: String,
}

#[derive(Debug, Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: f64,
    ath: Option<String>,
    nonce: Option<String>,
}

/// The header as it was written: the private half of a key must not stand in it.
#[derive(Deserialize)]
struct Header {
    typ: String,
    jwk: Value,
    crit: Option<Value>,
}

impl Proof {
    /// Reads a proof, and verifies it with the key that it brings.
    pub(super) fn read(jwt: &str) -> Result<Proof, &'static str> {
        let algorithm =
            jsonwebtoken::decode_header(jwt).map_err(|_| "the DPoP proof is no JWT, or its alg is not known")?.alg;
        let header = jwt.split('.').next().and_then(|part| URL_SAFE_NO_PAD.decode(part).ok()).unwrap_or_default();
        let header: Header =
            serde_json::from_slice(&header).map_err(|_| "typ or jwk is missing in the header of the DPoP proof")?;
        if !header.typ.eq_ignore_ascii_case("dpop+jwt") {
            return Err("typ of the DPoP proof is not dpop+jwt");
        }
        if header.crit.is_some() {
            return Err("the DPoP proof has critical headers that are not understood");
        }
        if ["d", "k", "p", "q"].iter().any(|part| header.jwk.get(part).is_some()) {
            return Err("jwk of the DPoP proof holds a private key");
        }
        let key: Jwk = serde_json::from_value(header.jwk).map_err(|_| "jwk of the DPoP proof is no key")?;
        if !ALGORITHMS.contains(&algorithm) || !client_jwt::fits(&key, algorithm) {
            return Err("alg of the DPoP proof is not taken, or does not fit its jwk");
        }
        let claims = client_jwt::decoded::<Claims>(jwt, algorithm, &key);
        let claims = claims.ok_or("the signature of the DPoP proof is wrong, or jti, htm, htu or iat is missing")?;
        let jkt = key.thumbprint(ThumbprintHash::SHA256).map_err(|_| "jwk of the DPoP proof is no key")?;
        Ok(Proof { claims, jkt })
    }

    /// Is it for this request, for this access token, and made just now?
    pub(super) fn check(
        &self,
        (method, address): (&str, &str),
        access_token: Option<&str>,
        now: Time,
    ) -> Result<(), &'static str> {
        let Claims { jti, htm, htu, iat, ath, .. } = &self.claims;
        if htm != method {
            return Err("htm of the DPoP proof is not the method of the request");
        }
        if !is_same(htu, address) {
            return Err("htu of the DPoP proof is not the address of the request");
        }
        let made = client_jwt::time(*iat).ok_or("iat of the DPoP proof is no time")?;
        if made > now + SKEW || made < now - OLDEST {
            return Err("iat of the DPoP proof is not now: see whether the clock is right");
        }
        if jti.is_empty() || jti.len() > LONGEST_ID {
            return Err("jti of the DPoP proof is empty or longer than 256 bytes");
        }
        match access_token {
            Some(token) if ath.as_deref() != Some(sha256::of(token.as_bytes()).as_str()) => {
                Err("ath of the DPoP proof is not the hash of the access token")
            }
            _ => Ok(()),
        }
    }

    pub(super) fn nonce(&self) -> Option<&str> {
        self.claims.nonce.as_deref()
    }

    pub(super) fn jti(&self) -> &str {
        &self.claims.jti
    }

    pub(super) fn jkt(&self) -> &str {
        &self.jkt
    }

    pub(super) fn into_jkt(self) -> String {
        self.jkt
    }
}

/// Section 4.3: without query and fragment, and however the same address is written (RFC 3986, section 6.2.2).
fn is_same(htu: &str, address: &str) -> bool {
    let (Ok(mut htu), Ok(address)) = (Url::parse(htu), Url::parse(address)) else { return false };
    htu.set_query(None);
    htu.set_fragment(None);
    htu == address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_without_its_query_and_in_other_letters() {
        let address = "https://identity.example/oauth2/token";
        for htu in [address, "HTTPS://Identity.Example:443/oauth2/token?a=b#c"] {
            assert!(is_same(htu, address), "{htu}");
        }
        for htu in ["https://identity.example/oauth2/par", "http://identity.example/oauth2/token", "/oauth2/token", ""]
        {
            assert!(!is_same(htu, address), "{htu}");
        }
    }

    #[test]
    fn the_example_of_the_rfc_has_the_thumbprint_that_it_says() {
        // RFC 9449, section 4.1, with the thumbprint of section 6.1.
        let jwt = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0R\
                   scEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2\
                   In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuI\
                   iwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
        let proof = Proof::read(jwt).unwrap();
        assert_eq!(proof.jkt(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
        let at = |seconds: i64| Time::from_timestamp(1_562_262_616 + seconds, 0).unwrap();
        let request = ("POST", "https://server.example.com/token");
        assert_eq!(proof.check(request, None, at(300)), Ok(()));
        assert!(proof.check(request, None, at(301)).is_err() && proof.check(request, None, at(-31)).is_err());
        assert!(proof.check(("GET", request.1), None, at(0)).is_err());
        assert!(proof.check(request, Some("token"), at(0)).is_err());
        assert!(sha256::is_one(proof.jkt()) && !sha256::is_one("short"));
    }
}
