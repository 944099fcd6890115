//! Teaching records: the embedded extract, found by index and written by imports.

mod candidates;
mod row;
mod upsert;

use diesel::prelude::*;
use identity::matching::Identifiers;
use identity::provider::TrainingProvider;
use identity::record::{TeachingRecord, Unlocking};
use identity::trn::Trn;

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::Place;
use crate::schema::{teaching_records, training_providers};

use self::row::RecordRow;
pub use self::upsert::Upserted;

pub struct TeachingRecords<'c>(pub(crate) &'c mut AnyConnection);

impl TeachingRecords<'_> {
    /// The record of this TRN, whether or not it is active.
    pub fn by_trn(&mut self, trn: &Trn) -> Result<Option<TeachingRecord>, StoreError> {
        let row = kept!(teaching_records::table.find(trn.as_str()).select(RecordRow::as_select()))
            .get_result(self.0)
            .optional()?;
        row.map(TeachingRecord::try_from).transpose()
    }

    /// The records that might agree with `stated` on three identifiers, in the order of their TRNs: those with the
    /// email, the NINO or the TRN, and those with the date of birth and one of the names. Each arm goes by an index.
    pub fn candidates(&mut self, stated: &Identifiers) -> Result<Vec<TeachingRecord>, StoreError> {
        candidates::find(self.0, stated)
    }

    /// Notes that the portal account of this record is no longer locked.
    pub fn unlock_portal(&mut self, trn: &Trn) -> Result<Unlocking, StoreError> {
        let locked = teaching_records::table.find(trn.as_str()).filter(teaching_records::portal_locked.eq(true));
        let unlocked = kept!(diesel::update(locked).set(teaching_records::portal_locked.eq(false))).execute(self.0)?;
        Ok(if unlocked > 0 { Unlocking::Unlocked } else { Unlocking::WasNotLocked })
    }

    /// How many there are.
    pub fn count(&mut self) -> Result<u64, StoreError> {
        let count: i64 = kept!(teaching_records::table.count()).get_result(self.0)?;
        Ok(count.unsigned_abs())
    }

    /// Adds records that are new, replaces those that differ, and writes nothing for those that do not. No TRN may
    /// occur twice in `records`. A few hundred to a few thousand at a time are quickest.
    pub fn upsert(&mut self, records: &[TeachingRecord]) -> Result<Upserted, StoreError> {
        upsert::upsert(self.0, records)
    }

    /// The training providers that the records name, in the order of their names, as of the last refresh.
    pub fn training_providers(&mut self) -> Result<Vec<TrainingProvider>, StoreError> {
        let names: Vec<(String, String)> =
            kept!(training_providers::table.order(training_providers::name_key)).load(self.0)?;
        let read = |(key, name): (String, String)| {
            Place::new("training_providers", &key).read("name", name, |name| TrainingProvider::parse(&name))
        };
        names.into_iter().map(read).collect()
    }

    /// Reads every record for the training providers that it names: the last step of an import.
    pub fn refresh_training_providers(&mut self) -> Result<usize, StoreError> {
        upsert::refresh_training_providers(self.0)
    }
}
