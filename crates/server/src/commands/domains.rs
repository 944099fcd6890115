//! `domains`: the email domains of schools and training providers.

use std::path::PathBuf;

use clap::Subcommand;

use super::{Done, configuration};
use crate::{app, domains};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add the domains of a register of establishments (CSV, UTF-8 or Windows-1252, with a column SchoolWebsite). Those
    /// that are there stay.
    Import {
        /// The register, as "Get Information about Schools" publishes it.
        file: PathBuf,
    },
    /// Say how many there are.
    Count,
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let config = configuration(files)?;
        let store = app::open_store(&config)?;
        actix_web::rt::System::new().block_on(store.migrate())?;
        match self {
            Command::Import { file } => println!("{}", domains::run(&store, &file)?),
            Command::Count => println!("{}", store.transact_blocking(|db| db.institution_domains().count())?),
        }
        Ok(())
    }
}
