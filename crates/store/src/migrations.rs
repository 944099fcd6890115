//! The migrations, embedded in the binary: two sets of the same names.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::connection::AnyConnection;
use crate::error::StoreError;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Any number will do, as long as every server asks for the same one.
const LOCK: i64 = 0x6765_7469_6465_6e74;

/// Runs what has not run yet, one server after the other; how many that were.
pub(crate) fn run(connection: &mut AnyConnection) -> Result<usize, StoreError> {
    match connection {
        AnyConnection::Sqlite(sqlite) => run_on_sqlite(sqlite),
        AnyConnection::Postgres(postgres) => run_on_postgres(postgres),
    }
}

fn run_on_sqlite(sqlite: &mut SqliteConnection) -> Result<usize, StoreError> {
    sqlite.immediate_transaction(|sqlite| {
        let run = sqlite.run_pending_migrations(SQLITE).map_err(StoreError::Other)?;
        Ok(run.len())
    })
}

fn run_on_postgres(postgres: &mut PgConnection) -> Result<usize, StoreError> {
    postgres.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    let run = postgres.run_pending_migrations(POSTGRES).map(|run| run.len()).map_err(StoreError::Other);
    postgres.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
    run
}

diesel::table! {
    /// Where diesel keeps which migrations have run.
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// Whether nothing is left to run. Diesel's own answer would make its table first, which a reader must not.
pub(crate) fn are_done(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    let run: Vec<String> =
        __diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(connection)?;
    // Both sets have the same names.
    let known = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(StoreError::Other)?;
    Ok(known.iter().all(|migration| run.contains(&migration.name().version().to_string())))
}
