//! A proof of a key, for a request to the token endpoint or with an access token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use url::Url;

use super::proof::Proof;
use crate::fuzzing::{ISSUER, Made, World};
use crate::sha256;

/// A proof is taken only for its method and its address, when it was made just now, with the key that is in it; and where
/// there is an access token, only for that one.
pub fn dpop_proof(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let world = World::get();
    let sent_as_it_is = text.strip_prefix("sent\n").map(str::to_owned);
    let jwt = sent_as_it_is.unwrap_or_else(|| Made::of(text, world).token);
    let Ok(proof) = Proof::read(&jwt) else { return false };
    assert!(sha256::is_one(proof.jkt()));
    let header = part(&jwt, 0);
    assert!(header["typ"].as_str().is_some_and(|typ| typ.eq_ignore_ascii_case("dpop+jwt")), "{header}");
    assert!(header["jwk"].get("d").is_none() && header["crit"].is_null(), "{header}");
    let claims = part(&jwt, 1);
    let path = "/oauth2/token";
    let address = format!("{ISSUER}{path}");
    let is_taken = proof.check(("POST", &address), None, world.now).is_ok();
    if is_taken {
        is_for(&claims, path, world);
    }
    if proof.check(("POST", &address), Some("token"), world.now).is_ok() {
        // The SHA-256 of "token" in base64url.
        assert_eq!(claims["ath"], "PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A");
        is_for(&claims, path, world);
    }
    is_taken
}

fn part(jwt: &str, at: usize) -> Value {
    let text = jwt.split('.').nth(at).expect("what was taken has three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).expect("it is base64url")).expect("it is JSON")
}

fn is_for(claims: &Value, path: &str, world: &World) {
    assert_eq!(claims["htm"], "POST");
    let htu = Url::parse(claims["htu"].as_str().expect("it is text")).expect("it is an address");
    assert!(htu.origin().ascii_serialization() == ISSUER && htu.path() == path, "{claims}");
    assert!(htu.username().is_empty() && htu.password().is_none(), "{claims}");
    #[expect(clippy::cast_precision_loss, reason = "a time of today is exact")]
    let age = world.now.timestamp() as f64 - claims["iat"].as_f64().expect("it is a number");
    assert!((-31.0..=300.0).contains(&age), "{claims}");
    assert!(claims["jti"].as_str().is_some_and(|jti| (1..=256).contains(&jti.len())), "{claims}");
}
