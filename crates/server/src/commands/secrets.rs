//! `secrets`: the keys that seal what is kept.

use std::path::PathBuf;

use clap::Subcommand;
use identity::random::Random;

use super::tickets::open_store;
use super::{Done, Failure, configuration};
use crate::rekey::{Rekeyed, Status};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Seal everything that an old key sealed with the first of `secrets.sealing_keys`. Servers may run meanwhile.
    Rekey {
        /// Change nothing: say how many rows of which table are under which key.
        #[arg(long)]
        status: bool,
    },
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let config = configuration(files)?;
        let (store, ring) = (open_store(&config)?, config.secrets.sealing_keys.ring());
        match self {
            Command::Rekey { status: true } => println!("{}", Status::read(&store, ring)?),
            Command::Rekey { status: false } => {
                let done = Rekeyed::run(&store, ring, &Random::system())?;
                if !done.is_whole() {
                    return Err(Failure::Other(done.to_string()));
                }
                println!("{done}");
            }
        }
        Ok(())
    }
}
