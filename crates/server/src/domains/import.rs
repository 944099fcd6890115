//! Loads the domains of a register of establishments: CSV with a header, of which only the column SchoolWebsite counts.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use csv::{ByteRecord, Reader, ReaderBuilder};
use identity::institution_domain::InstitutionDomain;
use store::{Db, Store, StoreError};
use thiserror::Error;

use super::report::Report;
use super::text::decoded;
use crate::lines::{PlainLines, line_of};

const COLUMN: &str = "SchoolWebsite";

/// Domains written at a time: enough that one costs little, few enough that memory stays flat.
const CHUNK: usize = 1_000;

/// Why a register was not imported. Whichever it is, the database is as it was.
#[derive(Debug, Error)]
pub enum ImportError {
    #[error("the file cannot be read: {0}")]
    Unreadable(#[source] io::Error),
    #[error("the header has no column {COLUMN}")]
    NoColumn,
    #[error("the database did not take the domains: {0}")]
    Store(#[from] StoreError),
}

impl From<csv::Error> for ImportError {
    fn from(error: csv::Error) -> Self {
        // Fields are read as bytes and rows may have any length, so reading is all that can fail.
        Self::Unreadable(error.into())
    }
}

/// Imports `file` in one transaction, row by row. Domains that are there already stay, and so do those that the file
/// does not name. Blocks.
pub fn run(store: &Store, file: &Path) -> Result<Report, ImportError> {
    let source = File::open(file).map_err(ImportError::Unreadable)?;
    let register = Register::open(source)?;
    store.transact_blocking(|db| load(db, register))
}

struct Register<R> {
    reader: Reader<PlainLines<R>>,
    place: usize,
}

impl<R: Read> Register<R> {
    /// Reads the header, and where in it the website stands.
    fn open(source: R) -> Result<Self, ImportError> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(PlainLines::of(source));
        let header = reader.byte_headers()?;
        let place = header.iter().position(|name| decoded(name).trim() == COLUMN).ok_or(ImportError::NoColumn)?;
        Ok(Self { reader, place })
    }
}

fn load<R: Read>(db: &mut Db<'_>, mut register: Register<R>) -> Result<Report, ImportError> {
    let mut report = Report::default();
    let mut row = ByteRecord::new();
    let mut chunk = Vec::with_capacity(CHUNK);
    while register.reader.read_byte_record(&mut row)? {
        report.read += 1;
        let website = decoded(row.get(register.place).unwrap_or_default());
        if website.trim().is_empty() {
            report.without += 1;
            continue;
        }
        match InstitutionDomain::of_website(&website) {
            Ok(domain) => chunk.push(domain),
            Err(_) => report.skip(line_of(&row, &register.reader)),
        }
        if chunk.len() == CHUNK {
            write(db, &mut chunk, &mut report)?;
        }
    }
    write(db, &mut chunk, &mut report)?;
    Ok(report)
}

fn write(db: &mut Db<'_>, chunk: &mut Vec<InstitutionDomain>, report: &mut Report) -> Result<(), StoreError> {
    let new = db.institution_domains().insert(chunk)?;
    report.new += new as u64;
    report.present += (chunk.len() - new) as u64;
    chunk.clear();
    Ok(())
}
