//! A teaching record in the shapes that the API has for it.

use identity::name::NamePart;
use identity::record::{Alert, TeachingRecord};
use identity::trn::Trn;
use serde_json::{Value, json};
use url::form_urlencoded;
use uuid::Uuid;

/// What stands before the TRN in the id of a person.
const PERSONS: u128 = 0x7ea_c4e2_0000_4000_8000_0000_0000_0000;

/// The id by which somebody is unlocked.
fn uid(trn: &Trn) -> Uuid {
    let number: u128 = trn.as_str().parse().expect("a TRN is digits");
    Uuid::from_u128(PERSONS + number)
}

pub(super) fn trn_of(uid: &str) -> Option<Trn> {
    let number = uid.parse::<Uuid>().ok()?.as_u128().checked_sub(PERSONS)?;
    Trn::parse(&format!("{number:07}")).ok()
}

/// As `find` shows it.
pub(super) fn row(record: &TeachingRecord) -> Value {
    let emails: Vec<&str> = record.emails.iter().map(|email| email.as_str()).collect();
    json!({
        "trn": record.trn.as_str(),
        "emailAddresses": emails,
        "firstName": record.name.first.as_str(),
        "middleName": middle(record),
        "lastName": record.name.last.as_str(),
        "dateOfBirth": record.date_of_birth.date(),
        "nationalInsuranceNumber": record.nino.as_ref().map(|nino| nino.as_str()),
        "uid": uid(&record.trn),
        "hasActiveSanctions": record.alerts.iter().any(|alert| alert.end.is_none()),
    })
}

/// Whole, with the parts that the query asks for.
pub(super) fn teacher(record: &TeachingRecord, query: &str) -> Value {
    let include = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "include");
    let include = include.map(|(_, parts)| parts.into_owned()).unwrap_or_default();
    let asks_for = |part: &str| include.split(',').any(|asked| asked.trim() == part);
    let mut shape = json!({
        "trn": record.trn.as_str(),
        "firstName": record.name.first.as_str(),
        "middleName": middle(record),
        "lastName": record.name.last.as_str(),
        "dateOfBirth": record.date_of_birth.date(),
        "nationalInsuranceNumber": record.nino.as_ref().map(|nino| nino.as_str()),
        "email": record.emails.first().map(|email| email.as_str()),
        "qts": record.qts_date.map(|awarded| json!({ "awarded": awarded, "certificateUrl": "/v3/certificates/qts" })),
        "eyts": null,
    });
    if asks_for("PreviousNames") {
        shape["previousNames"] = previous_names(record);
    }
    if asks_for("InitialTeacherTraining") {
        let trainings = record.training_providers.iter();
        let trainings = trainings.map(|provider| json!({ "provider": { "name": provider.as_str(), "ukprn": null } }));
        shape["initialTeacherTraining"] = trainings.collect();
    }
    if asks_for("Alerts") {
        shape["alerts"] = record.alerts.iter().map(alert).collect();
    }
    if asks_for("PendingDetailChanges") {
        shape["pendingNameChange"] = false.into();
        shape["pendingDateOfBirthChange"] = false.into();
    }
    if asks_for("_AllowIdSignInWithProhibitions") {
        shape["allowIdSignInWithProhibitions"] = false.into();
    }
    shape
}

/// An empty middle name stands for none.
fn middle(record: &TeachingRecord) -> &str {
    record.name.middle.as_ref().map_or("", NamePart::as_str)
}

/// Each whole: a half that did not change is the present one.
fn previous_names(record: &TeachingRecord) -> Value {
    let names = record.previous_names.iter().map(|previous| {
        json!({
            "firstName": previous.first.as_ref().unwrap_or(&record.name.first).as_str(),
            "middleName": "",
            "lastName": previous.last.as_ref().unwrap_or(&record.name.last).as_str(),
        })
    });
    names.collect()
}

/// The API writes the kind that bars from teaching with a capital.
fn alert(alert: &Alert) -> Value {
    let bars = alert.kind.eq_ignore_ascii_case(Alert::PROHIBITION);
    let kind = if bars { "Prohibition" } else { alert.kind.as_str() };
    json!({ "alertType": kind, "dqtSanctionCode": "G1", "startDate": alert.start, "endDate": alert.end })
}
