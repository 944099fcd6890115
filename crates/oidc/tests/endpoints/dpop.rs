//! DPoP (RFC 9449): tokens that work with a key only.

use actix_web::test::TestRequest;
use chrono::Duration;
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};

use crate::world::*;

const TOKEN: &str = "/oauth2/token";
const USERINFO: &str = "/oauth2/userinfo";

fn token(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

impl World {
    /// A code of `A`'s, and a nonce to begin with.
    async fn code_and_nonce(&self, prover: &Prover<'_>) -> String {
        let zoe = self.has(Person::Zoe).await;
        let code = self.browser().brings_and_signs_in(&asks("openid offline_access"), zoe).await.code();
        let first = prover.asks(&redeem(&code)).await;
        assert_eq!(first.oauth_error(), (400, "use_dpop_nonce".into()));
        code
    }
}

#[actix_web::test]
async fn a_token_that_is_bound_to_a_key_works_with_that_key_only() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    let code = world.code_and_nonce(&prover).await;
    let answer = prover.asks(&redeem(&code)).await;
    assert_eq!(answer.json()["token_type"], "DPoP");
    let token = token(&answer);
    assert_eq!(prover.userinfo(&token).await.status, 200);
    assert_eq!(world.userinfo(&token).await.oauth_error(), (401, "invalid_token".into()));
    let thief = Prover::new(&world);
    assert_eq!(thief.userinfo(&token).await.oauth_error(), (401, "invalid_token".into()));
    let told = world.asks_at("/oauth2/introspect", &about(&token)).await.json();
    assert_eq!((&told["token_type"], &told["cnf"]["jkt"]), (&json!("DPoP"), &json!(prover.key.thumbprint())));
    let refreshed = prover.asks(&refreshes(answer.json()["refresh_token"].as_str().unwrap())).await;
    assert_eq!(refreshed.json()["token_type"], "DPoP");
}

#[actix_web::test]
async fn a_token_that_is_bound_to_no_key_is_sent_as_bearer() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    let code = world.code_and_nonce(&prover).await;
    let answer = world.token(&redeem(&code)).await;
    assert_eq!(answer.json()["token_type"], "Bearer");
    assert_eq!(prover.userinfo(&token(&answer)).await.oauth_error(), (401, "invalid_token".into()));
}

#[actix_web::test]
async fn a_proof_is_for_this_request_from_now_and_good_once_on_all_servers() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    let code = world.code_and_nonce(&prover).await;
    let now = world.now();
    for (what, name, value) in [
        ("another method", "htm", json!("GET")),
        ("another address", "htu", json!(format!("{ISSUER}{USERINFO}"))),
        ("another server", "htu", json!("https://elsewhere.example/oauth2/token")),
        ("too old", "iat", json!(now - 301)),
        ("from the future", "iat", json!(now + 31)),
        ("no time", "iat", Value::Null),
        ("no id", "jti", Value::Null),
        ("an empty id", "jti", json!("")),
        ("an endless id", "jti", json!("x".repeat(300))),
        ("no method", "htm", Value::Null),
    ] {
        let mut claims = prover.claims("POST", TOKEN);
        claims[name] = value;
        let answer = prover.asks_with(&redeem(&code), &prover.proves(&claims)).await;
        assert_eq!(answer.oauth_error(), (400, "invalid_dpop_proof".into()), "{what}");
    }
    for nonce in [Value::Null, json!(""), json!("made up"), json!("0.x")] {
        let mut claims = prover.claims("POST", TOKEN);
        claims["nonce"] = nonce;
        let answer = prover.asks_with(&redeem(&code), &prover.proves(&claims)).await;
        assert_eq!(answer.oauth_error(), (400, "use_dpop_nonce".into()));
        assert!(!answer.header("dpop-nonce").is_empty());
    }
    let proof = prover.proves(&prover.claims("POST", TOKEN));
    assert_eq!(prover.asks_with(&redeem("unknown"), &proof).await.oauth_error().1, "invalid_grant");
    assert_eq!(prover.asks_with(&redeem(&code), &proof).await.oauth_error().1, "invalid_dpop_proof");
    let other = world.another_server().await;
    let elsewhere = other.asking(TOKEN, &redeem(&code)).insert_header(("DPoP", proof.as_str()));
    assert_eq!(other.send(elsewhere).await.oauth_error().1, "invalid_dpop_proof");
    // None of this has used the code up, and a nonce of one server does at another.
    let fresh = prover.proves(&prover.claims("POST", TOKEN));
    let elsewhere = other.asking(TOKEN, &redeem(&code)).insert_header(("DPoP", fresh.as_str()));
    assert_eq!(other.send(elsewhere).await.status, 200);
}

#[actix_web::test]
async fn a_proof_is_signed_by_the_key_that_stands_in_it() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    let code = world.code_and_nonce(&prover).await;
    let claims = prover.claims("POST", TOKEN);
    let good = prover.proves(&claims);
    let signature_of_another = {
        let mut header = prover.header();
        header.jwk = Some(Signer::ec("x").public());
        prover.key.signs_with(&header, &claims)
    };
    let no_key = Header { jwk: None, ..prover.header() };
    let no_type = Header { typ: Some("JWT".into()), ..prover.header() };
    let critical = Header { crit: Some(vec!["x".into()]), ..prover.header() };
    let wrong_kind = Header { jwk: Some(signer(Algorithm::RS256).public()), ..prover.header() };
    let broken = format!("{good}A");
    for (what, proof) in [
        ("another key", signature_of_another),
        ("no key", prover.key.signs_with(&no_key, &claims)),
        ("no type", prover.key.signs_with(&no_type, &claims)),
        ("critical", prover.key.signs_with(&critical, &claims)),
        ("a key of another kind", prover.key.signs_with(&wrong_kind, &claims)),
        ("nonsense", "nonsense".into()),
        ("a broken signature", broken),
    ] {
        let answer = prover.asks_with(&redeem(&code), &proof).await;
        assert_eq!(answer.oauth_error(), (400, "invalid_dpop_proof".into()), "{what}");
    }
    let twice = world.asking(TOKEN, &redeem(&code)).append_header(("DPoP", good.as_str()));
    let answer = world.send(twice.append_header(("DPoP", good.as_str()))).await;
    assert_eq!(answer.oauth_error(), (400, "invalid_dpop_proof".into()));
    assert_eq!(prover.asks_with(&redeem(&code), &good).await.status, 200);
}

#[actix_web::test]
async fn a_proof_for_userinfo_names_the_token() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    let code = world.code_and_nonce(&prover).await;
    let token = token(&prover.asks(&redeem(&code)).await);
    for (name, value) in [("ath", Value::Null), ("ath", json!(s256("another"))), ("htm", json!("POST"))] {
        let mut claims = prover.for_userinfo(&token);
        claims[name] = value;
        let answer = prover.userinfo_with(&token, &prover.proves(&claims)).await;
        assert_eq!(answer.oauth_error(), (401, "invalid_dpop_proof".into()), "{name}");
        let challenges: Vec<_> =
            answer.headers.get_all("www-authenticate").map(|value| value.to_str().unwrap()).collect();
        assert!(challenges[1].starts_with("DPoP realm=\"userinfo\", error=\"invalid_dpop_proof\""), "{challenges:?}");
        assert!(challenges[1].ends_with("algs=\"RS256 PS256 ES256 EdDSA\""), "{challenges:?}");
    }
    let mut claims = prover.for_userinfo(&token);
    claims["nonce"] = Value::Null;
    let answer = prover.userinfo_with(&token, &prover.proves(&claims)).await;
    assert_eq!(answer.oauth_error(), (401, "use_dpop_nonce".into()));
    let without = TestRequest::get().uri(USERINFO).insert_header(("Authorization", format!("DPoP {token}")));
    assert_eq!(world.send(without).await.oauth_error(), (401, "invalid_dpop_proof".into()));
    let proof = prover.proves(&prover.for_userinfo(&token));
    assert_eq!(prover.userinfo_with(&token, &proof).await.status, 200);
    assert_eq!(prover.userinfo_with(&token, &proof).await.oauth_error(), (401, "invalid_dpop_proof".into()));
}

#[actix_web::test]
async fn a_nonce_is_good_for_its_period_and_the_next() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    world.code_and_nonce(&prover).await;
    let old = world.dpop_nonce.borrow().clone();
    let asks_with_old = async || {
        let mut claims = prover.claims("POST", TOKEN);
        claims["nonce"] = json!(old);
        prover.asks_with(&redeem("unknown"), &prover.proves(&claims)).await.oauth_error().1
    };
    world.passes(Duration::minutes(5));
    assert_eq!(asks_with_old().await, "invalid_grant");
    world.passes(Duration::minutes(5));
    assert_eq!(asks_with_old().await, "use_dpop_nonce");
}

#[actix_web::test]
async fn a_code_is_bound_to_a_key_by_the_request_or_by_the_push() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    let zoe = world.has(Person::Zoe).await;
    let thief = Prover::new(&world);
    thief.asks(&redeem("unknown")).await;
    let browser = world.browser();
    let bound = asks("openid").with("dpop_jkt", &prover.key.thumbprint());
    let code = browser.brings_and_signs_in(&bound, zoe).await.code();
    for answer in [thief.asks(&redeem(&code)).await, world.token(&redeem(&code)).await] {
        assert_eq!(answer.oauth_error(), (400, "invalid_grant".into()));
    }
    assert_eq!(prover.asks(&redeem(&code)).await.status, 200);
    let malformed = asks("openid").with("dpop_jkt", "short");
    assert_eq!(browser.brings(&malformed).await.error(), "invalid_request");

    let par = async |request: &AuthorizationRequest| {
        let proof = prover.proves(&prover.claims("POST", "/oauth2/par"));
        let pushed = request.pushed().by_basic(A, &secret(A));
        world.keeps_nonce(world.asking("/oauth2/par", &pushed).insert_header(("DPoP", proof))).await
    };
    let contradicting = asks("openid").with("dpop_jkt", &thief.key.thumbprint());
    assert_eq!(par(&contradicting).await.oauth_error(), (400, "invalid_request".into()));
    let pushed = par(&asks("openid")).await;
    let reference = bare(A).with("request_uri", pushed.json()["request_uri"].as_str().unwrap());
    let code = browser.brings(&reference).await.code();
    assert_eq!(thief.asks(&redeem(&code)).await.oauth_error(), (400, "invalid_grant".into()));
    assert_eq!(prover.asks(&redeem(&code)).await.status, 200);
}

#[actix_web::test]
async fn a_client_that_has_to_prove_a_key_gets_nothing_without() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    let zoe = world.has(Person::Zoe).await;
    let reference = world.pushes(&asks("openid").of(FAPI), FAPI).await;
    let code = world.browser().brings_and_signs_in(&reference, zoe).await.code();
    let redeeming = || {
        let assertion = signer(Algorithm::ES256).signs(&world.assertion(FAPI));
        redeem(&code).with("redirect_uri", &callback(FAPI)).by_assertion(&assertion)
    };
    assert_eq!(world.token(&redeeming()).await.oauth_error(), (400, "invalid_dpop_proof".into()));
    assert_eq!(prover.asks(&redeeming()).await.oauth_error(), (400, "use_dpop_nonce".into()));
    let answer = prover.asks(&redeeming()).await;
    assert_eq!(claims(&world, &answer, FAPI).await["sub"], zoe.to_string());
    assert_eq!(prover.userinfo(&token(&answer)).await.status, 200);
}

#[actix_web::test]
async fn a_public_client_refreshes_with_the_key_that_it_began_with() {
    let world = World::new().await;
    let prover = Prover::new(&world);
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid offline_access").of(PUBLIC);
    let code = world.browser().brings_and_signs_in(&request, zoe).await.code();
    let public = |request: TokenRequest| request.anonymous().with("client_id", PUBLIC);
    let redeeming = public(redeem(&code).with("redirect_uri", &callback(PUBLIC)));
    prover.asks(&redeeming).await;
    let answer = prover.asks(&redeeming).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let refreshing = public(refreshes(answer.json()["refresh_token"].as_str().unwrap()));
    let thief = Prover::new(&world);
    for answer in [thief.asks(&refreshing).await, world.token(&refreshing).await] {
        assert_eq!(answer.oauth_error(), (400, "invalid_grant".into()));
    }
    assert_eq!(prover.asks(&refreshing).await.status, 200);
}
