//! The identity assurance profile: `verified_claims` on request, in the ID token and in userinfo.

use serde_json::{Value, json};

use super::{Got, Suite};

/// What the client gets that asks for these verified claims, both in the ID token and in userinfo, where they are the same.
async fn verified_claims(suite: &Suite, request: &Value) -> Option<Value> {
    let Got { id_token, userinfo, .. } = answer(suite, request).await;
    let told = userinfo.get("verified_claims").cloned();
    assert_eq!(id_token.get("verified_claims").cloned(), told);
    told
}

async fn answer(suite: &Suite, request: &Value) -> Got {
    let claims = json!({ "id_token": { "verified_claims": request }, "userinfo": { "verified_claims": request } });
    let request = suite.asks("openid").with("claims", &claims.to_string());
    let response = suite.signs_in(&suite.world.browser(), &request).await;
    suite.redeems_code_of(&response).await
}

fn of(verification: Value) -> Value {
    json!({ "verification": verification, "claims": { "given_name": null, "trn": null } })
}

#[actix_web::test]
async fn discovery_tells_of_trust_frameworks_evidence_and_claims() {
    Suite::in_each_mode(async |suite| {
        let document = suite.world.get("/.well-known/openid-configuration").await.json();
        assert_eq!(document["verified_claims_supported"], true);
        assert_eq!(document["claims_parameter_supported"], true);
        for name in [
            "trust_frameworks_supported",
            "evidence_supported",
            "electronic_records_supported",
            "claims_in_verified_claims_supported",
        ] {
            assert!(document[name].as_array().is_some_and(|list| !list.is_empty()), "{name}");
        }
        assert!(document.get("documents_supported").is_none(), "document is no evidence of ours");
    })
    .await;
}

#[actix_web::test]
async fn without_a_request_there_are_no_verified_claims() {
    Suite::in_each_mode(async |suite| {
        let response = suite.signs_in(&suite.world.browser(), &suite.asks("openid profile trn")).await;
        let got = suite.redeems_code_of(&response).await;
        assert!(got.id_token.get("verified_claims").is_none() && got.userinfo.get("verified_claims").is_none());
    })
    .await;
}

#[actix_web::test]
async fn verified_claims_come_with_trust_framework_evidence_and_claims() {
    Suite::in_each_mode(async |suite| {
        let request = json!({
            "verification": { "trust_framework": null, "assurance_level": null, "time": null, "assurance_process": null,
                "evidence": [{ "type": { "value": "electronic_record" }, "record": null, "check_details": null }] },
            "claims": { "name": null, "given_name": null, "family_name": null, "birthdate": null, "trn": null },
        });
        let expected = json!({
            "verification": {
                "trust_framework": "uk_dfe_teaching_record",
                "assurance_level": "low",
                "assurance_process": { "policy": "default/1" },
                "time": "2023-11-14T22:13:20Z",
                "evidence": [{
                    "type": "electronic_record",
                    "record": { "type": "teaching_record",
                        "source": { "name": "Teaching Regulation Agency", "country_code": "GBR" } },
                    "check_details": [{ "check_method": "data", "time": "2023-11-14T22:13:20Z",
                        "identifiers": ["email", "name", "date_of_birth"] }],
                }],
            },
            "claims": { "name": "Zoë O'Neil", "given_name": "Zoë", "family_name": "O'Neil",
                "birthdate": "1990-02-28", "trn": "1234567" },
        });
        assert_eq!(verified_claims(suite, &request).await, Some(expected));
    })
    .await;
}

#[actix_web::test]
async fn only_what_was_asked_for_comes_back() {
    Suite::in_each_mode(async |suite| {
        let expected = json!({ "verification": { "trust_framework": "uk_dfe_teaching_record" },
            "claims": { "given_name": "Zoë", "trn": "1234567" } });
        assert_eq!(verified_claims(suite, &of(json!({ "trust_framework": null }))).await, Some(expected));
    })
    .await;
}

#[actix_web::test]
async fn verified_claims_asked_for_in_one_place_stand_there_alone() {
    Suite::in_each_mode(async |suite| {
        for (here, there) in [("id_token", "userinfo"), ("userinfo", "id_token")] {
            let claims = json!({ here: { "verified_claims": of(json!({ "trust_framework": null })) } });
            let request = suite.asks("openid").with("claims", &claims.to_string());
            let response = suite.signs_in(&suite.world.browser(), &request).await;
            let got = suite.redeems_code_of(&response).await;
            let has = |place| if place == "id_token" { &got.id_token } else { &got.userinfo }.get("verified_claims");
            assert!(has(here).is_some() && has(there).is_none(), "{here}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_demand_on_the_verification_that_is_not_met_leaves_the_whole_out_and_is_no_error() {
    Suite::in_each_mode(async |suite| {
        for verification in [
            json!({ "trust_framework": { "value": "eidas" } }),
            json!({ "trust_framework": { "values": ["eidas", "de_aml"], "essential": true } }),
            json!({ "trust_framework": null, "assurance_level": { "value": "high" } }),
            json!({ "trust_framework": null, "evidence": [{ "type": { "value": "document" } }] }),
            json!({ "trust_framework": null, "evidence": [{ "type": { "value": "electronic_record" },
                "check_details": [{ "check_method": { "value": "vpip" } }] }] }),
        ] {
            assert_eq!(verified_claims(suite, &of(verification.clone())).await, None, "{verification}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_verification_that_is_older_than_max_age_is_left_out() {
    Suite::in_each_mode(async |suite| {
        let within = |seconds: u32| of(json!({ "trust_framework": null, "time": { "max_age": seconds } }));
        suite.passes(100);
        assert!(verified_claims(suite, &within(100)).await.is_some());
        assert_eq!(verified_claims(suite, &within(99)).await, None);
    })
    .await;
}

#[actix_web::test]
async fn claims_that_are_not_there_are_left_out_whether_essential_or_strangely_named() {
    Suite::in_each_mode(async |suite| {
        let mut request = of(json!({ "trust_framework": null }));
        request["claims"] = json!({ "trn": null, "address": { "essential": true }, "a%1/b&,.c": null, "email": null });
        let told = verified_claims(suite, &request).await.unwrap();
        assert_eq!(told["claims"], json!({ "trn": "1234567" }));
        request["claims"] = json!({ "address": { "essential": true } });
        assert_eq!(verified_claims(suite, &request).await, None);
    })
    .await;
}

#[actix_web::test]
async fn of_several_requests_those_that_can_be_met_are_answered() {
    Suite::in_each_mode(async |suite| {
        let framework = |name: &str| of(json!({ "trust_framework": { "value": name } }));
        let request = json!([framework("eidas"), framework("uk_dfe_teaching_record")]);
        let told = verified_claims(suite, &request).await.unwrap();
        assert_eq!(told["verification"]["trust_framework"], "uk_dfe_teaching_record");
    })
    .await;
}

#[actix_web::test]
async fn a_request_that_is_malformed_is_an_invalid_request() {
    Suite::in_each_mode(async |suite| {
        for request in [
            json!({ "claims": { "trn": null } }),
            json!({ "verification": {}, "claims": { "trn": null } }),
            json!({ "verification": { "trust_framework": null, "evidence": [{}] }, "claims": { "trn": null } }),
        ] {
            let claims = json!({ "userinfo": { "verified_claims": request } }).to_string();
            let answer = suite.world.browser().brings(&suite.asks("openid").with("claims", &claims)).await;
            assert_eq!(suite.response(&answer)["error"], "invalid_request", "{claims}");
        }
    })
    .await;
}
