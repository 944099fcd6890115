//! SQLite's one writer: a thread of its own, which does in one transaction whatever waits by then. A commit waits for the disk, and
//! so costs as much for many as for one. Each piece of work has a savepoint, and succeeds or fails alone; nobody is told of a
//! success before it is on the disk.

mod job;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::connection::TransactionManager;
use tokio::sync::oneshot;

use crate::connection::{Access, Connector, Link};
use crate::db::Db;
use crate::error::StoreError;
use crate::transaction::Transactions;
use job::{Claim, Claimed, Job, Settle, Waiting};

/// So much work is committed together at most. The first of it waits for the last; and while the disk has one lot, those who were in
/// the lot before go on, which they could not if all who come were in one.
const MOST_TOGETHER: usize = 32;

/// Cheap to clone. The thread ends with the last clone.
#[derive(Clone)]
pub(crate) struct Writer {
    thread: Arc<Thread>,
    wait: Duration,
}

/// The thread, and the way to it. Whoever drops it waits until its connection is closed: where that is the last one to the database,
/// what its log holds goes into the file, which a process that just ended would prevent.
struct Thread {
    queue: Option<Sender<Box<dyn Job>>>,
    handle: Option<JoinHandle<()>>,
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.queue = None;
        // The last clone may be in the hands of work that the thread itself does.
        let others = self.handle.take().filter(|handle| handle.thread().id() != std::thread::current().id());
        if others.is_some_and(|handle| handle.join().is_err()) {
            tracing::error!("the writer's thread has panicked");
        }
    }
}

impl Writer {
    /// Opens the connection, and makes the file where there is none.
    pub(crate) fn open(connector: Connector) -> Result<Writer, StoreError> {
        let (queue, jobs) = mpsc::channel();
        let wait = connector.wait;
        let link = connector.open()?;
        let desk = Desk { connector, link: Some(link), jobs };
        let thread = std::thread::Builder::new().name("store-writer".into());
        let handle = thread.spawn(|| desk.work()).map_err(StoreError::unavailable)?;
        let thread = Arc::new(Thread { queue: Some(queue), handle: Some(handle) });
        Ok(Writer { thread, wait })
    }

    /// Does `work` when its turn comes, in a transaction that it may share with others. Work that waits too long is not begun.
    pub(crate) async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    {
        let (tell, mut told) = oneshot::channel();
        let claim = Claim::default();
        let job = Box::new(Waiting { work, claim: claim.clone(), tell });
        let sent = self.thread.queue.as_ref().is_some_and(|queue| queue.send(job).is_ok());
        if !sent {
            return Err(StoreError::unavailable("the writer has ended").into());
        }
        let done = match tokio::time::timeout(self.wait, &mut told).await {
            Ok(done) => done,
            Err(_) if claim.take() => return Err(StoreError::unavailable("others write for too long").into()),
            Err(_) => told.await,
        };
        match done.map_err(StoreError::unavailable)? {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// Where the thread works.
struct Desk {
    connector: Connector,
    /// Nothing after it broke.
    link: Option<Link>,
    jobs: Receiver<Box<dyn Job>>,
}

impl Desk {
    fn work(mut self) {
        while let Ok(job) = self.jobs.recv() {
            if let Some(first) = job.claimed() {
                self.batch(first);
            }
        }
    }

    /// Does the first and whatever else waits, and commits it.
    fn batch(&mut self, first: Box<dyn Claimed>) {
        if let Err(error) = self.begin() {
            return first.refuse(error);
        }
        let mut done = Vec::new();
        let is_sound = self.do_all(first, &mut done);
        let committed = is_sound && self.commit();
        if !committed {
            // Whatever state it is in, a new one knows nothing of it.
            self.link = None;
        }
        for settle in done {
            settle(committed);
        }
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        let link = match &mut self.link {
            Some(link) => link,
            None => self.link.insert(self.connector.open()?),
        };
        link.connection.begin(Access::Write).map_err(|error| StoreError::unavailable(StoreError::from(error)))
    }

    /// False as soon as the connection is of no use.
    fn do_all(&mut self, first: Box<dyn Claimed>, done: &mut Vec<Settle>) -> bool {
        let Some(link) = &mut self.link else { return false };
        let mut next = Some(first);
        while let Some(job) = next {
            let (settle, is_sound) = job.run(&mut link.connection);
            done.push(settle);
            if !is_sound {
                tracing::error!("the writer's transaction has ended before its time");
                return false;
            }
            next = if done.len() < MOST_TOGETHER { self.jobs.try_iter().find_map(Job::claimed) } else { None };
        }
        true
    }

    fn commit(&mut self) -> bool {
        let Some(link) = &mut self.link else { return false };
        match Transactions::commit_transaction(&mut link.connection) {
            Ok(()) => {
                metrics::counter!(crate::COMMITS).increment(1);
                true
            }
            Err(error) => {
                tracing::error!(%error, "a commit failed");
                false
            }
        }
    }
}
