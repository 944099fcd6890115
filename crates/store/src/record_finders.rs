//! Which records an address has found: who has found one may not have another's portal account unlocked.

use diesel::prelude::*;
use identity::secret::Hashed;
use identity::trn::Trn;

use crate::connection::AnyConnection;
use crate::db::insert_unless_there;
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::record_finders;

pub struct RecordFinders<'c>(pub(crate) &'c mut AnyConnection);

impl RecordFinders<'_> {
    /// Notes that this address, as its keyed hash, found this record. Noting it again changes nothing.
    pub fn note(&mut self, address: &Hashed, trn: &Trn) -> Result<(), StoreError> {
        let row = (record_finders::address_hash.eq(address.as_str()), record_finders::trn.eq(trn.as_str()));
        let _is_new = insert_unless_there!(self.0, diesel::insert_into(record_finders::table).values(row));
        Ok(())
    }

    /// Has the address found a record other than this one?
    pub fn found_other(&mut self, address: &Hashed, trn: &Trn) -> Result<bool, StoreError> {
        let others = record_finders::table
            .filter(record_finders::address_hash.eq(address.as_str()))
            .filter(record_finders::trn.ne(trn.as_str()));
        Ok(kept!(diesel::select(diesel::dsl::exists(others))).get_result(self.0)?)
    }
}
