//! What can go wrong between us and a database. No message here repeats what was stored or looked up.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

use crate::constraint::Constraint;
use crate::url::DatabaseUrlError;

type Cause = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, Error)]
pub enum StoreError {
    /// An answer rather than a failure: somebody was there first. The transaction can go on; but on PostgreSQL not when it was
    /// a row whose keys are random, so that nobody can have been there first.
    #[error("it would break the rule of {0}")]
    Unique(Constraint),
    /// The database is gone, or too busy: the same call may succeed later.
    #[error("the database is unavailable")]
    Unavailable(#[source] Cause),
    /// A row that this program never writes. For a teaching record only the end of the TRN is shown.
    #[error("row {id} of {table} cannot be read: {what}")]
    Impossible { table: &'static str, id: String, what: &'static str },
    /// The address of the database cannot be one.
    #[error(transparent)]
    Url(#[from] DatabaseUrlError),
    /// A defect, of this program or of the database it was pointed to.
    #[error("the database refused")]
    Other(#[source] Cause),
}

impl StoreError {
    /// Keeps the `cause` for the log; a plain text will do.
    pub(crate) fn unavailable(cause: impl Into<Cause>) -> StoreError {
        StoreError::Unavailable(cause.into())
    }

    pub fn is_unavailable(&self) -> bool {
        matches!(self, StoreError::Unavailable(_))
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> StoreError {
        if let DieselError::DatabaseError(kind, detail) = &error {
            match kind {
                DatabaseErrorKind::UniqueViolation => {
                    let rule = match detail.constraint_name() {
                        Some(index) => Constraint::of_index(index),
                        None => Constraint::of_message(detail.message()),
                    };
                    return StoreError::Unique(rule);
                }
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure => {
                    return StoreError::unavailable(error);
                }
                _ => {}
            }
        }
        if is_contention(&error) {
            return StoreError::unavailable(error);
        }
        StoreError::Other(error.into())
    }
}

/// Have others held what this needed, for longer than we wait (SQLite, then PostgreSQL)?
pub(crate) fn is_contention(error: &DieselError) -> bool {
    let DieselError::DatabaseError(DatabaseErrorKind::Unknown, detail) = error else { return false };
    ["database is locked", "database table is locked", "deadlock detected"].contains(&detail.message())
}
