//! `[database]`: where everything is kept.

use std::num::NonZeroU32;

use serde::Deserialize;
use store::DatabaseUrlError;

use super::read::section;

section! {
    pub Database {
        url: DatabaseUrl,
        /// How many connections may be open at once (PostgreSQL), or read at once (SQLite, beside its one writer).
        connections: NonZeroU32,
    }
}

/// An address that the store can open. It can hold a password: its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for DatabaseUrl {
    type Error = DatabaseUrlError;

    fn try_from(text: String) -> Result<Self, DatabaseUrlError> {
        text.parse::<store::DatabaseUrl>()?;
        Ok(DatabaseUrl(text))
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseUrl(..)")
    }
}
