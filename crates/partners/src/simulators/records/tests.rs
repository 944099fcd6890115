//! The register's own rules.

use identity::record::TeachingRecord;
use identity::trn::Trn;

use super::find::Asked;
use super::register::Register;
use super::shape;

fn record(trn: &str, fields: &str) -> TeachingRecord {
    let base = format!(
        r#"{{"trn":"{trn}","name":{{"first":"Jane","middle":null,"last":"Smith"}},"previous_names":[],
        "date_of_birth":"1980-02-01","nino":"AB123456C","emails":["jane@example.com"],"training_providers":[],
        "qts_date":null,"alerts":[],"portal_locked":false,"active":true,"merged_into":null}}"#
    );
    let mut record: serde_json::Value = serde_json::from_str(&base).unwrap();
    let fields: serde_json::Value = serde_json::from_str(fields).unwrap();
    for (name, value) in fields.as_object().unwrap() {
        record[name] = value.clone();
    }
    serde_json::from_value(record).unwrap()
}

fn asked(query: &str) -> Asked {
    actix_web::web::Query::<Asked>::from_query(query).unwrap().into_inner()
}

fn finds(register: &Register, query: &str) -> Vec<String> {
    asked(query).find(register).into_iter().map(|record| record.trn.to_string()).collect()
}

#[test]
fn whoever_agrees_on_three_is_found_and_nobody_else() {
    let register = Register::of([record("1000001", "{}"), record("1000002", r#"{"active":false}"#)]);
    let name = "firstName=jane&lastName=SMITH";
    for (query, found) in [
        (format!("{name}&dateOfBirth=1980-02-01&emailAddress=JANE@example.com&nationalInsuranceNumber="), true),
        (format!("{name}&dateOfBirth=1980-02-01&nationalInsuranceNumber=AB123456C"), true),
        (format!("{name}&dateOfBirth=1980-02-01&trn=1000001"), true),
        ("previousFirstName=x&firstName=Ann&lastName=Lee&trn=1000001&dateOfBirth=1980-02-01".to_owned(), false),
        (format!("{name}&dateOfBirth=1980-02-01"), false),
        (format!("{name}&trn=1000002&dateOfBirth=1980-02-02"), false),
    ] {
        assert_eq!(!finds(&register, &query).is_empty(), found, "{query}");
    }
}

#[test]
fn the_strict_policy_wants_the_number_or_else_the_name() {
    let without = record("1000002", r#"{"nino":null}"#);
    let register = Register::of([record("1000001", "{}"), without]);
    let strict = "matchPolicy=Strict&dateOfBirth=1980-02-01&emailAddress=jane@example.com";
    assert_eq!(finds(&register, &format!("{strict}&trn=1000001&nationalInsuranceNumber=AB123456C")), ["1000001"]);
    assert!(finds(&register, &format!("{strict}&trn=1000001&firstName=Jane&lastName=Smith")).is_empty());
    assert_eq!(finds(&register, &format!("{strict}&trn=1000002&firstName=Jane&lastName=Smith")), ["1000002"]);
}

#[test]
fn a_record_that_changes_is_found_by_what_it_says_now() {
    let mut register = Register::of([record("1000001", "{}")]);
    register.put(record("1000001", r#"{"emails":["ann@example.com"]}"#));
    let query = |email: &str| format!("emailAddress={email}&dateOfBirth=1980-02-01&nationalInsuranceNumber=AB123456C");
    assert_eq!(finds(&register, &query("ann@example.com")), ["1000001"]);
    assert!(finds(&register, &query("jane@example.com")).is_empty());
}

#[test]
fn a_person_is_unlocked_by_the_id_that_find_tells() {
    let row = shape::row(&record("0012345", "{}"));
    assert_eq!(shape::trn_of(row["uid"].as_str().unwrap()), Trn::parse("0012345").ok());
    assert_eq!(shape::trn_of("00000000-0000-0000-0000-000000000000"), None);
}
