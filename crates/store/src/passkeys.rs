//! Passkeys, found by the id that the key gives itself.

use diesel::prelude::*;
use identity::account::AccountId;
use identity::clock::Time;
use identity::passkey::{Passkey, PasskeyId, PasskeyName};

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::Place;
use crate::schema::passkeys;
use crate::time::{Moment, stored, told};

pub struct Passkeys<'c>(pub(crate) &'c mut AnyConnection);

impl Passkeys<'_> {
    pub fn add(&mut self, passkey: &Passkey) -> Result<(), StoreError> {
        let row = PasskeyRow::from(passkey);
        guarded(self.0, |connection| kept!(diesel::insert_into(passkeys::table).values(&row)).execute(connection))?;
        Ok(())
    }

    pub fn by_credential_id(&mut self, credential_id: &str) -> Result<Option<Passkey>, StoreError> {
        let row = passkeys::table.filter(passkeys::credential_id.eq(credential_id)).select(PasskeyRow::as_select());
        row.first(self.0).optional()?.map(Passkey::try_from).transpose()
    }

    /// All of an account, oldest first.
    pub fn of_account(&mut self, account: AccountId) -> Result<Vec<Passkey>, StoreError> {
        let rows = kept!(
            passkeys::table
                .filter(passkeys::account_id.eq(account.to_string()))
                .order((passkeys::created_at, passkeys::id))
                .select(PasskeyRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(Passkey::try_from).collect()
    }

    /// Keeps what the key said of itself when it was used. False when somebody has used or removed it since it was read:
    /// of two uses with one counter only one is right.
    pub fn mark_used(&mut self, read: &Passkey, credential: &str, at: Time) -> Result<bool, StoreError> {
        let unchanged =
            passkeys::table.find(read.id.to_string()).filter(passkeys::credential.eq(read.credential.as_str()));
        let written = kept!(
            diesel::update(unchanged).set((passkeys::credential.eq(credential), passkeys::last_used_at.eq(stored(at))))
        )
        .execute(self.0)?;
        Ok(written == 1)
    }

    /// False when the account has no such passkey.
    pub fn rename(&mut self, account: AccountId, id: PasskeyId, name: &PasskeyName) -> Result<bool, StoreError> {
        let own = passkeys::table.find(id.to_string()).filter(passkeys::account_id.eq(account.to_string()));
        Ok(kept!(diesel::update(own).set(passkeys::name.eq(name.as_str()))).execute(self.0)? == 1)
    }

    /// False when the account has no such passkey.
    pub fn remove(&mut self, account: AccountId, id: PasskeyId) -> Result<bool, StoreError> {
        let own = passkeys::table.find(id.to_string()).filter(passkeys::account_id.eq(account.to_string()));
        Ok(kept!(diesel::delete(own)).execute(self.0)? == 1)
    }

    /// Removes those that were added at this moment or later, and says which.
    pub fn remove_added_since(&mut self, account: AccountId, since: Time) -> Result<Vec<Passkey>, StoreError> {
        let mut added = self.of_account(account)?;
        added.retain(|passkey| passkey.created_at >= told(stored(since)));
        for passkey in &added {
            self.remove(account, passkey.id)?;
        }
        Ok(added)
    }

    /// Says how many there were.
    pub fn remove_all_of(&mut self, account: AccountId) -> Result<usize, StoreError> {
        let own = passkeys::table.filter(passkeys::account_id.eq(account.to_string()));
        Ok(kept!(diesel::delete(own)).execute(self.0)?)
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = passkeys, treat_none_as_default_value = false)]
struct PasskeyRow {
    id: String,
    account_id: String,
    credential_id: String,
    credential: String,
    name: String,
    created_at: Moment,
    last_used_at: Option<Moment>,
}

impl From<&Passkey> for PasskeyRow {
    fn from(passkey: &Passkey) -> PasskeyRow {
        PasskeyRow {
            id: passkey.id.to_string(),
            account_id: passkey.account.to_string(),
            credential_id: passkey.credential_id.clone(),
            credential: passkey.credential.clone(),
            name: passkey.name.as_str().into(),
            created_at: stored(passkey.created_at),
            last_used_at: passkey.last_used_at.map(stored),
        }
    }
}

impl TryFrom<PasskeyRow> for Passkey {
    type Error = StoreError;

    fn try_from(row: PasskeyRow) -> Result<Passkey, StoreError> {
        let place = Place::new("passkeys", &row.id);
        Ok(Passkey {
            id: place.read("id", row.id.as_str(), str::parse)?,
            account: place.read("account_id", row.account_id.as_str(), str::parse)?,
            name: place.read("name", row.name.as_str(), PasskeyName::parse)?,
            created_at: told(row.created_at),
            last_used_at: row.last_used_at.map(told),
            credential_id: row.credential_id,
            credential: row.credential,
        })
    }
}
