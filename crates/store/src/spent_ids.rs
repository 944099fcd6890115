//! What is good for one use and has been used, shared by all servers: the first to write an id down has used it.

use diesel::prelude::*;
use identity::clock::Time;
use identity::secret::Hashed;

use crate::connection::AnyConnection;
use crate::db::insert_unless_there;
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::spent_ids;
use crate::time::stored;

pub struct SpentIds<'c>(pub(crate) &'c mut AnyConnection);

impl SpentIds<'_> {
    /// True for the first who spends the id, and for nobody after. It has to be remembered until `expires_at`.
    pub fn spend(&mut self, id: &Hashed, expires_at: Time) -> Result<bool, StoreError> {
        let row = (spent_ids::id.eq(id.as_str()), spent_ids::expires_at.eq(stored(expires_at)));
        Ok(insert_unless_there!(self.0, diesel::insert_into(spent_ids::table).values(row)))
    }

    pub fn is_spent(&mut self, id: &Hashed) -> Result<bool, StoreError> {
        let found = kept!(spent_ids::table.find(id.as_str()).select(spent_ids::id)).get_result::<String>(self.0);
        Ok(found.optional()?.is_some())
    }
}
