//! How large the database is.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::connection::AnyConnection;
use crate::db::Db;
use crate::error::StoreError;

impl Db<'_> {
    /// In bytes, with its indexes and what is free in it; without the log of what was written last.
    pub fn size(&mut self) -> Result<u64, StoreError> {
        let question = match self.connection() {
            AnyConnection::Sqlite(_) => "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
            AnyConnection::Postgres(_) => "SELECT pg_database_size(current_database())",
        };
        let bytes: i64 = sql::<BigInt>(question).get_result(self.connection())?;
        Ok(bytes.unsigned_abs())
    }
}
