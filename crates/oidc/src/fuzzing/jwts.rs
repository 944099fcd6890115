//! JWTs that come back to us, and those that clients sign; or, after a first line `keys`, a key set.

use serde_json::{Value, json};

use super::{By, ISSUER, KEYED, Made, World};
use crate::access_token::AccessToken;
use crate::id_token::IdTokenHint;
use crate::{authorize, check_key_set, client_jwt, client_request};

/// Nothing is taken that was not signed, as it is, by whose word it is, for us, and to be good now.
pub fn jwts(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let world = World::get();
    match text.strip_prefix("keys\n") {
        Some(text) => key_set(text),
        None => {
            let made = Made::of(text, world);
            [ours(&made, world), clients(&made, world)].contains(&true)
        }
    }
}

fn ours(made: &Made, world: &World) -> bool {
    let (token, provider) = (made.token.as_str(), &world.provider);
    let is_hint = IdTokenHint::verify(token, provider).is_some();
    if is_hint {
        made.is_by(By::Us, "jwt");
        assert!(names(&made.claims()["iss"], ISSUER), "{token}");
    }
    let read = world.runs(AccessToken::read(token, provider, world.now)).expect("the keys are known");
    if let Some(read) = &read {
        made.is_by(By::Us, "at+jwt");
        assert!(read.iss == ISSUER && read.exp > world.now.timestamp(), "{token}");
    }
    is_hint || read.is_some()
}

fn clients(made: &Made, world: &World) -> bool {
    let (token, client) = (made.token.as_str(), world.client(KEYED));
    if world.runs(client_jwt::verify(token, &client, &world.provider, world.now)).is_ok() {
        assert!(made.by == By::Client && made.header()["alg"] == "ES256", "{token}");
    }
    let known = world.runs(client_request::fuzzing::by_assertion(token, &world.provider));
    if let Some(known) = &known {
        assert!(made.by == By::Client && known.id == client.id, "{token}");
        let claims = made.claims();
        assert!(claims["iss"] == KEYED && claims["sub"] == KEYED, "{token}");
        assert!(claims["jti"].as_str().is_some_and(|jti| !jti.is_empty()), "{token}");
        is_for_us_and_now(&claims, world);
    }
    let is_opened = world.runs(authorize::fuzzing::is_opened(token, &client, &world.provider));
    if is_opened {
        assert_eq!(made.by, By::Client, "{token}");
        let claims = made.claims();
        assert!(claims["iss"] == KEYED && claims["client_id"] == KEYED, "{token}");
        assert!(claims["request"].is_null() && claims["request_uri"].is_null(), "{token}");
        is_for_us_and_now(&claims, world);
    }
    known.is_some() || is_opened
}

fn is_for_us_and_now(claims: &Value, world: &World) {
    let endpoint = format!("{ISSUER}/oauth2/token");
    assert!(names(&claims["aud"], ISSUER) || names(&claims["aud"], &endpoint), "{claims}");
    let ahead = claims["exp"].as_f64().expect("it expires") - seconds(world);
    assert!((0.0..3601.0).contains(&ahead), "{claims}");
    for begin in ["nbf", "iat"].iter().filter_map(|name| claims[name].as_f64()) {
        assert!(begin - seconds(world) < 31.0, "{claims}");
    }
}

#[expect(clippy::cast_precision_loss, reason = "a time of today is exact")]
fn seconds(world: &World) -> f64 {
    world.now.timestamp() as f64
}

/// Is it this name, or a list with it?
fn names(claim: &Value, name: &str) -> bool {
    claim == name || claim.as_array().is_some_and(|names| names.contains(&json!(name)))
}

/// What is taken has a key, and none with its private half.
fn key_set(text: &str) -> bool {
    let is_taken = check_key_set(text).is_ok();
    if is_taken {
        let set: Value = serde_json::from_str(text).expect("what was taken is JSON");
        let keys = set["keys"].as_array().expect("what was taken has a list of keys");
        assert!(!keys.is_empty() && keys.iter().all(|key| key.get("d").is_none() && key.get("k").is_none()), "{text}");
    }
    is_taken
}
