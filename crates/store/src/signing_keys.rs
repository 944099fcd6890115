//! Keys that sign tokens. The private half comes and goes sealed.

use diesel::prelude::*;
use diesel::result::Error as DieselError;
use identity::clock::Time;
use identity::signing_key::{KeyState, SigningKey};

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::{Place, from_word};
use crate::schema::signing_keys;
use crate::time::{Moment, stored, told};

pub struct SigningKeys<'c>(pub(crate) &'c mut AnyConnection);

impl SigningKeys<'_> {
    /// Fails with `Unique(ActiveSigningKey)` when the algorithm has an active key already, and with
    /// `Unique(PendingSigningKey)` when it has a pending one: another server made one at the same moment, and
    /// [`SigningKeys::all`] has it.
    pub fn create(&mut self, key: &SigningKey) -> Result<(), StoreError> {
        let row = KeyRow::from(key);
        guarded(self.0, |connection| kept!(diesel::insert_into(signing_keys::table).values(&row)).execute(connection))?;
        Ok(())
    }

    /// Every key, the oldest first.
    pub fn all(&mut self) -> Result<Vec<SigningKey>, StoreError> {
        let rows =
            kept!(signing_keys::table.order((signing_keys::created_at, signing_keys::kid)).select(KeyRow::as_select()))
                .load(self.0)?;
        rows.into_iter().map(SigningKey::try_from).collect()
    }

    /// Makes a pending key active, and the one that was active retiring until `retired_until`: both or neither. True for
    /// the first who does it.
    pub fn activate(
        &mut self,
        kid: &str,
        instead_of: Option<&str>,
        at: Time,
        retired_until: Time,
    ) -> Result<bool, StoreError> {
        let swapped = self.0.transaction(|connection| {
            let swapped = match instead_of {
                Some(old) => {
                    let due_at = Some(retired_until);
                    change(connection, old, KeyState::Active, &Change { to: KeyState::Retiring, at, due_at })?
                }
                None => true,
            };
            let activated = Change { to: KeyState::Active, at, due_at: None };
            if swapped && change(connection, kid, KeyState::Pending, &activated)? {
                Ok(())
            } else {
                Err(DieselError::RollbackTransaction)
            }
        });
        match swapped {
            Ok(()) => Ok(true),
            Err(DieselError::RollbackTransaction) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends a key that is in the state `from`, and forgets its private half. True for the first who does it.
    pub fn end(&mut self, kid: &str, from: KeyState, at: Time) -> Result<bool, StoreError> {
        let ended = change(self.0, kid, from, &Change { to: KeyState::Gone, at, due_at: None })?;
        if ended {
            let row = signing_keys::table.find(kid);
            kept!(diesel::update(row).set(signing_keys::sealed_private_key.eq(""))).execute(self.0)?;
        }
        Ok(ended)
    }
}

struct Change {
    to: KeyState,
    at: Time,
    due_at: Option<Time>,
}

/// True when the key was in the state `from` and now is in the other.
fn change(connection: &mut AnyConnection, kid: &str, from: KeyState, change: &Change) -> QueryResult<bool> {
    let row = signing_keys::table.find(kid).filter(signing_keys::state.eq(from.as_str()));
    let changed = kept!(diesel::update(row).set((
        signing_keys::state.eq(change.to.as_str()),
        signing_keys::changed_at.eq(stored(change.at)),
        signing_keys::due_at.eq(change.due_at.map(stored)),
    )))
    .execute(connection)?;
    Ok(changed == 1)
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = signing_keys, treat_none_as_default_value = false)]
struct KeyRow {
    kid: String,
    algorithm: String,
    state: String,
    public_jwk: String,
    sealed_private_key: String,
    created_at: Moment,
    changed_at: Option<Moment>,
    due_at: Option<Moment>,
}

impl From<&SigningKey> for KeyRow {
    fn from(key: &SigningKey) -> KeyRow {
        KeyRow {
            kid: key.kid.clone(),
            algorithm: key.algorithm.as_str().into(),
            state: key.state.as_str().into(),
            public_jwk: key.public_jwk.clone(),
            sealed_private_key: key.sealed_private_key.clone(),
            created_at: stored(key.created_at),
            changed_at: key.changed_at.map(stored),
            due_at: key.due_at.map(stored),
        }
    }
}

impl TryFrom<KeyRow> for SigningKey {
    type Error = StoreError;

    fn try_from(row: KeyRow) -> Result<SigningKey, StoreError> {
        let place = Place::new("signing_keys", &row.kid);
        Ok(SigningKey {
            algorithm: place.read("algorithm", row.algorithm, from_word)?,
            state: place.read("state", row.state, from_word)?,
            kid: row.kid.clone(),
            public_jwk: row.public_jwk,
            sealed_private_key: row.sealed_private_key,
            created_at: told(row.created_at),
            changed_at: row.changed_at.map(told),
            due_at: row.due_at.map(told),
        })
    }
}
