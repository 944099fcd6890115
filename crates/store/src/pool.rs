//! A bounded number of connections, and the blocking hop to one of them.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::r2d2::{self, HandleError, R2D2Connection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::bare;
use crate::connection::{Access, AnyConnection, Connector};
use crate::db::Db;
use crate::error::StoreError;
use crate::transaction;
use crate::url::DatabaseUrl;

/// How many connections, and how long to wait for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSettings {
    /// On SQLite those that read (there is one more, which writes); on PostgreSQL all of them.
    pub connections: u32,
    /// Whoever waits longer gets [`StoreError::Unavailable`].
    pub wait: Duration,
}

impl Default for PoolSettings {
    fn default() -> PoolSettings {
        PoolSettings { connections: 8, wait: Duration::from_secs(2) }
    }
}

/// So long after its last answer a connection is taken to be alive.
const FRESH: Duration = Duration::from_secs(1);

type Lent = r2d2::PooledConnection<Connector>;

#[derive(Clone)]
pub(crate) struct Pool {
    connections: r2d2::Pool<Connector>,
    /// As many permits as connections: who waits, waits here, and keeps no thread from others.
    gate: Arc<Semaphore>,
    wait: Duration,
}

impl Pool {
    pub(crate) fn open(url: &DatabaseUrl, access: Access, settings: PoolSettings) -> Result<Pool, StoreError> {
        let connections = r2d2::Pool::builder()
            .max_size(settings.connections)
            // The others are opened when somebody wants one.
            .min_idle(Some(1))
            .connection_timeout(settings.wait)
            // Beginning the transaction is the test, and costs no round trip more.
            .test_on_check_out(false)
            .error_handler(Box::new(LogError))
            .build(Connector { url: url.clone(), access, wait: settings.wait })
            .map_err(StoreError::unavailable)?;
        let gate = Arc::new(Semaphore::new(settings.connections as usize));
        Ok(Pool { connections, gate, wait: settings.wait })
    }

    /// Runs `work` in a transaction, on a thread that may block. It is committed when `work` succeeds.
    pub(crate) async fn run<T, E, F>(&self, access: Access, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    {
        self.hop(move |pool| pool.run_blocking(access, work)).await
    }

    pub(crate) fn run_blocking<T, E: From<StoreError>>(
        &self,
        access: Access,
        work: impl FnOnce(&mut Db<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut lent = self.begin(access)?;
        let done = transaction::complete(&mut lent.connection, work);
        if access == Access::Write && done.is_ok() {
            metrics::counter!(crate::COMMITS).increment(1);
        }
        done
    }

    /// Runs `work`, which only reads and is quick, on this very thread and outside any transaction; gives it back when no
    /// connection is free.
    pub(crate) fn run_here<T, F: FnOnce(&mut Db<'_>) -> T>(&self, work: F) -> Result<T, F> {
        match self.connections.try_get() {
            Some(mut lent) => Ok(work(&mut Db::new(&mut lent.connection))),
            None => Err(work),
        }
    }

    /// Runs `work`, which only reads and is quick, outside any transaction on a thread that may block.
    pub(crate) async fn glance<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    {
        self.hop(move |pool| pool.without_transaction(move |connection| bare::looking(connection, work))).await
    }

    /// Runs `work`, which is one statement, outside any transaction on a thread that may block.
    pub(crate) async fn stroke<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    {
        self.hop(move |pool| {
            let done = pool.without_transaction(move |connection| bare::at_a_stroke(connection, work));
            if done.is_ok() {
                metrics::counter!(crate::COMMITS).increment(1);
            }
            done
        })
        .await
    }

    fn without_transaction<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut lent = self.lend_alive()?;
        let done = work(&mut lent.connection);
        lent.answered_at = done.is_ok().then(Instant::now);
        done
    }

    /// Runs `work` with a connection outside any transaction.
    pub(crate) async fn connected<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.hop(move |pool| work(&mut pool.lend()?.connection)).await
    }

    /// The blocking hop. The permit goes along, so that a caller who gives up does not let in one too many.
    async fn hop<T, E>(&self, work: impl FnOnce(&Pool) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let permit = self.permit().await?;
        let pool = self.clone();
        let done = elsewhere(Box::new(move || {
            let _permit = permit;
            Box::new(work(&pool))
        }));
        *done.await?.downcast().expect("the work gives what it says")
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        match tokio::time::timeout(self.wait, self.gate.clone().acquire_owned()).await {
            Ok(permit) => permit.map_err(StoreError::unavailable),
            Err(_) => Err(StoreError::unavailable("all connections are in use")),
        }
    }

    /// A connection with a transaction begun. Connections that died while they lay in the pool are passed over.
    fn begin(&self, access: Access) -> Result<Lent, StoreError> {
        let mut attempts = self.connections.max_size();
        loop {
            let mut lent = self.lend()?;
            match lent.connection.begin(access) {
                Ok(()) => return Ok(lent),
                Err(error) => {
                    let error = StoreError::from(error);
                    lent.dead = !matches!(lent.connection, AnyConnection::Sqlite(_));
                    if !lent.dead || attempts == 0 {
                        return Err(StoreError::unavailable(error));
                    }
                    attempts -= 1;
                }
            }
        }
    }

    /// A connection that answered a moment ago or does now. Those that died while they lay in the pool are passed over.
    fn lend_alive(&self) -> Result<Lent, StoreError> {
        let mut attempts = self.connections.max_size();
        loop {
            let mut lent = self.lend()?;
            if lent.answered_at.is_some_and(|at| at.elapsed() < FRESH) {
                return Ok(lent);
            }
            match lent.connection.ping() {
                Ok(()) => return Ok(lent),
                Err(error) if attempts == 0 => return Err(StoreError::unavailable(StoreError::from(error))),
                Err(_) => {
                    lent.dead = true;
                    attempts -= 1;
                }
            }
        }
    }

    fn lend(&self) -> Result<Lent, StoreError> {
        self.connections.get().map_err(StoreError::unavailable)
    }
}

/// Does the work on a thread that may block. It is one kind of task for every work: each kind is a few kilobytes of program, and
/// there would be a hundred.
async fn elsewhere(work: Box<dyn FnOnce() -> Box<dyn Any + Send> + Send>) -> Result<Box<dyn Any + Send>, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(cancelled) => StoreError::unavailable(cancelled),
    })
}

/// Tells the log why a connection could not be opened; the pool itself tries again.
#[derive(Debug)]
struct LogError;

impl HandleError<r2d2::Error> for LogError {
    fn handle_error(&self, error: r2d2::Error) {
        tracing::warn!(%error, "the database could not be reached");
    }
}
