//! Keys that sign tokens. The private half comes and goes sealed.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use identity::signing_key::{KeyState, SigningKey};

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::place::{Place, from_word};
use crate::schema::signing_keys;
use crate::time::{stored, told};

pub struct SigningKeys<'c>(pub(crate) &'c mut AnyConnection);

impl SigningKeys<'_> {
    /// Fails with `Unique(ActiveSigningKey)` when the algorithm has an active key already: another server made one at
    /// the same moment, and [`SigningKeys::all`] has it.
    pub fn create(&mut self, key: &SigningKey) -> Result<(), StoreError> {
        let row = KeyRow::from(key);
        guarded(self.0, |connection| diesel::insert_into(signing_keys::table).values(&row).execute(connection))?;
        Ok(())
    }

    /// Every key, the oldest first.
    pub fn all(&mut self) -> Result<Vec<SigningKey>, StoreError> {
        let rows = signing_keys::table
            .order((signing_keys::created_at, signing_keys::kid))
            .select(KeyRow::as_select())
            .load(self.0)?;
        rows.into_iter().map(SigningKey::try_from).collect()
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = signing_keys)]
struct KeyRow {
    kid: String,
    algorithm: String,
    state: String,
    public_jwk: String,
    sealed_private_key: String,
    created_at: NaiveDateTime,
}

impl From<&SigningKey> for KeyRow {
    fn from(key: &SigningKey) -> KeyRow {
        KeyRow {
            kid: key.kid.clone(),
            algorithm: key.algorithm.as_str().into(),
            state: word(key.state).into(),
            public_jwk: key.public_jwk.clone(),
            sealed_private_key: key.sealed_private_key.clone(),
            created_at: stored(key.created_at),
        }
    }
}

fn word(state: KeyState) -> &'static str {
    match state {
        KeyState::Pending => "pending",
        KeyState::Active => "active",
        KeyState::Retiring => "retiring",
        KeyState::Gone => "gone",
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
        })
    }
}
