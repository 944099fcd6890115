//! One connection to either database, and how each is opened.

// What the derive makes is public in a private module.
#![allow(unreachable_pub)]

use std::path::Path;
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::r2d2::{Error, ManageConnection, R2D2Connection};
use diesel::result::{ConnectionError, ConnectionResult, QueryResult};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, MultiConnection};

use crate::db::Db;
use crate::error::{StoreError, is_contention};
use crate::transaction;
use crate::url::DatabaseUrl;

#[derive(MultiConnection)]
pub enum AnyConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// What a connection is for. On SQLite one connection writes and the others only read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

impl AnyConnection {
    /// Begins a transaction. One that reads sees a single state of the whole database and can write nothing. One that
    /// writes takes SQLite's lock at once: to ask for it after a first read would fail if somebody else wrote since.
    pub fn begin(&mut self, access: Access) -> QueryResult<()> {
        match (self, access) {
            (AnyConnection::Sqlite(sqlite), Access::Read) => begin(sqlite, "BEGIN"),
            (AnyConnection::Sqlite(sqlite), Access::Write) => begin(sqlite, "BEGIN IMMEDIATE"),
            (AnyConnection::Postgres(postgres), Access::Read) => {
                begin(postgres, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            }
            (AnyConnection::Postgres(postgres), Access::Write) => begin(postgres, "BEGIN"),
        }
    }
}

fn begin<C: Connection<TransactionManager = AnsiTransactionManager>>(connection: &mut C, sql: &str) -> QueryResult<()> {
    AnsiTransactionManager::begin_transaction_sql(connection, sql)
}

/// A connection in a pool. Once it is `dead`, the pool drops it instead of lending it again.
pub struct Link {
    pub connection: AnyConnection,
    pub dead: bool,
    /// When it answered last; nothing when that is in doubt.
    pub answered_at: Option<Instant>,
}

/// Opens connections, choosing the database by the address.
#[derive(Clone, Debug)]
pub struct Connector {
    pub url: DatabaseUrl,
    pub access: Access,
    /// How long SQLite waits for a lock that another process holds.
    pub wait: Duration,
}

impl ManageConnection for Connector {
    type Connection = Link;
    type Error = Error;

    fn connect(&self) -> Result<Link, Error> {
        let connection = match &self.url {
            DatabaseUrl::Sqlite(path) => AnyConnection::Sqlite(self.open_sqlite(path)?),
            DatabaseUrl::Postgres(url) => AnyConnection::Postgres(establish_postgres(url)?),
        };
        Ok(Link { connection, dead: false, answered_at: Some(Instant::now()) })
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), Error> {
        link.connection.ping().map_err(Error::QueryError)
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.dead || std::thread::panicking() || link.connection.is_broken()
    }
}

/// Before the client calls OpenSSL for the first time, OpenSSL is told to leave things as they are when the process ends. Otherwise it
/// takes them away from the threads that are opening connections just then, and the process crashes.
fn establish_postgres(url: &str) -> ConnectionResult<PgConnection> {
    openssl_sys::init();
    PgConnection::establish(url)
}

impl Connector {
    pub(crate) fn open(&self) -> Result<Link, StoreError> {
        self.connect().map_err(StoreError::unavailable)
    }

    /// Runs `work` in a transaction on a connection of its own, which is closed after it.
    pub(crate) fn run_alone<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Db<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut link = self.open()?;
        if let AnyConnection::Sqlite(sqlite) = &mut link.connection {
            // Who writes alone may write a lot: an import of all records needs the 64 MiB.
            sqlite.batch_execute("PRAGMA cache_size = -65536;").map_err(StoreError::from)?;
        }
        link.connection.begin(self.access).map_err(|error| StoreError::unavailable(StoreError::from(error)))?;
        let done = transaction::complete(&mut link.connection, work);
        if done.is_ok() {
            metrics::counter!(crate::COMMITS).increment(1);
        }
        done
    }

    fn open_sqlite(&self, path: &Path) -> Result<SqliteConnection, Error> {
        let path = path.to_str().ok_or_else(|| ConnectionError::BadConnection("the path is not UTF-8".into()))?;
        let mut connection = SqliteConnection::establish(path)?;
        connection.batch_execute(&format!(
            "PRAGMA busy_timeout = {}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;",
            self.wait.as_millis()
        ))?;
        match self.access {
            Access::Write => {
                self.keep_a_wal(&mut connection)?;
                // FULL: what was acknowledged survives a power cut. A page that is written again and again goes from the log into the
                // file once in 16 MB of log, while the writer waits.
                connection.batch_execute(
                    "PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 4096;",
                )?;
            }
            Access::Read => connection.batch_execute("PRAGMA query_only = ON;")?,
        }
        Ok(connection)
    }

    /// SQLite waits for no lock when it begins a WAL while another process does the same, or ends one: it refuses at once.
    fn keep_a_wal(&self, connection: &mut SqliteConnection) -> QueryResult<()> {
        let patience = Instant::now() + self.wait;
        loop {
            match connection.batch_execute("PRAGMA journal_mode = WAL;") {
                Err(error) if is_contention(&error) && Instant::now() < patience => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                done => return done,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;
    use diesel::sql_types::Text;

    use super::*;

    /// What a connection that the pool would open says of one of its settings.
    fn setting(name: &str, access: Access) -> String {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("store.db"));
        let open =
            |access| Connector { url: url.clone(), access, wait: Duration::from_millis(1234) }.connect().unwrap();
        // The writer first, as the store does.
        let writer = open(Access::Write);
        let mut link = if access == Access::Write { writer } else { open(access) };
        let query = format!("SELECT * FROM pragma_{name}");
        diesel::dsl::sql::<Text>(&query).get_result::<String>(&mut link.connection).unwrap()
    }

    #[test]
    fn a_writer_on_sqlite_loses_nothing_that_it_acknowledged() {
        assert_eq!(setting("journal_mode", Access::Write), "wal");
        assert_eq!(setting("synchronous", Access::Write), "2", "2 is FULL");
        assert_eq!(setting("query_only", Access::Write), "0");
    }

    #[test]
    fn a_reader_on_sqlite_reads_beside_the_writer_and_writes_nothing() {
        assert_eq!(setting("journal_mode", Access::Read), "wal");
        assert_eq!(setting("query_only", Access::Read), "1");
    }

    #[test]
    fn every_connection_to_sqlite_keeps_foreign_keys_and_waits_for_locks() {
        for access in [Access::Read, Access::Write] {
            assert_eq!(setting("foreign_keys", access), "1");
            assert_eq!(setting("busy_timeout", access), "1234");
        }
    }

    #[test]
    fn sqlite_is_compiled_so_that_a_prepared_statement_stays_prepared() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("store.db"));
        let mut link = Connector { url, access: Access::Write, wait: Duration::ZERO }.open().unwrap();
        let options: Vec<String> = diesel::dsl::sql::<Text>("SELECT compile_options FROM pragma_compile_options")
            .load(&mut link.connection)
            .unwrap();
        // See .cargo/config.toml, which a build from elsewhere would not read.
        assert!(options.contains(&"ENABLE_QPSG".to_owned()), "{options:?}");
        assert!(!options.contains(&"ENABLE_STAT4".to_owned()), "{options:?}");
    }
}
