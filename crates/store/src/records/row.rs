//! A teaching record as a row, with the keys by which it is found.

use chrono::NaiveDate;
use diesel::prelude::*;
use identity::date_of_birth::DateOfBirth;
use identity::name::{NamePart, PersonName};
use identity::nino::Nino;
use identity::record::TeachingRecord;
use identity::trn::Trn;

use crate::error::StoreError;
use crate::place::{Place, from_json, to_json};
use crate::schema::{teaching_record_emails, teaching_record_names, teaching_records};

#[derive(Insertable, Queryable, Selectable, PartialEq)]
#[diesel(table_name = teaching_records)]
pub(super) struct RecordRow {
    pub(super) trn: String,
    first_name: String,
    middle_name: Option<String>,
    last_name: String,
    previous_names: String,
    date_of_birth: NaiveDate,
    nino: Option<String>,
    emails: String,
    training_providers: String,
    qts_date: Option<NaiveDate>,
    alerts: String,
    portal_locked: bool,
    active: bool,
    merged_into: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = teaching_record_names)]
pub(super) struct NameRow {
    trn: String,
    date_of_birth: NaiveDate,
    name_key: String,
}

#[derive(Insertable)]
#[diesel(table_name = teaching_record_emails)]
pub(super) struct EmailRow {
    trn: String,
    canonical: String,
}

pub(super) fn name_rows(record: &TeachingRecord) -> impl Iterator<Item = NameRow> {
    let (trn, date_of_birth) = (record.trn.to_string(), record.date_of_birth.date());
    record.name_keys().into_iter().map(move |key| NameRow {
        trn: trn.clone(),
        date_of_birth,
        name_key: key.as_str().into(),
    })
}

/// One row for each address; an extract may spell one address in two ways.
pub(super) fn email_rows(record: &TeachingRecord) -> impl Iterator<Item = EmailRow> {
    let mut canonical: Vec<&str> = record.emails.iter().map(|email| email.canonical()).collect();
    canonical.sort_unstable();
    canonical.dedup();
    canonical.into_iter().map(|canonical| EmailRow { trn: record.trn.to_string(), canonical: canonical.into() })
}

impl From<&TeachingRecord> for RecordRow {
    fn from(record: &TeachingRecord) -> RecordRow {
        RecordRow {
            trn: record.trn.to_string(),
            first_name: record.name.first.to_string(),
            middle_name: record.name.middle.as_ref().map(NamePart::to_string),
            last_name: record.name.last.to_string(),
            previous_names: to_json(&record.previous_names),
            date_of_birth: record.date_of_birth.date(),
            nino: record.nino.as_ref().map(Nino::to_string),
            emails: to_json(&record.emails),
            training_providers: to_json(&record.training_providers),
            qts_date: record.qts_date,
            alerts: to_json(&record.alerts),
            portal_locked: record.portal_locked,
            active: record.active,
            merged_into: record.merged_into.as_ref().map(Trn::to_string),
        }
    }
}

impl TryFrom<RecordRow> for TeachingRecord {
    type Error = StoreError;

    fn try_from(row: RecordRow) -> Result<TeachingRecord, StoreError> {
        // A whole TRN says who it is: an error shows its end.
        let end: String = row.trn.chars().skip(4).collect();
        let shown = format!("....{end}");
        let place = Place::new("teaching_records", &shown);
        Ok(TeachingRecord {
            trn: place.read("trn", row.trn, Trn::try_from)?,
            name: PersonName {
                first: place.read("first_name", row.first_name, NamePart::try_from)?,
                middle: place.maybe("middle_name", row.middle_name, NamePart::try_from)?,
                last: place.read("last_name", row.last_name, NamePart::try_from)?,
            },
            previous_names: place.read("previous_names", row.previous_names, from_json)?,
            date_of_birth: DateOfBirth::new(row.date_of_birth),
            nino: place.maybe("nino", row.nino, Nino::try_from)?,
            emails: place.read("emails", row.emails, from_json)?,
            training_providers: place.read("training_providers", row.training_providers, from_json)?,
            qts_date: row.qts_date,
            alerts: place.read("alerts", row.alerts, from_json)?,
            portal_locked: row.portal_locked,
            active: row.active,
            merged_into: place.maybe("merged_into", row.merged_into, Trn::try_from)?,
        })
    }
}
