//! Loads an extract of teaching records (CSV, UTF-8, with a header) into the database: row by row, all or nothing.
//!
//! Nothing that a person's record holds ever reaches a message: a bad row is told by its line and column.

mod columns;
mod extract;
mod fault;
mod report;
mod row;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use identity::record::TeachingRecord;
use indicatif::{ProgressBar, ProgressStyle};
use store::{Db, Store, StoreError};
use thiserror::Error;

pub use columns::HeaderFault;
use extract::Extract;
pub use fault::{BadRows, Fault};
pub use report::Report;

/// Records written at a time: enough that a row costs little, few enough that memory stays flat.
const CHUNK: usize = 1_000;

/// Why an extract was not imported. Whichever it is, the database is as it was.
#[derive(Debug, Error)]
pub enum ImportError {
    #[error("the file cannot be read: {0}")]
    Unreadable(#[source] io::Error),
    #[error("{0}")]
    Header(#[from] HeaderFault),
    #[error("{0}")]
    BadRows(BadRows),
    #[error("the database did not take the records: {0}")]
    Store(#[from] StoreError),
}

impl From<csv::Error> for ImportError {
    fn from(error: csv::Error) -> Self {
        // Fields are read as bytes and rows may have any length, so reading is all that can fail.
        Self::Unreadable(error.into())
    }
}

/// Imports `file` in one transaction. Records that the database has under the same TRN are replaced; those that the
/// file does not name stay. Blocks; shows a progress bar when standard error is a terminal.
pub fn run(store: &Store, file: &Path) -> Result<Report, ImportError> {
    let source = File::open(file).map_err(ImportError::Unreadable)?;
    let bar = progress(source.metadata().map_err(ImportError::Unreadable)?.len());
    let extract = Extract::open(bar.wrap_read(source))?;
    let outcome = store.transact_blocking(|db| load(db, extract));
    bar.finish_and_clear();
    outcome
}

/// Every record of `file`, without a database.
pub fn read(file: &Path) -> Result<Vec<TeachingRecord>, ImportError> {
    let mut extract = Extract::open(File::open(file).map_err(ImportError::Unreadable)?)?;
    let (mut records, mut bad) = (Vec::new(), BadRows::default());
    while let Some(row) = extract.next()? {
        match row {
            Ok(record) => records.push(record),
            Err(faults) => bad.add(faults),
        }
    }
    if bad.is_empty() { Ok(records) } else { Err(ImportError::BadRows(bad)) }
}

/// Bytes read against bytes there are: the number of rows is not known before the end. Hidden where standard error is
/// not a terminal.
fn progress(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {percent}% {binary_bytes_per_sec} {eta} left")
        .expect("the template is a constant that a test draws");
    ProgressBar::new(bytes).with_style(style)
}

/// Writes every record, and past the first bad row only looks for others to report: nothing will be kept then.
fn load<R: Read>(db: &mut Db<'_>, mut extract: Extract<R>) -> Result<Report, ImportError> {
    let mut report = Report::default();
    let mut bad = BadRows::default();
    let mut chunk: Vec<TeachingRecord> = Vec::with_capacity(CHUNK);
    while let Some(row) = extract.next()? {
        match row {
            Ok(record) if bad.is_empty() => chunk.push(record),
            Ok(_) => {}
            Err(faults) => bad.add(faults),
        }
        if chunk.len() == CHUNK {
            write(db, &mut chunk, &mut report)?;
        }
    }
    if !bad.is_empty() {
        return Err(ImportError::BadRows(bad));
    }
    write(db, &mut chunk, &mut report)?;
    db.records().refresh_training_providers()?;
    Ok(report)
}

fn write(db: &mut Db<'_>, chunk: &mut Vec<TeachingRecord>, report: &mut Report) -> Result<(), StoreError> {
    report.add(db.records().upsert(chunk)?);
    chunk.clear();
    Ok(())
}
