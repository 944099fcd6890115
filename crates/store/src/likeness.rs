//! Accounts that are possibly one person's, and the keys of names by which an index finds them.

use diesel::prelude::*;
use identity::account::Account;
use identity::date_of_birth::DateOfBirth;
use identity::likeness::{KEYS_VERSION, Keys, alike, given_keys};
use identity::matching::StatedName;
use identity::name::{NamePart, PersonName};

use crate::accounts::{AccountRow, Accounts, live};
use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::schema::accounts;

/// As many as a page can offer.
const MOST: usize = 5;

/// Names that share a key are hardly ever unlike; more than this many of one birthday are not looked through.
const FEW: i64 = 50;

/// Accounts whose keys are made again in one transaction.
const BATCH: i64 = 1_000;

impl Accounts<'_> {
    /// The accounts of people of this date of birth and of a name like this one, or like the previous one, at most five.
    /// Those of the name come first, and of these who signed in last.
    pub fn alike(&mut self, name: &StatedName, date_of_birth: DateOfBirth) -> Result<Vec<Account>, StoreError> {
        let mut found: Vec<Account> = Vec::new();
        for name in name.names() {
            let more = self.of_a_name_like(&name, date_of_birth)?;
            found.extend(more.into_iter().filter(|new| found.iter().all(|old| old.id != new.id)).collect::<Vec<_>>());
        }
        found.truncate(MOST);
        Ok(found)
    }

    fn of_a_name_like(&mut self, name: &PersonName, born: DateOfBirth) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<AccountRow> = live()
            .filter(accounts::date_of_birth.eq(born.date()))
            .filter(accounts::family_key.eq(Keys::of(name).family))
            .filter(accounts::given_key.eq_any(given_keys(name)))
            // The databases differ in where they put those who never did.
            .order((accounts::last_signed_in_at.is_null(), accounts::last_signed_in_at.desc(), accounts::id))
            .limit(FEW)
            .load(self.0)?;
        let mut found = rows.into_iter().map(Account::try_from).collect::<Result<Vec<_>, _>>()?;
        found.retain(|account| alike(&account.official_name, name));
        Ok(found)
    }
}

/// The keys of a name as they stand beside it.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub(crate) struct KeyRow {
    family_key: String,
    given_key: String,
    keys_version: i32,
}

impl From<Keys> for KeyRow {
    fn from(keys: Keys) -> KeyRow {
        KeyRow { family_key: keys.family, given_key: keys.given, keys_version: KEYS_VERSION }
    }
}

/// Whether an account has keys of an older version.
pub(crate) fn are_old(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    let old = accounts::table.filter(accounts::keys_version.lt(KEYS_VERSION)).select(accounts::id).limit(1);
    Ok(old.first::<String>(connection).optional()?.is_some())
}

/// Makes the keys of some accounts again. Whoever changes a name meanwhile has made its keys too, so only a name that is
/// still what it was gets those that were made from it. Servers that do this at once take the rows in the same order.
pub(crate) fn renew(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let old: Vec<(String, String, String)> = accounts::table
        .filter(accounts::keys_version.lt(KEYS_VERSION))
        .select((accounts::id, accounts::first_name, accounts::last_name))
        .order((accounts::keys_version, accounts::id))
        .limit(BATCH)
        .load(connection)?;
    for (id, first, last) in old {
        let row =
            accounts::table.find(&id).filter(accounts::first_name.eq(&first)).filter(accounts::last_name.eq(&last));
        diesel::update(row).set(keys(&id, &first, &last)).execute(connection)?;
    }
    Ok(())
}

/// A name that cannot be one keeps nobody from starting a server: it is found by nothing, as before.
fn keys(id: &str, first: &str, last: &str) -> KeyRow {
    match (NamePart::parse(first), NamePart::parse(last)) {
        (Ok(first), Ok(last)) => Keys::of(&PersonName { first, middle: None, last }).into(),
        _ => {
            tracing::warn!(account = id, "an account has a name that cannot be one, and no keys");
            Keys { family: String::new(), given: String::new() }.into()
        }
    }
}
