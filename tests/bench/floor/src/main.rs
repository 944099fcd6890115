//! Measures on this machine what the parts of an operation cost: signatures, hashes, look-ups and commits. `make bench`
//! holds each operation of the provider against the sum of its parts.
//!
//! Nothing here knows the provider. What it does with a key, a secret or a database is done here in the same way, by the
//! same libraries, with nothing around it. Whoever calls pins the program to a core, and sees that the machine is quiet.

mod measure;
mod parts;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use serde::Serialize;

use crate::measure::{Cost, Done};

/// Prints what the parts cost, as one JSON object; all times are in microseconds for one operation.
#[derive(Parser)]
struct Options {
    /// Where to make files for a while: on the disk that the provider's database is on.
    #[arg(long, value_name = "FOLDER")]
    folder: PathBuf,
    /// A PostgreSQL database to measure too, in a table that is removed again: postgres://...
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
}

#[derive(Serialize)]
struct Report {
    costs: Vec<Cost>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to hear of it where standard error is closed.
            let _ = writeln!(std::io::stderr(), "floor: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Done {
    let mut costs = parts::signatures::costs()?;
    costs.extend(parts::secrets::costs()?);
    costs.extend(parts::memory::costs()?);
    costs.extend(parts::disk::costs(&options.folder)?);
    costs.extend(parts::sqlite::costs(&options.folder)?);
    if let Some(url) = &options.postgres {
        costs.extend(parts::postgres::costs(url)?);
    }
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &Report { costs })?;
    Ok(writeln!(out)?)
}
