//! `records`: the teaching records that the embedded source holds.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Done, configuration};
use crate::app;
use crate::records::import;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Load an extract (CSV, UTF-8, with a header) into the database: all of it, or nothing and a report of the bad
    /// rows. Records that are there under the same TRN are replaced; those that the file does not name stay.
    Import {
        /// The extract.
        file: PathBuf,
    },
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        match self {
            Command::Import { file } => import(files, &file),
        }
    }
}

fn import(files: &[PathBuf], file: &Path) -> Done {
    let config = configuration(files)?;
    let store = app::open_store(&config)?;
    actix_web::rt::System::new().block_on(store.migrate())?;
    println!("{}", import::run(&store, file)?);
    Ok(())
}
