//! Answers as the real API gives them, with all that it says besides, and as some day it may.

use std::sync::{Arc, Mutex};

use actix_web::{HttpRequest, HttpResponse, web};
use identity::matching::{Identifiers, StatedName};
use identity::record::Records;
use partners::simulators::Switch;
use partners::simulators::server::Running;
use serde_json::{Value, json};

use crate::people::{api, day, name, part, previous, stated, trn};

/// What the API was asked, as path and query.
type Asked = Arc<Mutex<Vec<String>>>;

/// A server that finds one person, and tells this of them.
fn answers(teacher: Value) -> (Running, Asked) {
    let asked = Asked::default();
    let heard = asked.clone();
    let routes = move |config: &mut web::ServiceConfig| {
        let (teacher, heard) = (teacher.clone(), heard.clone());
        let answer = move |request: HttpRequest| {
            heard.lock().unwrap().push(request.uri().to_string());
            let answer = match request.path() {
                "/v2/teachers/find" => json!({ "results": [
                    {
                        "trn": "1234567", "emailAddresses": ["j.smith@school.example", null, "no address"],
                        "firstName": "Jane", "middleName": null, "lastName": "Smith", "dateOfBirth": "1980-02-01",
                        "nationalInsuranceNumber": "AB123456C", "uid": "f3a1c2d4-0000-4000-8000-000000000001",
                        "hasActiveSanctions": false, "somethingNew": [1, 2],
                    },
                    { "trn": null, "emailAddresses": null, "uid": "f3a1c2d4-0000-4000-8000-000000000002" },
                ] }),
                "/v2/itt-providers" => json!({ "ittProviders": [
                    { "providerName": "University of Leeds", "ukprn": "10007795" },
                    { "providerName": "Bath Spa University", "ukprn": null },
                    { "providerName": "UNIVERSITY OF LEEDS", "ukprn": null },
                    { "providerName": "", "ukprn": null },
                ] }),
                _ => teacher.clone(),
            };
            async { HttpResponse::Ok().json(answer) }
        };
        config.default_service(web::route().to(answer));
    };
    (Running::start(([127, 0, 0, 1], 0).into(), Switch::default(), routes).unwrap(), asked)
}

fn teacher() -> Value {
    json!({
        "trn": "1234567", "firstName": "Jane", "middleName": "", "lastName": "Smith", "dateOfBirth": "1980-02-01",
        "nationalInsuranceNumber": "ab 12 34 56 c", "email": "jane@example.com",
        "pendingNameChange": false, "pendingDateOfBirthChange": true,
        "qts": { "awarded": "2003-08-01", "certificateUrl": "/v3/certificates/qts", "statusDescription": "Qualified" },
        "eyts": null,
        "initialTeacherTraining": [
            {
                "qualification": { "name": "PGCE" }, "startDate": "2002-09-01", "endDate": null,
                "programmeType": "SomethingNew", "programmeTypeDescription": null, "result": null, "ageRange": null,
                "provider": { "name": "University of Leeds", "ukprn": "10007795" }, "subjects": [],
            },
            { "qualification": null, "provider": null, "subjects": [] },
        ],
        "previousNames": [{ "firstName": "Jane", "middleName": "", "lastName": "Taylor" }],
        "alerts": [
            { "alertType": "Prohibition", "dqtSanctionCode": "G1", "startDate": "2019-03-01", "endDate": "2021-03-01" },
            { "alertType": "SomethingNew", "dqtSanctionCode": "Z9", "startDate": null, "endDate": null },
            { "alertType": { "alertTypeId": "x", "name": "Reprimand" }, "startDate": "2020-01-01", "endDate": null },
        ],
        "allowIdSignInWithProhibitions": false,
    })
}

#[actix_web::test]
async fn a_record_is_read_with_whatever_nobody_knows_beside_it() {
    let (running, _) = answers(teacher());
    let found = api(running.url()).candidates(&stated()).await.unwrap();
    let [record] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(record.name, name("Jane", "Smith"), "an empty middle name is none");
    assert_eq!(record.nino.as_ref().unwrap().as_str(), "AB123456C");
    let emails: Vec<&str> = record.emails.iter().map(|email| email.as_str()).collect();
    assert_eq!(emails, ["jane@example.com", "j.smith@school.example"]);
    assert_eq!(record.previous_names, [previous("Jane", "Taylor")]);
    assert_eq!(record.training_providers.len(), 1);
    assert_eq!(record.qts_date, Some(day("2003-08-01")));
    let kinds: Vec<&str> = record.alerts.iter().map(|alert| alert.kind.as_str()).collect();
    assert_eq!(kinds, ["Prohibition", "SomethingNew", "Reprimand"]);
    assert!(record.is_prohibited(day("2020-01-01")) && !record.is_prohibited(day("2022-01-01")));
    assert!(record.has_open_alert(day("2022-01-01")), "an alert without a first day is open");
}

#[actix_web::test]
async fn somebody_who_may_sign_in_in_spite_of_a_prohibition_is_not_barred_and_has_an_alert() {
    let mut teacher = teacher();
    teacher["allowIdSignInWithProhibitions"] = true.into();
    let (running, _) = answers(teacher);
    let record = api(running.url()).by_trn(&trn("1234567")).await.unwrap().unwrap();
    assert!(!record.is_prohibited(day("2020-01-01")) && record.has_open_alert(day("2020-01-01")));
}

#[actix_web::test]
async fn what_is_missing_costs_that_field_only_and_a_record_without_name_or_birthday_is_left_out() {
    let least =
        json!({ "trn": "1234567", "firstName": "Jane", "lastName": "Smith", "dateOfBirth": "1980-02-01T00:00:00" });
    let (running, _) = answers(least.clone());
    let record = api(running.url()).by_trn(&trn("1234567")).await.unwrap().unwrap();
    assert_eq!((record.qts_date, record.nino, record.emails.len(), record.alerts.len()), (None, None, 0, 0));
    for (field, value) in [("firstName", json!("")), ("lastName", Value::Null), ("dateOfBirth", Value::Null)] {
        let mut unusable = least.clone();
        unusable[field] = value;
        let (running, _) = answers(unusable);
        assert_eq!(api(running.url()).by_trn(&trn("1234567")).await.unwrap(), None, "{field}");
        assert_eq!(api(running.url()).candidates(&stated()).await.unwrap(), [], "{field}");
    }
}

#[actix_web::test]
async fn the_number_is_said_to_be_empty_when_it_is_unknown_and_all_else_is_left_out() {
    let (running, asked) = answers(teacher());
    let api = api(running.url());
    api.candidates(&Identifiers { email: stated().email, ..Identifiers::default() }).await.unwrap();
    let mut current = name("Zoë", "O'Brien & Co");
    current.middle = Some(part("Ann"));
    let full = Identifiers {
        name: Some(StatedName { current, previous: Some(previous("", "Smith")) }),
        nino: "ab123456c".parse().ok(),
        trn: Some(trn("1234567")),
        provider: "University of Leeds".parse().ok(),
        ..stated()
    };
    api.candidates(&full).await.unwrap();
    let mut asked = asked.lock().unwrap().clone();
    asked.sort();
    let include = "PreviousNames%2CInitialTeacherTraining%2CAlerts%2C_AllowIdSignInWithProhibitions";
    assert_eq!(
        asked,
        [
            "/v2/teachers/find?firstName=Zo%C3%AB&lastName=O%27Brien+%26+Co&previousLastName=Smith\
             &dateOfBirth=1980-02-01&nationalInsuranceNumber=AB123456C&ittProviderName=University+of+Leeds\
             &emailAddress=JANE%40example.com&trn=1234567"
                .to_owned(),
            "/v2/teachers/find?nationalInsuranceNumber=&emailAddress=JANE%40example.com".to_owned(),
            format!("/v3/teachers/1234567?include={include}"),
            format!("/v3/teachers/1234567?include={include}"),
        ]
    );
}

#[actix_web::test]
async fn training_providers_come_once_each_in_the_order_of_their_names() {
    let (running, _) = answers(teacher());
    let names = api(running.url()).training_providers().await.unwrap();
    let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    assert_eq!(names, ["Bath Spa University", "UNIVERSITY OF LEEDS"]);
}
