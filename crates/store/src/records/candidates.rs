//! Candidates: every record that can agree with what was stated on three identifiers, each found by an index.
//!
//! Of the six identifiers any three contain the TRN, the NINO or the email, but for one set: name, date of birth and
//! training provider. So four arms find every record that reaches three: TRN; NINO; email; name with date of birth.
//! What the arms leave out could not count: a date of birth alone (some 70 of a million records) and a name alone
//! (thousands) are never loaded, and the training provider needs no index.
//!
//! A NINO and an email are one person's, so their arms are kept whole: that the NINO agrees where the name does not is
//! what support wants to see. But an extract may carry one value on thousands of records, such as a placeholder. An arm
//! that finds more than a [`FEW`] keeps those that agree on another identifier too. Nothing that counts is lost: a
//! record that reaches three by its email agrees on two more, one of which is the TRN (which has its own arm), the
//! NINO, the name or the date of birth; and one that reaches three by its NINO without any of TRN, name and date of
//! birth does so by its email as well. Memory stays flat then; the time grows with how many share the value.

use std::collections::BTreeSet;

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};
use identity::matching::{Identifiers, name_keys};
use identity::record::TeachingRecord;

use super::row::RecordRow;
use crate::connection::{AnyConnection, MultiBackend};
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::{teaching_record_emails as emails, teaching_record_names as names, teaching_records as records};

/// More records than one person has, and few enough to load.
const FEW: usize = 50;

pub(super) fn find(connection: &mut AnyConnection, stated: &Identifiers) -> Result<Vec<TeachingRecord>, StoreError> {
    let mut trns: BTreeSet<String> = by_trn(connection, stated)?;
    trns.extend(by_email(connection, stated)?);
    trns.extend(by_nino(connection, stated)?);
    trns.extend(by_name_and_date_of_birth(connection, stated)?);
    if trns.is_empty() {
        return Ok(Vec::new());
    }
    let rows = of_trns(connection, trns)?;
    rows.into_iter().map(TeachingRecord::try_from).collect()
}

/// One, as a rule. SQLite keeps that query prepared for whatever number of TRNs, which are in order; PostgreSQL takes more at once.
fn of_trns(connection: &mut AnyConnection, trns: BTreeSet<String>) -> QueryResult<Vec<RecordRow>> {
    match connection {
        AnyConnection::Postgres(postgres) if trns.len() > 1 => records::table
            .filter(records::trn.eq_any(trns))
            .order(records::trn)
            .select(RecordRow::as_select())
            .load(postgres),
        connection => {
            let of = |trn: String| {
                kept!(records::table.find(trn).select(RecordRow::as_select())).get_result(connection).optional()
            };
            trns.into_iter().map(of).filter_map(QueryResult::transpose).collect()
        }
    }
}

/// The record of the TRN, and those that it was merged into.
fn by_trn(connection: &mut AnyConnection, stated: &Identifiers) -> QueryResult<BTreeSet<String>> {
    let mut trns = BTreeSet::new();
    let mut next = stated.trn.as_ref().map(ToString::to_string);
    while let Some(trn) = next.filter(|trn| !trns.contains(trn)) {
        let merged_into =
            kept!(records::table.find(&trn).select(records::merged_into)).get_result(connection).optional()?;
        trns.insert(trn);
        next = merged_into.flatten();
    }
    Ok(trns)
}

fn by_email(connection: &mut AnyConnection, stated: &Identifiers) -> QueryResult<Vec<String>> {
    let Some(email) = &stated.email else { return Ok(Vec::new()) };
    let found = emails::table.filter(emails::canonical.eq(email.canonical())).select(emails::trn);
    let few: Vec<String> = kept!(found.limit(FEW as i64 + 1)).load(connection)?;
    if few.len() <= FEW {
        return Ok(few);
    }
    let nino = stated.nino.as_ref().map(|nino| nino.as_str().to_owned());
    records::table
        .filter(records::trn.eq_any(found))
        .filter(agrees_on_name_or_date_of_birth(stated).or(records::nino.eq(nino)))
        .select(records::trn)
        .load(connection)
}

fn by_nino(connection: &mut AnyConnection, stated: &Identifiers) -> QueryResult<Vec<String>> {
    let Some(nino) = &stated.nino else { return Ok(Vec::new()) };
    let found = records::table.filter(records::nino.eq(nino.as_str())).select(records::trn);
    let few: Vec<String> = kept!(found.limit(FEW as i64 + 1)).load(connection)?;
    if few.len() <= FEW {
        return Ok(few);
    }
    found.filter(agrees_on_name_or_date_of_birth(stated)).load(connection)
}

fn by_name_and_date_of_birth(connection: &mut AnyConnection, stated: &Identifiers) -> QueryResult<Vec<String>> {
    let Some(date_of_birth) = stated.date_of_birth else { return Ok(Vec::new()) };
    let keys = keys(stated);
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let born_then = names::table.filter(names::date_of_birth.eq(date_of_birth.date()));
    match connection {
        AnyConnection::Sqlite(_) => {
            let named = |key| {
                let named = born_then.filter(names::name_key.eq(key)).select(names::trn);
                kept!(named).load::<String>(connection)
            };
            Ok(keys.into_iter().map(named).collect::<QueryResult<Vec<_>>>()?.concat())
        }
        AnyConnection::Postgres(postgres) => {
            born_then.filter(names::name_key.eq_any(keys)).select(names::trn).load(postgres)
        }
    }
}

type Condition = Box<dyn BoxableExpression<records::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// A condition on records that other conditions have brought down already: no index leads to it.
fn agrees_on_name_or_date_of_birth(stated: &Identifiers) -> Condition {
    let born = stated.date_of_birth.map(|date_of_birth| date_of_birth.date());
    let named = names::table.filter(names::trn.eq(records::trn)).filter(names::name_key.eq_any(keys(stated)));
    Box::new(records::date_of_birth.nullable().eq(born).or(exists(named)))
}

fn keys(stated: &Identifiers) -> Vec<String> {
    stated.name.iter().flat_map(name_keys).map(|key| key.to_string()).collect()
}
