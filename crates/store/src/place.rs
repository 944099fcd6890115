//! How a row becomes domain types: each column is read by its own rule, and one that breaks it is named.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;

/// Where a row lies, for the error that says it is impossible.
pub(crate) struct Place<'r> {
    table: &'static str,
    id: &'r str,
}

impl<'r> Place<'r> {
    pub(crate) fn new(table: &'static str, id: &'r str) -> Place<'r> {
        Place { table, id }
    }

    /// The error for a row of which `what` cannot be.
    pub(crate) fn impossible(&self, what: &'static str) -> StoreError {
        StoreError::Impossible { table: self.table, id: self.id.to_owned(), what }
    }

    /// The column `what`, read by `parse`. Why it failed is dropped: it might repeat what is stored.
    pub(crate) fn read<T, U, E>(
        &self,
        what: &'static str,
        stored: T,
        parse: impl FnOnce(T) -> Result<U, E>,
    ) -> Result<U, StoreError> {
        parse(stored).map_err(|_| self.impossible(what))
    }

    /// [`Place::read`] for a column that may be absent.
    pub(crate) fn maybe<T, U, E>(
        &self,
        what: &'static str,
        stored: Option<T>,
        parse: impl FnOnce(T) -> Result<U, E>,
    ) -> Result<Option<U>, StoreError> {
        stored.map(|stored| self.read(what, stored, parse)).transpose()
    }
}

/// Reads a column of JSON.
pub(crate) fn from_json<T: DeserializeOwned>(text: impl AsRef<str>) -> Result<T, serde_json::Error> {
    serde_json::from_str(text.as_ref())
}

pub(crate) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("what is stored as JSON has no map with other keys than text")
}

/// Reads a column that holds one word of an enumeration.
pub(crate) fn from_word<T: DeserializeOwned>(word: impl Into<String>) -> Result<T, serde_json::Error> {
    serde_json::from_value(serde_json::Value::String(word.into()))
}
