//! What becomes of a transaction: committed when the work in it succeeds, rolled back when it does not.

use diesel::Connection;
use diesel::connection::TransactionManager;

use crate::connection::AnyConnection;
use crate::db::Db;
use crate::error::StoreError;

pub(crate) type Transactions = <AnyConnection as Connection>::TransactionManager;

/// Does the work in the transaction, or the savepoint, that was begun last, and ends that.
pub(crate) fn complete<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut Db<'_>) -> Result<T, E>,
) -> Result<T, E> {
    match work(&mut Db::new(connection)) {
        Ok(done) => {
            Transactions::commit_transaction(connection).map_err(StoreError::from)?;
            Ok(done)
        }
        Err(error) => {
            // A connection that cannot roll back is broken, and is dropped: nothing of it is committed.
            if let Err(failure) = Transactions::rollback_transaction(connection) {
                tracing::warn!(error = %failure, "a transaction could not be rolled back");
            }
            Err(error)
        }
    }
}
