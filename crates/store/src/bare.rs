//! Work on PostgreSQL without a transaction around it. It takes two round trips less, and asks for a promise: to write nothing, or to be
//! one statement. A build with debug assertions, as tests are, holds it to that.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::{Connection, QueryResult};

use crate::connection::AnyConnection;
use crate::db::Db;
use crate::error::StoreError;

/// Runs `work`, which writes nothing.
pub(crate) fn looking<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut Db<'_>) -> Result<T, E>,
) -> Result<T, E> {
    read_only(connection, true).map_err(StoreError::from)?;
    let done = work(&mut Db::new(connection));
    // What fails here failed in the work.
    read_only(connection, false).ok();
    done
}

fn read_only(connection: &mut AnyConnection, on: bool) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(postgres) if cfg!(debug_assertions) => postgres.batch_execute(if on {
            "SET default_transaction_read_only = on"
        } else {
            "RESET default_transaction_read_only"
        }),
        _ => Ok(()),
    }
}

/// Runs `work`, which is one statement: it is committed by itself.
pub(crate) fn at_a_stroke<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut Db<'_>) -> Result<T, E>,
) -> Result<T, E> {
    if !cfg!(debug_assertions) {
        return work(&mut Db::new(connection));
    }
    let statements = Statements::default();
    connection.set_instrumentation(statements.clone());
    let done = work(&mut Db::new(connection));
    connection.set_instrumentation(None::<Box<dyn Instrumentation>>);
    let count = statements.0.load(Ordering::Relaxed);
    assert!(count <= 1, "{count} statements belong together, and need a transaction");
    done
}

/// Counts them.
#[derive(Clone, Default)]
struct Statements(Arc<AtomicU32>);

impl Instrumentation for Statements {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
