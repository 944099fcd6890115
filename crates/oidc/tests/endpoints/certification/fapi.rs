//! FAPI 2.0 Security Profile, and Message Signing: for a client whose file holds it to them.

use chrono::Duration;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::Suite;
use crate::world::*;

/// What the client has in the end.
struct Bound {
    tokens: Value,
    access_token: String,
}

impl Suite {
    fn asks_fapi(&self) -> AuthorizationRequest {
        self.asks("openid offline_access").of(FAPI)
    }

    fn assertion_of(&self, algorithm: Algorithm) -> String {
        signer(algorithm).signs(&self.world.assertion(FAPI))
    }

    async fn pushes_fapi(&self, request: &AuthorizationRequest) -> Answer {
        let pushed = request.pushed().by_assertion(&self.assertion_of(Algorithm::ES256));
        self.world.asks_at("/oauth2/par", &pushed).await
    }

    async fn code_of(&self, request: &AuthorizationRequest) -> String {
        let reference = self.world.pushes(request, FAPI).await;
        let answer = self.world.browser().brings_and_signs_in(&reference, self.zoe).await;
        self.response_of(FAPI, &answer).remove("code").unwrap()
    }

    fn redeems_fapi(&self, code: &str) -> TokenRequest {
        let request = redeem(code).with("redirect_uri", &callback(FAPI));
        request.by_assertion(&self.assertion_of(Algorithm::ES256))
    }

    /// With whatever nonce the server wants.
    async fn asks_twice(&self, prover: &Prover<'_>, request: impl Fn() -> TokenRequest) -> Answer {
        let first = prover.asks(&request()).await;
        if first.status == 400 && first.oauth_error().1 == "use_dpop_nonce" {
            prover.asks(&request()).await
        } else {
            first
        }
    }

    async fn has_tokens(&self, prover: &Prover<'_>) -> Bound {
        let code = self.code_of(&self.asks_fapi()).await;
        let answer = self.asks_twice(prover, || self.redeems_fapi(&code)).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{answer:?}");
        let tokens = answer.json();
        assert_eq!(tokens["token_type"], "DPoP");
        let id_token = self.world.verify(tokens["id_token"].as_str().unwrap(), FAPI).await;
        assert_eq!((&id_token["nonce"], &id_token["sub"]), (&json!("a-nonce"), &json!(self.zoe.to_string())));
        let access_token = tokens["access_token"].as_str().unwrap().to_owned();
        Bound { tokens, access_token }
    }
}

#[actix_web::test]
async fn the_whole_flow_works_with_a_pushed_request_a_signed_assertion_and_bound_tokens() {
    Suite::in_each_mode(async |suite| {
        let prover = Prover::new(&suite.world);
        let bound = suite.has_tokens(&prover).await;
        let userinfo = prover.userinfo(&bound.access_token).await;
        assert_eq!((userinfo.status.as_u16(), &userinfo.json()["sub"]), (200, &json!(suite.zoe.to_string())));
    })
    .await;
}

#[actix_web::test]
async fn a_request_that_was_not_pushed_is_refused() {
    Suite::in_each_mode(async |suite| {
        let answer = suite.world.browser().brings(&suite.asks_fapi()).await;
        assert_eq!(suite.response_of(FAPI, &answer)["error"], "invalid_request");
    })
    .await;
}

#[actix_web::test]
async fn a_request_uri_is_good_once_for_a_minute_and_for_its_client() {
    Suite::in_each_mode(async |suite| {
        let reference = suite.world.pushes(&suite.asks_fapi(), FAPI).await;
        let of_another = reference.clone().with("client_id", KEYED);
        suite.world.browser().brings(&of_another).await.is_an_error_page_without_redirect();
        suite.world.browser().brings(&reference).await.interaction();
        suite.world.browser().brings(&reference).await.is_an_error_page_without_redirect();
        let reference = suite.world.pushes(&suite.asks_fapi(), FAPI).await;
        suite.passes(60);
        suite.world.browser().brings(&reference).await.is_an_error_page_without_redirect();
    })
    .await;
}

#[actix_web::test]
async fn pkce_with_s256_is_required() {
    Suite::in_each_mode(async |suite| {
        for request in [
            suite.asks_fapi().without("code_challenge").without("code_challenge_method"),
            suite.asks_fapi().with("code_challenge_method", "plain"),
        ] {
            assert_eq!(suite.pushes_fapi(&request).await.oauth_error(), (400, "invalid_request".into()));
        }
        let prover = Prover::new(&suite.world);
        let code = suite.code_of(&suite.asks_fapi()).await;
        let wrong = || suite.redeems_fapi(&code).with("code_verifier", &"x".repeat(43));
        assert_eq!(suite.asks_twice(&prover, wrong).await.oauth_error(), (400, "invalid_grant".into()));
    })
    .await;
}

#[actix_web::test]
async fn the_client_authenticates_with_ps256_es256_or_eddsa_to_the_issuer_alone() {
    Suite::in_each_mode(async |suite| {
        for (algorithm, status) in
            [(Algorithm::PS256, 201), (Algorithm::ES256, 201), (Algorithm::EdDSA, 201), (Algorithm::RS256, 401)]
        {
            let pushed = suite.asks_fapi().pushed().by_assertion(&suite.assertion_of(algorithm));
            assert_eq!(suite.world.asks_at("/oauth2/par", &pushed).await.status, status, "{algorithm:?}");
        }
        for audience in
            [json!([ISSUER]), json!(format!("{ISSUER}/oauth2/par")), json!(format!("{ISSUER}/oauth2/token"))]
        {
            let mut claims = suite.world.assertion(FAPI);
            claims["aud"] = audience;
            let pushed = suite.asks_fapi().pushed().by_assertion(&signer(Algorithm::PS256).signs(&claims));
            assert_eq!(suite.world.asks_at("/oauth2/par", &pushed).await.status, 401);
        }
        let assertion = suite.assertion_of(Algorithm::PS256);
        for status in [201, 401] {
            let pushed = suite.asks_fapi().pushed().by_assertion(&assertion);
            assert_eq!(suite.world.asks_at("/oauth2/par", &pushed).await.status, status, "a jti is good once");
        }
        let secret = suite.asks_fapi().pushed().by_basic(FAPI, &secret(FAPI));
        assert_eq!(suite.world.asks_at("/oauth2/par", &secret).await.status, 401);
    })
    .await;
}

#[actix_web::test]
async fn an_unknown_kid_makes_the_published_keys_be_fetched_again() {
    Suite::in_each_mode(async |suite| {
        let [old, new] = ["old", "new"].map(Signer::ec);
        let publish = |key: &Signer| suite.world.published.publish(Some(json!({ "keys": [key.jwk()] }).to_string()));
        let request = suite.asks("openid").of(PUBLISHES);
        let status = async |key: &Signer| {
            let pushed = request.pushed().by_assertion(&key.signs(&suite.world.assertion(PUBLISHES)));
            suite.world.asks_at("/oauth2/par", &pushed).await.status
        };
        publish(&old);
        assert_eq!(status(&old).await, 201);
        publish(&new);
        suite.passes(30);
        assert_eq!(status(&new).await, 201);
    })
    .await;
}

#[actix_web::test]
async fn tokens_are_refused_without_a_proof_and_with_another_key() {
    Suite::in_each_mode(async |suite| {
        let prover = Prover::new(&suite.world);
        let code = suite.code_of(&suite.asks_fapi()).await;
        let unproved = suite.world.token(&suite.redeems_fapi(&code)).await;
        assert_eq!(unproved.oauth_error(), (400, "invalid_dpop_proof".into()));
        let bound = suite.has_tokens(&prover).await;
        assert_eq!(suite.world.userinfo(&bound.access_token).await.status, 401);
        let thief = Prover::new(&suite.world);
        assert_eq!(thief.userinfo(&bound.access_token).await.status, 401);
        assert_eq!(prover.userinfo(&bound.access_token).await.status, 200);
    })
    .await;
}

#[actix_web::test]
async fn a_proof_with_a_wrong_htm_htu_iat_ath_nonce_or_a_used_jti_is_refused() {
    Suite::in_each_mode(async |suite| {
        let prover = Prover::new(&suite.world);
        let token = suite.has_tokens(&prover).await.access_token;
        for (name, value) in [
            ("htm", json!("POST")),
            ("htu", json!(format!("{ISSUER}/oauth2/token"))),
            ("iat", json!(suite.world.now() - 301)),
            ("iat", json!(suite.world.now() + 61)),
            ("ath", json!(s256("another"))),
            ("nonce", json!("made up")),
        ] {
            let mut claims = prover.for_userinfo(&token);
            claims[name] = value;
            assert_eq!(prover.userinfo_with(&token, &prover.proves(&claims)).await.status, 401, "{name}");
        }
        let proof = prover.proves(&prover.for_userinfo(&token));
        for status in [200, 401] {
            assert_eq!(prover.userinfo_with(&token, &proof).await.status, status);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_code_is_bound_by_dpop_jkt() {
    Suite::in_each_mode(async |suite| {
        let prover = Prover::new(&suite.world);
        let thief = Prover::new(&suite.world);
        let code = suite.code_of(&suite.asks_fapi().with("dpop_jkt", &prover.key.thumbprint())).await;
        let redeeming = || suite.redeems_fapi(&code);
        assert_eq!(suite.asks_twice(&thief, redeeming).await.oauth_error(), (400, "invalid_grant".into()));
        assert_eq!(prover.asks(&redeeming()).await.status, 200);
    })
    .await;
}

#[actix_web::test]
async fn a_code_is_bound_by_the_proof_that_came_with_the_pushed_request() {
    Suite::in_each_mode(async |suite| {
        let prover = Prover::new(&suite.world);
        let thief = Prover::new(&suite.world);
        let push = async || {
            let pushed = suite.asks_fapi().pushed().by_assertion(&suite.assertion_of(Algorithm::PS256));
            let proof = prover.proves(&prover.claims("POST", "/oauth2/par"));
            suite.world.keeps_nonce(suite.world.asking("/oauth2/par", &pushed).insert_header(("DPoP", proof))).await
        };
        assert_eq!(push().await.oauth_error(), (400, "use_dpop_nonce".into()));
        let pushed = push().await;
        let reference = bare(FAPI).with("request_uri", pushed.json()["request_uri"].as_str().unwrap());
        let answer = suite.world.browser().brings_and_signs_in(&reference, suite.zoe).await;
        let code = suite.response_of(FAPI, &answer).remove("code").unwrap();
        let redeeming = || suite.redeems_fapi(&code);
        assert_eq!(suite.asks_twice(&thief, redeeming).await.oauth_error(), (400, "invalid_grant".into()));
        assert_eq!(prover.asks(&redeeming()).await.status, 200);
    })
    .await;
}

#[actix_web::test]
async fn a_code_lives_a_minute_at_most_and_is_good_once_and_for_its_client() {
    Suite::in_each_mode(async |suite| {
        let prover = Prover::new(&suite.world);
        suite.has_tokens(&prover).await;
        let code = suite.code_of(&suite.asks_fapi()).await;
        suite.passes(60);
        assert_eq!(prover.asks(&suite.redeems_fapi(&code)).await.oauth_error(), (400, "invalid_grant".into()));
        let code = suite.code_of(&suite.asks_fapi()).await;
        let another = redeem(&code).with("redirect_uri", &callback(KEYED));
        let another = another.by_assertion(&signer(Algorithm::ES256).signs(&suite.world.assertion(KEYED)));
        assert_eq!(prover.asks(&another).await.oauth_error(), (400, "invalid_grant".into()));
        let tokens = prover.asks(&suite.redeems_fapi(&code)).await.json();
        assert_eq!(prover.asks(&suite.redeems_fapi(&code)).await.oauth_error(), (400, "invalid_grant".into()));
        let token = tokens["access_token"].as_str().unwrap();
        assert_eq!(prover.userinfo(token).await.status, 401, "what the code had brought is revoked");
    })
    .await;
}

#[actix_web::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered_and_redirects_are_303() {
    Suite::in_each_mode(async |suite| {
        let elsewhere = suite.asks_fapi().with("redirect_uri", "https://elsewhere.example/");
        assert_eq!(suite.pushes_fapi(&elsewhere).await.oauth_error(), (400, "invalid_request".into()));
        let beside =
            suite.world.pushes(&suite.asks_fapi(), FAPI).await.with("redirect_uri", "https://elsewhere.example/");
        let answer = suite.world.browser().brings_and_signs_in(&beside, suite.zoe).await;
        suite.response_of(FAPI, &answer);
        assert!([200, 303].contains(&answer.status.as_u16()));
    })
    .await;
}

#[actix_web::test]
async fn parameters_beside_a_pushed_request_are_ignored() {
    Suite::in_each_mode(async |suite| {
        let reference = suite.world.pushes(&suite.asks_fapi(), FAPI).await;
        let beside = reference.with("state", "another").with("nonce", "another").with("scope", "openid trn");
        let answer = suite.world.browser().brings_and_signs_in(&beside, suite.zoe).await;
        suite.response_of(FAPI, &answer);
    })
    .await;
}

#[actix_web::test]
async fn a_refresh_token_stays_as_it_is_and_works_for_its_client_and_key_again_and_again() {
    Suite::in_each_mode(async |suite| {
        let prover = Prover::new(&suite.world);
        let bound = suite.has_tokens(&prover).await;
        let token = bound.tokens["refresh_token"].as_str().unwrap();
        let refreshing = || refreshes(token).by_assertion(&suite.assertion_of(Algorithm::PS256));
        for _ in 0..3 {
            suite.passes(Duration::days(20).num_seconds());
            let answer = suite.asks_twice(&prover, refreshing).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            assert!(answer.json().get("refresh_token").is_none());
            assert_eq!(prover.userinfo(answer.json()["access_token"].as_str().unwrap()).await.status, 200);
        }
        let another = refreshes(token).by_assertion(&signer(Algorithm::ES256).signs(&suite.world.assertion(KEYED)));
        assert_eq!(prover.asks(&another).await.oauth_error(), (400, "invalid_grant".into()));
    })
    .await;
}

#[actix_web::test]
async fn signed_requests_are_taken_and_must_be_from_the_client_for_us_and_from_now() {
    Suite::in_each_mode(async |suite| {
        let request = suite.asks_fapi();
        let signed = request.signed(&suite.world, FAPI);
        let reference = suite.world.pushes(&signed, FAPI).await;
        let answer = suite.world.browser().brings_and_signs_in(&reference, suite.zoe).await;
        suite.response_of(FAPI, &answer);
        let now = suite.world.now();
        for (name, value) in [
            ("nbf", Value::Null),
            ("nbf", json!(now - 3_601)),
            ("exp", Value::Null),
            ("exp", json!(now + 3_601)),
            ("exp", json!(now)),
            ("aud", json!("https://elsewhere.example")),
            ("iss", json!(KEYED)),
        ] {
            let mut claims = request.claims(&suite.world, FAPI);
            claims[name] = value;
            let object = bare(FAPI).with("request", &signer(Algorithm::PS256).signs(&claims));
            assert_eq!(
                suite.pushes_fapi(&object).await.oauth_error(),
                (400, "invalid_request_object".into()),
                "{name}"
            );
        }
        let by_rs256 = bare(FAPI).with("request", &signer(Algorithm::RS256).signs(&request.claims(&suite.world, FAPI)));
        assert_eq!(suite.pushes_fapi(&by_rs256).await.oauth_error(), (400, "invalid_request_object".into()));
    })
    .await;
}

#[actix_web::test]
async fn signed_responses_carry_the_code_for_the_client_alone() {
    Suite::in_each_mode(async |suite| {
        let mode = format!("{}.jwt", suite.mode);
        let reference = suite.world.pushes(&suite.asks_fapi().with("response_mode", &mode), FAPI).await;
        let answer = suite.world.browser().brings_and_signs_in(&reference, suite.zoe).await;
        let params = suite.params_of(FAPI, &answer);
        assert_eq!(params.len(), 1);
        let claims = suite.world.verify_answer(&params["response"], FAPI).await;
        assert!(claims["code"].is_string() && claims["exp"].as_i64().unwrap() <= suite.world.now() + 600);
        assert_eq!(format!("{:?}", header(&params["response"]).alg), "ES256");
    })
    .await;
}
