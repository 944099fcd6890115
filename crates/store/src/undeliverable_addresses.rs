//! Addresses at which nobody can be written to, as far as we know: each as its keyed hash.

use diesel::prelude::*;
use identity::clock::Time;
use identity::secret::Hashed;

use crate::connection::AnyConnection;
use crate::db::insert_unless_there;
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::undeliverable_addresses;
use crate::time::stored;

pub struct UndeliverableAddresses<'c>(pub(crate) &'c mut AnyConnection);

impl UndeliverableAddresses<'_> {
    /// Notes that a message to this address did not arrive. Noted again, it is kept from then on.
    pub fn note(&mut self, address: &Hashed, at: Time) -> Result<(), StoreError> {
        let noted_at = undeliverable_addresses::noted_at.eq(stored(at));
        let known = undeliverable_addresses::table.find(address.as_str());
        if kept!(diesel::update(known).set(noted_at)).execute(self.0)? == 1 {
            return Ok(());
        }
        let row = (undeliverable_addresses::address_hash.eq(address.as_str()), noted_at);
        let _is_new = insert_unless_there!(self.0, diesel::insert_into(undeliverable_addresses::table).values(row));
        Ok(())
    }

    pub fn is_noted(&mut self, address: &Hashed) -> Result<bool, StoreError> {
        let noted = undeliverable_addresses::table.find(address.as_str());
        Ok(kept!(diesel::select(diesel::dsl::exists(noted))).get_result(self.0)?)
    }

    /// A message to this address has arrived.
    pub fn forget(&mut self, address: &Hashed) -> Result<(), StoreError> {
        kept!(diesel::delete(undeliverable_addresses::table.find(address.as_str()))).execute(self.0)?;
        Ok(())
    }
}
