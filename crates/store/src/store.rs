//! The store: the one door to the database.

use std::sync::Arc;

use async_trait::async_trait;
use diesel::connection::SimpleConnection;
use identity::matching::Identifiers;
use identity::provider::TrainingProvider;
use identity::record::{Records, RecordsUnavailable, TeachingRecord, Unlocking};
use identity::teller::Teller;
use identity::trn::Trn;

use crate::connection::{Access, AnyConnection, Connector};
use crate::db::Db;
use crate::error::StoreError;
use crate::likeness;
use crate::migrations;
use crate::pool::{Pool, PoolSettings};
use crate::url::DatabaseUrl;
use crate::writer::Writer;

/// A database, SQLite or PostgreSQL. Cheap to clone: every clone shares the same connections.
#[derive(Clone)]
pub struct Store {
    /// Before those who write: on SQLite the last connection that is closed tidies up, and has to be one that may.
    readers: Pool,
    writers: Writers,
    teller: Option<Arc<dyn Teller>>,
}

/// Who writes.
#[derive(Clone)]
enum Writers {
    /// Any connection, on PostgreSQL.
    Pool(Pool),
    /// One thread, on SQLite.
    One(Writer, Arc<Connector>),
}

impl Store {
    /// Opens `sqlite:///path`, `sqlite://relative/path` (file and folders are made when absent) or `postgres://...`, and
    /// blocks until the first connections stand. The tables are made by [`Store::migrate`].
    pub fn open(url: &str, pool: PoolSettings) -> Result<Store, StoreError> {
        let url: DatabaseUrl = url.parse()?;
        match &url {
            DatabaseUrl::Postgres(_) => {
                let pool = Pool::open(&url, Access::Write, pool)?;
                Ok(Store { readers: pool.clone(), writers: Writers::Pool(pool), teller: None })
            }
            DatabaseUrl::Sqlite(path) => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(StoreError::unavailable)?;
                }
                // The writer first: it makes the file, and turns on the log in which the others can read.
                let connector = Connector { url: url.clone(), access: Access::Write, wait: pool.wait };
                let writers = Writers::One(Writer::open(connector.clone())?, Arc::new(connector));
                Ok(Store { readers: Pool::open(&url, Access::Read, pool)?, writers, teller: None })
            }
        }
    }

    /// The same store, whose transactions end with what the teller makes of them.
    #[must_use]
    pub fn told_by(self, teller: Arc<dyn Teller>) -> Store {
        Store { teller: Some(teller), ..self }
    }

    /// Brings the tables up to this version of the program; says how many migrations it took. Several servers may call
    /// it at the same moment.
    pub async fn migrate(&self) -> Result<usize, StoreError> {
        let run = self.writers.connected(migrations::run).await?;
        self.renew_keys().await?;
        Ok(run)
    }

    /// Makes the keys of names that an older rule made, or none. In batches, so that nobody waits long for the writer.
    async fn renew_keys(&self) -> Result<(), StoreError> {
        while self.read(|db| likeness::are_old(db.connection())).await? {
            self.transact(|db| likeness::renew(db.connection())).await?;
        }
        Ok(())
    }

    /// Runs `work`, which writes nothing: one hop, one state of the database for all that it asks.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    {
        self.readers.run(Access::Read, work).await
    }

    /// Runs `work`, which only looks up a few rows by their keys, and at once: on SQLite on this very thread, since handing it to
    /// another would take longer; on PostgreSQL without a transaction, which would take two round trips more. Each look-up sees
    /// the database as it is by then.
    pub async fn glance<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    {
        if matches!(self.writers, Writers::Pool(_)) {
            return self.readers.glance(work).await;
        }
        match self.readers.run_here(work) {
            Ok(done) => done,
            Err(work) => self.read(work).await,
        }
    }

    /// Runs `work` in one transaction: committed when it succeeds, rolled back when it returns an error or panics.
    pub async fn transact<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    {
        let work = self.telling(work);
        match &self.writers {
            Writers::Pool(pool) => pool.run(Access::Write, work).await,
            Writers::One(writer, _) => writer.run(work).await,
        }
    }

    /// [`Store::transact`] for work that is one statement, about which no teller has anything to tell. It is committed by itself, which
    /// on PostgreSQL takes two round trips less than a transaction around it would.
    pub async fn stroke<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    {
        match &self.writers {
            Writers::Pool(pool) => pool.stroke(work).await,
            Writers::One(writer, _) => writer.run(work).await,
        }
    }

    /// [`Store::transact`] for a command that has a thread to itself, and streams more than fits into memory. On SQLite
    /// nobody else writes until it is done.
    pub fn transact_blocking<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Db<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let work = self.telling(work);
        match &self.writers {
            Writers::Pool(pool) => pool.run_blocking(Access::Write, work),
            Writers::One(_, connector) => connector.run_alone(work),
        }
    }

    /// `work`, and what is told of it.
    fn telling<T, E: From<StoreError>, F>(&self, work: F) -> impl FnOnce(&mut Db<'_>) -> Result<T, E> + use<T, E, F>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T, E>,
    {
        let teller = self.teller.clone();
        move |db| {
            let Some(teller) = teller else { return work(db) };
            db.note_facts();
            let done = work(db)?;
            db.tell(&*teller)?;
            Ok(done)
        }
    }

    /// Carries what SQLite's log still holds into the file, for whoever copies that once the server has stopped, and so that the next
    /// one has no log to read before it answers.
    pub async fn settle(&self) -> Result<(), StoreError> {
        let settle = |connection: &mut AnyConnection| match connection {
            AnyConnection::Sqlite(sqlite) => Ok(sqlite.batch_execute("PRAGMA wal_checkpoint(TRUNCATE);")?),
            AnyConnection::Postgres(_) => Ok(()),
        };
        self.writers.connected(settle).await
    }

    /// Whether the database answers and has every table of this version.
    pub async fn is_ready(&self) -> bool {
        match self.read(|db| migrations::are_done(db.connection())).await {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "the database is not ready");
                false
            }
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Writers {
    /// Runs `work` with a connection outside any transaction.
    async fn connected<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        match self {
            Writers::Pool(pool) => pool.connected(work).await,
            Writers::One(_, connector) => {
                let connector = connector.clone();
                let work = move || work(&mut connector.open()?.connection);
                tokio::task::spawn_blocking(work).await.map_err(StoreError::unavailable)?
            }
        }
    }
}

/// The embedded source of teaching records: the extract that was imported.
#[async_trait]
impl Records for Store {
    async fn candidates(&self, stated: &Identifiers) -> Result<Vec<TeachingRecord>, RecordsUnavailable> {
        let stated = stated.clone();
        self.read(move |db| db.records().candidates(&stated)).await.map_err(unavailable)
    }

    async fn by_trn(&self, trn: &Trn) -> Result<Option<TeachingRecord>, RecordsUnavailable> {
        let trn = trn.clone();
        self.glance(move |db| db.records().by_trn(&trn)).await.map_err(unavailable)
    }

    async fn unlock_portal(&self, trn: &Trn) -> Result<Unlocking, RecordsUnavailable> {
        let trn = trn.clone();
        self.transact(move |db| db.records().unlock_portal(&trn)).await.map_err(unavailable)
    }

    async fn training_providers(&self) -> Result<Vec<TrainingProvider>, RecordsUnavailable> {
        self.read(|db| db.records().training_providers()).await.map_err(unavailable)
    }
}

fn unavailable(error: StoreError) -> RecordsUnavailable {
    RecordsUnavailable::new(error)
}
