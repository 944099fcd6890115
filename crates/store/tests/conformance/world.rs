//! A world: one database of its own, empty but for the tables, gone when the test ends.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;
use identity::random::Random;
use store::{Db, PoolSettings, Store, StoreError};
use tempfile::TempDir;

pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) url: String,
    pub(crate) random: Random,
    pub(crate) kind: Kind,
    _home: Home,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// What to remove at the end, by dropping it.
#[expect(dead_code, reason = "it is held, and never looked at")]
enum Home {
    Folder(TempDir),
    Database(Database),
}

pub(crate) struct Database {
    server: String,
    name: String,
}

impl World {
    pub(crate) async fn sqlite() -> World {
        World::empty_sqlite().with_tables().await
    }

    pub(crate) async fn postgres() -> World {
        World::empty_postgres().with_tables().await
    }

    /// A database without tables.
    pub(crate) fn empty_sqlite() -> World {
        let folder = tempfile::tempdir().expect("there is room for a database");
        let url = format!("sqlite://{}/store.db", folder.path().display());
        World::at(url, Kind::Sqlite, Home::Folder(folder))
    }

    /// A database without tables.
    pub(crate) fn empty_postgres() -> World {
        let server = std::env::var("TEST_POSTGRES_URL").expect(
            "TEST_POSTGRES_URL is not set: run the tests with a PostgreSQL server of their own, \
             `scripts/with-postgres.sh cargo nextest run -p store`",
        );
        let name = format!("test_{}", Random::system().uuid().simple());
        let database = Database { server, name };
        // As the store does, before the first connection.
        openssl_sys::init();
        // Copying the files of an empty database is quicker than writing its pages to the log.
        let mut connection = PgConnection::establish(&database.server).expect("TEST_POSTGRES_URL leads to a server");
        let create = format!("CREATE DATABASE {} STRATEGY file_copy", database.name);
        connection.batch_execute(&create).expect("the server lets a superuser do that");
        let (server, _) = database.server.rsplit_once('/').expect("the address ends with a database");
        let url = format!("{server}/{}", database.name);
        World::at(url, Kind::Postgres, Home::Database(database))
    }

    fn at(url: String, kind: Kind, home: Home) -> World {
        let store = open(&url).expect("the database is there");
        World { store, url, random: Random::seeded(1), kind, _home: home }
    }

    async fn with_tables(self) -> World {
        self.store.migrate().await.expect("the tables can be made");
        self
    }

    /// Two of each of four servers: they meet in the pool as well as in the database.
    pub(crate) fn eight_nodes(&self) -> Vec<Store> {
        let servers: Vec<Store> = (0..4).map(|_| self.another_node()).collect();
        [servers.clone(), servers].concat()
    }

    /// Another server on the same database.
    pub(crate) fn another_node(&self) -> Store {
        open(&self.url).expect("the database is there")
    }

    pub(crate) async fn does<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.store.transact(work).await.expect("nothing stands in the way")
    }

    pub(crate) async fn sees<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.store.read(work).await.expect("nothing stands in the way")
    }

    /// Past the store, on a connection of its own.
    pub(crate) fn raw(&self) -> Raw {
        match self.kind {
            Kind::Sqlite => {
                let path = self.url.strip_prefix("sqlite://").expect("it is an SQLite database");
                Raw::Sqlite(SqliteConnection::establish(path).expect("the file is there"))
            }
            Kind::Postgres => Raw::Postgres(PgConnection::establish(&self.url).expect("the server is there")),
        }
    }

    pub(crate) fn sql(&self, sql: &str) {
        self.raw().run(sql).expect("the statement is sound");
    }

    /// The one column, of text and named `value`, that a query gives.
    pub(crate) fn texts(&self, query: &str) -> Vec<String> {
        self.raw().texts(query)
    }

    pub(crate) fn count(&self, table: &str) -> usize {
        let counts = self.texts(&format!("SELECT CAST(count(*) AS TEXT) AS value FROM {table}"));
        counts[0].parse().expect("a count is a number")
    }
}

pub(crate) const CONNECTIONS: u32 = 4;

pub(crate) fn open(url: &str) -> Result<Store, StoreError> {
    Store::open(url, PoolSettings { connections: CONNECTIONS, wait: Duration::from_secs(10) })
}

pub(crate) enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct PostgresStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    detail: String,
}

impl Raw {
    pub(crate) fn run(&mut self, sql: &str) -> QueryResult<()> {
        match self {
            Raw::Sqlite(connection) => connection.batch_execute(sql),
            Raw::Postgres(connection) => connection.batch_execute(sql),
        }
    }

    /// What an EXPLAIN says, step by step.
    pub(crate) fn plan(&mut self, explain: &str) -> Vec<String> {
        let query = diesel::sql_query(explain);
        match self {
            Raw::Sqlite(connection) => {
                let steps: Vec<SqliteStep> = query.load(connection).expect("the statement is sound");
                steps.into_iter().map(|step| step.detail).collect()
            }
            Raw::Postgres(connection) => {
                let steps: Vec<PostgresStep> = query.load(connection).expect("the statement is sound");
                steps.into_iter().map(|step| step.detail).collect()
            }
        }
    }

    pub(crate) fn texts(&mut self, query: &str) -> Vec<String> {
        let query = diesel::sql_query(query);
        let rows: QueryResult<Vec<TextRow>> = match self {
            Raw::Sqlite(connection) => query.load(connection),
            Raw::Postgres(connection) => query.load(connection),
        };
        rows.expect("the query is sound").into_iter().map(|row| row.value).collect()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Ok(mut server) = PgConnection::establish(&self.server) else { return };
        // Forced, because the connections of the store may still be closing.
        let dropped = server.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        if !std::thread::panicking() {
            dropped.expect("a database of our own can be dropped");
        }
    }
}
