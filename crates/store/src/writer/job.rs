//! A piece of work that waits for the writer, and whoever waits for what comes of it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::TransactionManager;
use tokio::sync::oneshot;

use crate::connection::AnyConnection;
use crate::db::Db;
use crate::error::StoreError;
use crate::transaction::{self, Transactions};

/// What comes of work: its own result, or the panic that it ended in.
pub(super) type Told<T, E> = Result<Result<T, E>, Box<dyn Any + Send>>;

/// Tells whoever waits, once it is known whether what was done is committed.
pub(super) type Settle = Box<dyn FnOnce(bool) + Send>;

/// Begun by the writer, or given up by whoever waits: the first of the two decides.
#[derive(Clone, Default)]
pub(super) struct Claim(Arc<AtomicBool>);

impl Claim {
    /// True for the first who asks.
    pub(super) fn take(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

pub(super) trait Job: Send {
    /// Nothing when nobody waits for it any more.
    fn claimed(self: Box<Self>) -> Option<Box<dyn Claimed>>;
}

pub(super) trait Claimed: Send {
    /// Does the work in a savepoint. Whether it succeeds is its own affair; false when the connection is of no use after it.
    fn run(self: Box<Self>, connection: &mut AnyConnection) -> (Settle, bool);
    fn refuse(self: Box<Self>, why: StoreError);
}

pub(super) struct Waiting<T, E, F> {
    pub(super) work: F,
    pub(super) claim: Claim,
    pub(super) tell: oneshot::Sender<Told<T, E>>,
}

impl<T, E, F> Job for Waiting<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
{
    fn claimed(self: Box<Self>) -> Option<Box<dyn Claimed>> {
        if self.claim.take() { Some(self) } else { None }
    }
}

impl<T, E, F> Claimed for Waiting<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
{
    fn run(self: Box<Self>, connection: &mut AnyConnection) -> (Settle, bool) {
        let Waiting { work, tell, .. } = *self;
        let done = match Transactions::begin_transaction(connection) {
            Ok(()) => catch_unwind(AssertUnwindSafe(|| transaction::complete(connection, work))),
            Err(error) => Ok(Err(StoreError::unavailable(error).into())),
        };
        let is_sound = back_in_batch(connection);
        let settle = move |committed: bool| {
            let done = match done {
                Ok(Ok(_)) if !committed => Ok(Err(StoreError::unavailable("it could not be committed").into())),
                done => done,
            };
            // Whoever waited may be gone.
            let _ = tell.send(done);
        };
        (Box::new(settle), is_sound)
    }

    fn refuse(self: Box<Self>, why: StoreError) {
        let _ = self.tell.send(Ok(Err(why.into())));
    }
}

/// Leaves the savepoints that a panic has left open. False when the batch's own transaction is not there any more.
fn back_in_batch(connection: &mut AnyConnection) -> bool {
    loop {
        match depth(connection) {
            Some(1) => return true,
            Some(2..) if Transactions::rollback_transaction(connection).is_ok() => {}
            _ => return false,
        }
    }
}

/// How many transactions are begun, one in another.
fn depth(connection: &mut AnyConnection) -> Option<u32> {
    let status = Transactions::transaction_manager_status_mut(connection);
    status.transaction_depth().ok().flatten().map(u32::from)
}
