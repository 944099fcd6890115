//! Clients that authenticate with a JWT that they sign (RFC 7523), and those that authenticate with nothing.

use chrono::Duration;
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};

use crate::world::*;

const NOT_AUTHENTICATED: (u16, &str) = (401, "invalid_client");

impl World {
    async fn asks_as_keyed(&self, assertion: &str) -> (u16, String) {
        // The token is nobody's, so whoever is authenticated is told that all is well.
        let answer = self.asks_at("/oauth2/revoke", &about("no-token").by_assertion(assertion)).await;
        if answer.status == 200 { (200, String::new()) } else { answer.oauth_error() }
    }

    async fn refuses(&self, what: &str, assertion: &str) {
        let (status, error) = self.asks_as_keyed(assertion).await;
        assert_eq!((status, error.as_str()), NOT_AUTHENTICATED, "{what}");
    }
}

#[actix_web::test]
async fn a_client_gets_tokens_with_a_jwt_of_each_algorithm() {
    for algorithm in [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA] {
        let world = World::new().await;
        let zoe = world.has(Person::Zoe).await;
        let code = world.browser().brings_and_signs_in(&asks("openid").of(KEYED), zoe).await.code();
        let assertion = signer(algorithm).signs(&world.assertion(KEYED));
        let answer = world.token(&redeem(&code).with("redirect_uri", &callback(KEYED)).by_assertion(&assertion)).await;
        assert_eq!(claims(&world, &answer, KEYED).await["sub"], zoe.to_string(), "{algorithm:?}");
    }
}

#[actix_web::test]
async fn an_assertion_is_good_once_on_all_servers() {
    let world = World::new().await;
    let other = world.another_server().await;
    let assertion = signer(Algorithm::ES256).signs(&world.assertion(KEYED));
    assert_eq!(world.asks_as_keyed(&assertion).await.0, 200);
    world.refuses("the same", &assertion).await;
    other.refuses("the same elsewhere", &assertion).await;
    let next = signer(Algorithm::ES256).signs(&world.assertion(KEYED));
    assert_eq!(other.asks_as_keyed(&next).await.0, 200);
}

#[actix_web::test]
async fn an_assertion_is_for_us_from_the_client_and_from_now() {
    let world = World::new().await;
    let now = world.now();
    for (what, name, value) in [
        ("another's subject", "sub", json!("service-a")),
        ("no subject", "sub", Value::Null),
        ("for another server", "aud", json!("https://elsewhere.example")),
        ("for nobody", "aud", Value::Null),
        ("expired", "exp", json!(now)),
        ("good for a day", "exp", json!(now + 86_400)),
        ("good for ever", "exp", Value::Null),
        ("not good yet", "nbf", json!(now + 60)),
        ("issued in the future", "iat", json!(now + 60)),
        ("without an id", "jti", Value::Null),
        ("with an empty id", "jti", json!("")),
        ("of a wrong type", "exp", json!("soon")),
        ("from a client that is not there", "iss", json!("nobody")),
        ("from a client that has a secret", "iss", json!(A)),
    ] {
        let mut claims = world.assertion(KEYED);
        claims[name] = value;
        world.refuses(what, &signer(Algorithm::ES256).signs(&claims)).await;
    }
    for (what, name, value) in [
        ("one of several", "aud", json!(["https://elsewhere.example", ISSUER])),
        ("the token endpoint", "aud", json!(format!("{ISSUER}/oauth2/token"))),
        ("the endpoint that is called", "aud", json!(format!("{ISSUER}/oauth2/revoke"))),
        ("a clock that is a little fast", "iat", json!(now + 20)),
        ("a time with a fraction", "exp", json!(now as f64 + 60.5)),
    ] {
        let mut claims = world.assertion(KEYED);
        claims[name] = value;
        assert_eq!(world.asks_as_keyed(&signer(Algorithm::ES256).signs(&claims)).await.0, 200, "{what}");
    }
}

#[actix_web::test]
async fn an_assertion_is_signed_by_a_key_of_the_client() {
    let world = World::new().await;
    let claims = world.assertion(KEYED);
    let stranger = Signer::ec("ec");
    world.refuses("another's key under the same kid", &stranger.signs(&claims)).await;
    world.refuses("a kid that is not published", &Signer::ec("unknown").signs(&claims)).await;
    let signed = signer(Algorithm::ES256).signs(&claims);
    let (head, signature) = signed.rsplit_once('.').unwrap();
    let other = signer(Algorithm::ES256).signs(&json!({ "iss": KEYED, "sub": KEYED }));
    world.refuses("another's signature", &format!("{head}.{}", other.rsplit_once('.').unwrap().1)).await;
    world.refuses("no signature", &format!("{head}.")).await;
    world.refuses("alg none", &format!("eyJhbGciOiJub25lIn0.{}.", head.split_once('.').unwrap().1)).await;
    world.refuses("nonsense", "nonsense").await;
    world.refuses("half of it", &signature[..10]).await;
    let mut critical = Header::new(Algorithm::ES256);
    critical.crit = Some(vec!["exp".into()]);
    world.refuses("critical headers", &signer(Algorithm::ES256).signs_with(&critical, &claims)).await;
    let mut proof = Header::new(Algorithm::ES256);
    proof.typ = Some("dpop+jwt".into());
    world.refuses("a JWT of another type", &signer(Algorithm::ES256).signs_with(&proof, &claims)).await;
    let without_kid = Header::new(Algorithm::ES256);
    let signed = signer(Algorithm::ES256).signs_with(&without_kid, &claims);
    assert_eq!(world.asks_as_keyed(&signed).await.0, 200, "without a kid");
}

#[actix_web::test]
async fn a_client_of_fapi_addresses_the_issuer_alone_and_signs_with_no_rs256() {
    let world = World::new().await;
    for (what, audience) in
        [("a list", json!([ISSUER])), ("the token endpoint", json!(format!("{ISSUER}/oauth2/token")))]
    {
        let mut claims = world.assertion(FAPI);
        claims["aud"] = audience;
        world.refuses(what, &signer(Algorithm::PS256).signs(&claims)).await;
    }
    world.refuses("RS256", &signer(Algorithm::RS256).signs(&world.assertion(FAPI))).await;
    for algorithm in [Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA] {
        let signed = signer(algorithm).signs(&world.assertion(FAPI));
        assert_eq!(world.asks_as_keyed(&signed).await.0, 200, "{algorithm:?}");
    }
}

#[actix_web::test]
async fn published_keys_are_fetched_once_and_again_when_a_new_one_signs_but_not_all_the_time() {
    let world = World::new().await;
    let old = Signer::ec("old");
    let new = Signer::ec("new");
    let set =
        |keys: &[&Signer]| Some(json!({ "keys": keys.iter().map(|key| key.jwk()).collect::<Vec<_>>() }).to_string());
    world.published.publish(set(&[&old]));
    for _ in 0..3 {
        assert_eq!(world.asks_as_keyed(&old.signs(&world.assertion(PUBLISHES))).await.0, 200);
    }
    assert_eq!(world.published.asked(), 1);
    // The client changes its key: we look at once, since we have not looked lately.
    world.passes(Duration::minutes(1));
    world.published.publish(set(&[&new]));
    assert_eq!(world.asks_as_keyed(&new.signs(&world.assertion(PUBLISHES))).await.0, 200);
    world.refuses("a key that was withdrawn", &old.signs(&world.assertion(PUBLISHES))).await;
    for _ in 0..5 {
        world.refuses("a key that never was", &Signer::ec("never").signs(&world.assertion(PUBLISHES))).await;
    }
    assert_eq!(world.published.asked(), 2);
    world.passes(Duration::seconds(30));
    world.refuses("a key that never was", &Signer::ec("never").signs(&world.assertion(PUBLISHES))).await;
    assert_eq!(world.published.asked(), 3);
}

#[actix_web::test]
async fn keys_that_cannot_be_fetched_again_do_for_a_day() {
    let world = World::new().await;
    world.published.publish(None);
    let key = Signer::ec("key");
    let attempt = world.asks_as_keyed(&key.signs(&world.assertion(PUBLISHES))).await;
    assert_eq!(attempt, (503, "temporarily_unavailable".into()));
    world.passes(Duration::minutes(1));
    world.published.publish(Some(json!({ "keys": [key.jwk(), { "kty": "unheard-of" }] }).to_string()));
    assert_eq!(world.asks_as_keyed(&key.signs(&world.assertion(PUBLISHES))).await.0, 200);
    world.published.publish(None);
    world.passes(Duration::hours(23));
    assert_eq!(world.asks_as_keyed(&key.signs(&world.assertion(PUBLISHES))).await.0, 200);
    world.passes(Duration::hours(1));
    assert_eq!(world.asks_as_keyed(&key.signs(&world.assertion(PUBLISHES))).await.0, 503);
}

#[actix_web::test]
async fn a_client_authenticates_in_its_own_way_only() {
    let world = World::new().await;
    let assertion = || signer(Algorithm::ES256).signs(&world.assertion(KEYED));
    let two_ways = about("x").by_assertion(&assertion()).with("client_secret", "x");
    let answer = world.asks_at("/oauth2/revoke", &two_ways).await;
    assert_eq!(answer.oauth_error(), (400, "invalid_request".into()));
    let other_type = about("x").by_assertion(&assertion()).with("client_assertion_type", "saml");
    assert_eq!(world.asks_at("/oauth2/revoke", &other_type).await.oauth_error().0, 400);
    let other_client = about("x").by_assertion(&assertion()).with("client_id", A);
    assert_eq!(world.asks_at("/oauth2/revoke", &other_client).await.oauth_error().0, 400);
    for request in [
        about("x").by_basic(KEYED, &secret(KEYED)),
        about("x").by_basic(PUBLIC, &secret(PUBLIC)),
        about("x").anonymous().with("client_id", A),
        about("x").anonymous().with("client_id", KEYED),
        about("x").anonymous().with("client_id", "nobody"),
    ] {
        let (status, error) = world.asks_at("/oauth2/revoke", &request).await.oauth_error();
        assert_eq!((status, error.as_str()), NOT_AUTHENTICATED);
    }
}

#[actix_web::test]
async fn a_public_client_redeems_with_its_verifier_and_cannot_introspect() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid").of(PUBLIC), zoe).await.code();
    let public = |request: TokenRequest| request.anonymous().with("client_id", PUBLIC);
    let redeeming = public(redeem(&code).with("redirect_uri", &callback(PUBLIC)));
    let stolen = world.token(&redeeming.clone().without("code_verifier")).await;
    assert_eq!(stolen.oauth_error(), (400, "invalid_grant".into()));
    let answer = world.token(&redeeming).await;
    assert_eq!(claims(&world, &answer, PUBLIC).await["sub"], zoe.to_string());
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let introspected = world.asks_at("/oauth2/introspect", &public(about(&token))).await;
    assert_eq!(introspected.oauth_error(), (401, "invalid_client".into()));
    assert_eq!(world.asks_at("/oauth2/revoke", &public(about(&token))).await.status, 200);
    assert_eq!(world.userinfo(&token).await.status, 401);
}
