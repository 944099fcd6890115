//! Imports: many records at a time, and only what changed is written.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use identity::provider::TrainingProvider;
use identity::record::TeachingRecord;

use super::row::{EmailRow, NameRow, RecordRow, email_rows, name_rows};
use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::place::{Place, from_json};
use crate::schema::{teaching_record_emails, teaching_record_names, teaching_records, training_providers};

/// What became of the records of one call, or of several when added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Upserted {
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
}

impl std::ops::AddAssign for Upserted {
    fn add_assign(&mut self, more: Upserted) {
        self.new += more.new;
        self.changed += more.changed;
        self.unchanged += more.unchanged;
    }
}

/// PostgreSQL takes 65,535 values in a statement, and a record has 14.
const ROWS_PER_STATEMENT: usize = 2_000;

pub(super) fn upsert(connection: &mut AnyConnection, records: &[TeachingRecord]) -> Result<Upserted, StoreError> {
    let mut total = Upserted::default();
    for chunk in records.chunks(ROWS_PER_STATEMENT) {
        total += upsert_chunk(connection, chunk)?;
    }
    Ok(total)
}

fn upsert_chunk(connection: &mut AnyConnection, records: &[TeachingRecord]) -> Result<Upserted, StoreError> {
    let present = present(connection, records)?;
    let mut done = Upserted::default();
    let (mut rows, mut replaced) = (Vec::new(), Vec::new());
    let (mut names, mut emails) = (Vec::new(), Vec::new());
    for record in records {
        let row = RecordRow::from(record);
        match present.get(&row.trn) {
            Some(same) if *same == row => {
                done.unchanged += 1;
                continue;
            }
            Some(_) => {
                done.changed += 1;
                replaced.push(row.trn.clone());
            }
            None => done.new += 1,
        }
        names.extend(name_rows(record));
        emails.extend(email_rows(record));
        rows.push(row);
    }
    delete(connection, &replaced)?;
    insert(connection, &rows, &names, &emails)?;
    Ok(done)
}

fn present(
    connection: &mut AnyConnection,
    records: &[TeachingRecord],
) -> Result<HashMap<String, RecordRow>, StoreError> {
    let rows: Vec<RecordRow> = teaching_records::table
        .filter(teaching_records::trn.eq_any(records.iter().map(|record| record.trn.as_str())))
        .select(RecordRow::as_select())
        .load(connection)?;
    Ok(rows.into_iter().map(|row| (row.trn.clone(), row)).collect())
}

fn delete(connection: &mut AnyConnection, trns: &[String]) -> Result<(), StoreError> {
    if trns.is_empty() {
        return Ok(());
    }
    diesel::delete(teaching_records::table.filter(teaching_records::trn.eq_any(trns))).execute(connection)?;
    diesel::delete(teaching_record_names::table.filter(teaching_record_names::trn.eq_any(trns))).execute(connection)?;
    diesel::delete(teaching_record_emails::table.filter(teaching_record_emails::trn.eq_any(trns)))
        .execute(connection)?;
    Ok(())
}

/// Inserting many rows is one backend's feature at a time: one statement on PostgreSQL, one prepared statement run
/// many times on SQLite.
fn insert(
    connection: &mut AnyConnection,
    rows: &[RecordRow],
    names: &[NameRow],
    emails: &[EmailRow],
) -> Result<(), StoreError> {
    macro_rules! insert_all {
        ($backend:expr, $table:ident, $rows:expr) => {
            for rows in $rows.chunks(ROWS_PER_STATEMENT) {
                diesel::insert_into($table::table).values(rows).execute($backend)?;
            }
        };
    }
    match connection {
        AnyConnection::Sqlite(sqlite) => {
            insert_all!(sqlite, teaching_records, rows);
            insert_all!(sqlite, teaching_record_names, names);
            insert_all!(sqlite, teaching_record_emails, emails);
        }
        AnyConnection::Postgres(postgres) => {
            insert_all!(postgres, teaching_records, rows);
            insert_all!(postgres, teaching_record_names, names);
            insert_all!(postgres, teaching_record_emails, emails);
        }
    }
    Ok(())
}

pub(super) fn refresh_training_providers(connection: &mut AnyConnection) -> Result<usize, StoreError> {
    // Few records differ in this column, so all of its values fit into memory where the records do not.
    let lists: Vec<String> =
        teaching_records::table.select(teaching_records::training_providers).distinct().load(connection)?;
    let mut names = BTreeMap::new();
    for list in lists {
        let place = Place::new("teaching_records", "(one of all)");
        for provider in place.read("training_providers", list, from_json::<Vec<TrainingProvider>>)? {
            // Of several spellings of one name, the one that sorts first is shown, whatever the order of the rows.
            let name = provider.to_string();
            let shown: &mut String = names.entry(provider.key()).or_insert_with(|| name.clone());
            if name < *shown {
                *shown = name;
            }
        }
    }
    diesel::delete(training_providers::table).execute(connection)?;
    for (key, name) in &names {
        diesel::insert_into(training_providers::table)
            .values((training_providers::name_key.eq(key), training_providers::name.eq(name)))
            .execute(connection)?;
    }
    Ok(names.len())
}
