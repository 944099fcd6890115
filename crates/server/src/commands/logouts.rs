//! `logouts`: which services have not heard of a sign-out.

use std::path::PathBuf;

use clap::Subcommand;

use super::tickets::open_store;
use super::{Done, configuration};
use crate::logouts::List;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the sign-outs that a service has still to hear of, or never did, the newest first, one a line.
    List {
        /// At most so many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let store = open_store(&configuration(files)?)?;
        let Command::List { limit } = self;
        println!("{}", store.transact_blocking(|db| List::read(db, limit))?);
        Ok(())
    }
}
