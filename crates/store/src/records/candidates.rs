//! Candidates: one look-up by index for each identifier that was stated, then the records of the TRNs they found.

use std::collections::BTreeSet;

use diesel::prelude::*;
use identity::matching::{Identifiers, name_keys};
use identity::record::TeachingRecord;

use super::row::RecordRow;
use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::schema::{teaching_record_emails, teaching_record_names, teaching_records};

pub(super) fn find(connection: &mut AnyConnection, stated: &Identifiers) -> Result<Vec<TeachingRecord>, StoreError> {
    let mut trns: BTreeSet<String> = stated.trn.iter().map(ToString::to_string).collect();
    if let Some(email) = &stated.email {
        let of_email = teaching_record_emails::table
            .filter(teaching_record_emails::canonical.eq(email.canonical()))
            .select(teaching_record_emails::trn);
        trns.extend(of_email.load::<String>(connection)?);
    }
    if let Some(nino) = &stated.nino {
        let of_nino =
            teaching_records::table.filter(teaching_records::nino.eq(nino.as_str())).select(teaching_records::trn);
        trns.extend(of_nino.load::<String>(connection)?);
    }
    if let (Some(name), Some(date_of_birth)) = (&stated.name, stated.date_of_birth) {
        let keys = name_keys(name).into_iter().map(|key| key.to_string());
        let of_name = teaching_record_names::table
            .filter(teaching_record_names::date_of_birth.eq(date_of_birth.date()))
            .filter(teaching_record_names::name_key.eq_any(keys))
            .select(teaching_record_names::trn);
        trns.extend(of_name.load::<String>(connection)?);
    }
    if trns.is_empty() {
        return Ok(Vec::new());
    }
    let rows = teaching_records::table
        .filter(teaching_records::trn.eq_any(trns))
        .order(teaching_records::trn)
        .select(RecordRow::as_select())
        .load(connection)?;
    rows.into_iter().map(TeachingRecord::try_from).collect()
}
