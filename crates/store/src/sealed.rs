//! What is kept sealed, in whichever table: counted by the key that sealed it, and put back sealed with another.

use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::schema::{one_login_states, outbox_messages, refused_requests, signing_keys};

diesel::define_sql_function! {
    fn substr(text: Text, from: Integer, length: Integer) -> Text;
}

/// A column of ciphertexts. Whatever table gets one is named here, or its rows stay under an old key unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedColumn {
    SigningKeys,
    OutboxMessages,
    RefusedRequests,
    OneLoginStates,
}

impl SealedColumn {
    pub const ALL: [SealedColumn; 4] = [
        SealedColumn::SigningKeys,
        SealedColumn::OutboxMessages,
        SealedColumn::RefusedRequests,
        SealedColumn::OneLoginStates,
    ];

    pub fn table(self) -> &'static str {
        match self {
            SealedColumn::SigningKeys => "signing_keys",
            SealedColumn::OutboxMessages => "outbox_messages",
            SealedColumn::RefusedRequests => "refused_requests",
            SealedColumn::OneLoginStates => "one_login_states",
        }
    }
}

/// A ciphertext and the row that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRow {
    pub id: String,
    pub sealed: String,
}

/// Runs `$query` with the table, its id and its ciphertexts. What has no ciphertext any more is empty, and left out.
macro_rules! of_column {
    ($column:expr, |$table:ident, $id:ident, $sealed:ident| $query:expr) => {
        match $column {
            SealedColumn::SigningKeys => {
                let ($id, $sealed) = (signing_keys::kid, signing_keys::sealed_private_key);
                let $table = signing_keys::table;
                $query
            }
            SealedColumn::OutboxMessages => {
                let ($id, $sealed) = (outbox_messages::id, outbox_messages::sealed);
                let $table = outbox_messages::table;
                $query
            }
            SealedColumn::RefusedRequests => {
                let ($id, $sealed) = (refused_requests::reference, refused_requests::sealed);
                let $table = refused_requests::table;
                $query
            }
            SealedColumn::OneLoginStates => {
                let ($id, $sealed) = (one_login_states::id, one_login_states::sealed);
                let $table = one_login_states::table;
                $query
            }
        }
    };
}

pub struct Sealed<'c>(pub(crate) &'c mut AnyConnection);

impl Sealed<'_> {
    /// How many rows of a column there are.
    pub fn count(&mut self, column: SealedColumn) -> Result<u64, StoreError> {
        let count: i64 =
            of_column!(column, |table, _id, sealed| table.filter(sealed.ne("")).count().get_result(self.0)?);
        Ok(count.unsigned_abs())
    }

    /// How many of them were sealed with the key of this id.
    pub fn count_under(&mut self, column: SealedColumn, key: &str) -> Result<u64, StoreError> {
        let (start, length) = start_of(key);
        let count: i64 = of_column!(column, |table, _id, sealed| {
            table.filter(substr(sealed, 1, length).eq(start)).count().get_result(self.0)?
        });
        Ok(count.unsigned_abs())
    }

    /// At most `limit` rows that another key sealed, in the order of their ids from the one after `after`.
    pub fn not_under(
        &mut self,
        column: SealedColumn,
        key: &str,
        after: &str,
        limit: u32,
    ) -> Result<Vec<SealedRow>, StoreError> {
        let (start, length) = start_of(key);
        let rows: Vec<(String, String)> = of_column!(column, |table, id, sealed| {
            table
                .filter(sealed.ne("").and(substr(sealed, 1, length).ne(start)))
                .filter(id.gt(after))
                .order(id)
                .limit(limit.into())
                .select((id, sealed))
                .load(self.0)?
        });
        Ok(rows.into_iter().map(|(id, sealed)| SealedRow { id, sealed }).collect())
    }

    /// Puts another ciphertext in the place of this one. False when the row is gone, or has another by now.
    pub fn replace(&mut self, column: SealedColumn, row: &SealedRow, by: &str) -> Result<bool, StoreError> {
        let replaced = of_column!(column, |table, id, sealed| {
            let same = table.filter(id.eq(&row.id)).filter(sealed.eq(&row.sealed));
            diesel::update(same).set(sealed.eq(by)).execute(self.0)?
        });
        Ok(replaced == 1)
    }
}

/// How every ciphertext of a key begins, and how long that is.
fn start_of(key: &str) -> (String, i32) {
    let start = format!("{key}.");
    let length = start.chars().count().try_into().unwrap_or(i32::MAX);
    (start, length)
}
