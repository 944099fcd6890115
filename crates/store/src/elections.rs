//! Who does what one server at a time does for all: a lease, taken by compare-and-swap.

use diesel::prelude::*;
use identity::clock::Time;

use crate::connection::AnyConnection;
use crate::constraint::Constraint;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::elections;
use crate::time::stored;

pub struct Elections<'c>(pub(crate) &'c mut AnyConnection);

impl Elections<'_> {
    /// Elects `holder` for `task` until `until`: true unless another holds it still. Who holds it already, holds it longer.
    pub fn elect(&mut self, task: &str, holder: &str, now: Time, until: Time) -> Result<bool, StoreError> {
        let open =
            elections::table.find(task).filter(elections::holder.eq(holder).or(elections::held_until.le(stored(now))));
        let lease = (elections::holder.eq(holder), elections::held_until.eq(stored(until)));
        if kept!(diesel::update(open).set(lease)).execute(self.0)? == 1 {
            return Ok(true);
        }
        let first = (elections::task.eq(task), lease);
        let taken = guarded(self.0, |connection| {
            kept!(diesel::insert_into(elections::table).values(first)).execute(connection)
        });
        match taken {
            Ok(_) => Ok(true),
            Err(StoreError::Unique(Constraint::Id)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Lets another be elected at once. Who does not hold the task changes nothing.
    pub fn resign(&mut self, task: &str, holder: &str) -> Result<(), StoreError> {
        kept!(diesel::delete(elections::table.find(task).filter(elections::holder.eq(holder)))).execute(self.0)?;
        Ok(())
    }
}
