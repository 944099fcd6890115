//! Challenges that browsers were given for a passkey, each to be answered once.

use diesel::prelude::*;
use identity::clock::Time;
use identity::passkey::{Ceremony, CeremonyId, CeremonyOwner};

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::passkey_ceremonies;
use crate::time::stored;

pub struct PasskeyCeremonies<'c>(pub(crate) &'c mut AnyConnection);

impl PasskeyCeremonies<'_> {
    pub fn begin(&mut self, ceremony: &Ceremony) -> Result<(), StoreError> {
        let row = (
            passkey_ceremonies::id.eq(ceremony.id.to_string()),
            passkey_ceremonies::owner.eq(ceremony.owner.to_string()),
            passkey_ceremonies::state.eq(&ceremony.state),
            passkey_ceremonies::expires_at.eq(stored(ceremony.expires_at)),
        );
        guarded(self.0, |connection| {
            kept!(diesel::insert_into(passkey_ceremonies::table).values(row)).execute(connection)
        })?;
        Ok(())
    }

    /// Takes away the state of a ceremony, unless it has expired, is somebody else's, or was taken before: of many who
    /// take it at the same moment one gets it.
    pub fn take(&mut self, id: CeremonyId, owner: CeremonyOwner, now: Time) -> Result<Option<String>, StoreError> {
        let own = || {
            passkey_ceremonies::table
                .find(id.to_string())
                .filter(passkey_ceremonies::owner.eq(owner.to_string()))
                .filter(passkey_ceremonies::expires_at.gt(stored(now)))
        };
        let state: Option<String> = kept!(own().select(passkey_ceremonies::state)).get_result(self.0).optional()?;
        let taken = kept!(diesel::delete(own())).execute(self.0)? == 1;
        Ok(state.filter(|_| taken))
    }
}
