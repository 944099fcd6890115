//! `keys`: the keys that sign tokens.

use std::path::PathBuf;

use clap::Subcommand;
use identity::client::SigningAlgorithm;
use identity::random::Random;

use super::tickets::open_store;
use super::{Done, Failure, configuration};
use crate::app::{Surroundings, key_keeper};
use crate::keys::{List, Revocation, Rotation, WARNING};
use crate::system;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the keys, one a line: since when each is in its state, and what happens to it next.
    List {
        /// Those that are gone, too.
        #[arg(long)]
        all: bool,
    },
    /// Make a successor for each key that signs. It is published now, and signs once every service has had time to see it.
    Rotate {
        /// For this algorithm alone: RS256, ES256, PS256 or EdDSA.
        #[arg(long, value_parser = algorithm)]
        algorithm: Option<SigningAlgorithm>,
    },
    /// End a key at once, because somebody else may have it. Where it is the one that signs, another signs at once.
    Revoke {
        /// As `keys list` shows it.
        #[arg(allow_hyphen_values = true)]
        kid: String,
        /// Really do it: whatever the key signed stops verifying.
        #[arg(long)]
        yes: bool,
    },
}

fn algorithm(typed: &str) -> Result<SigningAlgorithm, String> {
    let known = SigningAlgorithm::ALL.into_iter().find(|algorithm| algorithm.as_str().eq_ignore_ascii_case(typed));
    known.ok_or_else(|| "is RS256, ES256, PS256 or EdDSA".into())
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let config = configuration(files)?;
        let store = open_store(&config)?;
        let keeper = key_keeper(&config, &store, &Surroundings { clock: system::clock(), random: Random::system() });
        let runtime = actix_web::rt::System::new();
        match self {
            Command::List { all } => {
                let times = keeper.times;
                println!("{}", store.transact_blocking(|db| List::read(db, all, times))?);
            }
            Command::Rotate { algorithm } => {
                let algorithms = algorithm.map_or(SigningAlgorithm::ALL.to_vec(), |algorithm| vec![algorithm]);
                println!("{}", runtime.block_on(Rotation::begin(&keeper, &algorithms))?);
            }
            Command::Revoke { yes: false, .. } => return Err(Failure::Other(WARNING.into())),
            Command::Revoke { kid, yes: true } => {
                let revocation = runtime.block_on(Revocation::of(&kid, &keeper))?;
                if !revocation.is_of_a_key() {
                    return Err(Failure::Other(revocation.to_string()));
                }
                println!("{revocation}");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(subcommand)]
        command: Command,
    }

    #[test]
    fn a_key_whose_id_begins_with_a_hyphen_can_be_revoked() {
        for id in ["-gZB3yM", "-hZB3yM", "--ZB3yM", "ZB3yM"] {
            for words in [["keys", "revoke", id, "--yes"], ["keys", "revoke", "--yes", id]] {
                match Line::try_parse_from(words).map(|line| line.command) {
                    Ok(Command::Revoke { kid, yes: true }) => assert_eq!(kid, id),
                    other => panic!("{words:?}: {other:?}"),
                }
            }
        }
    }
}
