use chrono::Duration;
use identity::account::{Matched, RecordSeen};
use identity::claims_request::ClaimsRequest;
use identity::matching::{Identifier, MatchPolicy};
use identity::scope::Scopes;

use super::*;
use crate::claims::samples::{account, client};

const NOW: i64 = 1_700_000_000;

fn now() -> Time {
    Time::from_timestamp(NOW, 0).unwrap()
}

/// Was linked a minute ago, by three identifiers.
fn zoe() -> Account {
    let mut zoe = account();
    let on = vec![Identifier::Email, Identifier::Name, Identifier::DateOfBirth];
    zoe.record.as_mut().unwrap().matched = Some(Matched { on, at: now() - Duration::seconds(60) });
    let seen = RecordSeen { date_of_birth: zoe.date_of_birth.unwrap(), prohibited: false, at: now() };
    Account { record_seen: Some(seen), ..zoe }
}

fn told(account: &Account, client: &Client, verified_claims: &Value) -> Option<Value> {
    let request = json!({ "userinfo": { "verified_claims": verified_claims } }).to_string();
    of(account, client, &ClaimsRequest::parse(&request).unwrap().userinfo.verified, now())
}

/// What Zoe's service is told when it demands this of the verification.
fn verification(demanded: Value) -> Option<Value> {
    let mut demanded = demanded;
    demanded["trust_framework"] = demanded.get("trust_framework").cloned().unwrap_or(Value::Null);
    let answer = told(&zoe(), &client(), &json!({ "verification": demanded, "claims": { "trn": null } }));
    answer.map(|answer| answer["verification"].clone())
}

#[test]
fn all_that_there_is_can_be_asked_for() {
    let request = json!({
        "verification": { "trust_framework": null, "assurance_level": null, "time": null,
            "assurance_process": { "policy": null },
            "evidence": [{ "type": { "value": "electronic_record" }, "record": null, "check_details": null }] },
        "claims": { "name": null, "given_name": null, "middle_name": null, "family_name": null, "birthdate": null,
            "trn": null },
    });
    let expected = json!({
        "verification": {
            "trust_framework": "uk_dfe_teaching_record", "assurance_level": "low", "time": "2023-11-14T22:12:20Z",
            "assurance_process": { "policy": "default/1" },
            "evidence": [{
                "type": "electronic_record",
                "record": { "type": "teaching_record",
                    "source": { "name": "Teaching Regulation Agency", "country_code": "GBR" } },
                "check_details": [{ "check_method": "data", "time": "2023-11-14T22:12:20Z",
                    "identifiers": ["email", "name", "date_of_birth"] }],
            }],
        },
        "claims": { "name": "Zoë Anne O'Neil", "given_name": "Zoë", "middle_name": "Anne", "family_name": "O'Neil",
            "birthdate": "1990-02-28", "trn": "1234567" },
    });
    assert_eq!(told(&zoe(), &client(), &request), Some(expected));
}

#[test]
fn the_example_of_the_documentation_is_answered_as_it_says() {
    let page = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/claims.md"));
    let mut examples = page.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let mut example = || serde_json::from_str::<Value>(examples.next().unwrap()).unwrap();
    let (request, answer) = (example(), example());
    assert_eq!(told(&zoe(), &client(), &request["userinfo"]["verified_claims"]), Some(answer));
}

#[test]
fn nothing_is_told_that_was_not_asked_for_but_what_makes_it_valid() {
    let framework = json!({ "trust_framework": "uk_dfe_teaching_record" });
    assert_eq!(verification(json!({})), Some(framework));
    let evidence = json!({ "evidence": [{ "type": { "value": "electronic_record" },
        "record": { "source": { "name": null } }, "check_details": [{ "time": null }] }] });
    let expected = json!([{ "type": "electronic_record",
        "record": { "type": "teaching_record", "source": { "name": "Teaching Regulation Agency" } },
        "check_details": [{ "check_method": "data", "time": "2023-11-14T22:12:20Z" }] }]);
    assert_eq!(verification(evidence).unwrap()["evidence"], expected);
}

#[test]
fn a_demand_that_is_met_is_told_and_one_that_is_not_leaves_out_the_whole() {
    let record = |part: Value| json!({ "evidence": [{ "type": { "value": "electronic_record" }, "record": part }] });
    let check =
        |part: Value| json!({ "evidence": [{ "type": { "value": "electronic_record" }, "check_details": [part] }] });
    for (demand, met) in [
        (json!({ "trust_framework": { "value": "uk_dfe_teaching_record" } }), true),
        (json!({ "trust_framework": { "value": "eidas" } }), false),
        (json!({ "trust_framework": { "values": ["eidas", "uk_dfe_teaching_record"] } }), true),
        (json!({ "trust_framework": { "values": ["eidas", "de_aml"], "essential": true } }), false),
        (json!({ "assurance_level": { "value": "low" } }), true),
        (json!({ "assurance_level": { "value": "medium" } }), false),
        (json!({ "time": { "max_age": 60 } }), true),
        (json!({ "time": { "max_age": 59 } }), false),
        (json!({ "assurance_process": { "policy": { "value": "default/1" } } }), true),
        (json!({ "assurance_process": { "policy": { "value": "strict/1" } } }), false),
        (json!({ "assurance_process": { "value": "default/1" } }), false),
        (json!({ "verification_process": null, "unheard_of": { "a": null } }), true),
        (json!({ "verification_process": { "value": "x" } }), false),
        (json!({ "evidence": [{ "type": { "value": "document" } }] }), false),
        (json!({ "evidence": [{ "type": { "value": "vouch" } }, { "type": { "value": "electronic_record" } }] }), true),
        (record(json!({ "type": { "value": "teaching_record" } })), true),
        (record(json!({ "type": { "value": "bank_account" } })), false),
        (record(json!({ "created_at": { "max_age": 10 } })), false),
        (check(json!({ "check_method": { "values": ["kbv", "data"] } })), true),
        (check(json!({ "check_method": { "value": "kbv" } })), false),
    ] {
        assert_eq!(verification(demand.clone()).is_some(), met, "{demand}");
    }
}

#[test]
fn a_claim_that_is_not_held_or_is_otherwise_is_left_out_and_with_the_last_the_whole() {
    let claims = |claims: Value| {
        let request = json!({ "verification": { "trust_framework": null }, "claims": claims });
        told(&zoe(), &client(), &request).map(|answer| answer["claims"].clone())
    };
    assert_eq!(claims(json!({ "trn": null, "address": { "essential": true } })), Some(json!({ "trn": "1234567" })));
    let otherwise = json!({ "given_name": { "value": "Amir" }, "trn": { "value": "1234567" } });
    assert_eq!(claims(otherwise), Some(json!({ "trn": "1234567" })));
    assert_eq!(claims(json!({ "email": null, "phone_number": null })), None);
    assert_eq!(claims(json!({ "trn": { "value": "7654321" } })), None);
    assert_eq!(claims(Value::Null), Some(json!({})));
}

#[test]
fn of_several_requests_each_that_is_met_is_answered() {
    let of = |framework: &str| {
        let verification = json!({ "trust_framework": { "value": framework } });
        json!({ "verification": verification, "claims": { "trn": null } })
    };
    let ours = of("uk_dfe_teaching_record");
    let answer =
        json!({ "verification": { "trust_framework": "uk_dfe_teaching_record" }, "claims": { "trn": "1234567" } });
    assert_eq!(told(&zoe(), &client(), &json!([of("eidas"), ours])), Some(answer.clone()));
    assert_eq!(told(&zoe(), &client(), &json!([ours, ours])), Some(json!([answer, answer])));
    assert_eq!(told(&zoe(), &client(), &json!([of("eidas")])), None);
}

const TRN: &str = r#"{ "verification": { "trust_framework": null, "time": null, "evidence":
    [{ "type": { "value": "electronic_record" }, "check_details": null }] }, "claims": { "trn": null, "birthdate": null } }"#;

#[test]
fn an_older_link_says_less_and_a_record_that_nobody_has_seen_gives_no_name() {
    let (request, mut older) = (serde_json::from_str(TRN).unwrap(), zoe());
    older.record.as_mut().unwrap().matched = None;
    let unseen = Account { record_seen: None, ..older };
    let expected = json!({
        "verification": { "trust_framework": "uk_dfe_teaching_record", "evidence": [{ "type": "electronic_record" }] },
        "claims": { "trn": "1234567" },
    });
    assert_eq!(told(&unseen, &client(), &request), Some(expected));
    let recent =
        json!({ "verification": { "trust_framework": null, "time": { "max_age": 9 } }, "claims": { "trn": null } });
    assert_eq!(told(&unseen, &client(), &recent), None);
}

#[test]
fn the_birthdate_is_the_records() {
    let mut zoe = zoe();
    zoe.date_of_birth = None;
    let request = serde_json::from_str(TRN).unwrap();
    assert_eq!(told(&zoe, &client(), &request).unwrap()["claims"]["birthdate"], "1990-02-28");
}

#[test]
fn only_a_client_that_may_have_the_trn_is_told_and_only_of_a_record_that_is_good_enough() {
    let request = serde_json::from_str(TRN).unwrap();
    let scopes = |text| Client { scopes: Scopes::parse(text).unwrap(), ..client() };
    assert_eq!(told(&zoe(), &scopes("openid profile"), &request), None);
    assert_eq!(told(&zoe(), &scopes("openid trn"), &request).unwrap()["claims"], json!({ "trn": "1234567" }));
    let strict = Client { match_policy: MatchPolicy::Strict, ..client() };
    assert_eq!(told(&zoe(), &strict, &request), None);
    assert_eq!(told(&Account { record: None, ..zoe() }, &client(), &request), None);
}
