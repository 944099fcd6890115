//! `outbox`: what leaves, and what has not arrived.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use identity::account::AccountId;
use uuid::Uuid;

use super::tickets::open_store;
use super::{Done, configuration};
use crate::outbox::{List, Which, retry, retry_unanswered};
use crate::system;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the messages that have not arrived, the newest first, one a line: those that wait, came back or were given up.
    List {
        /// Those that were taken, too.
        #[arg(long)]
        all: bool,
        /// All those to or about an account, whatever came of them.
        #[arg(long, value_name = "ID", conflicts_with = "all")]
        account: Option<AccountId>,
        /// At most so many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Try once more what was given up, with the same id.
    Retry(Retried),
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Retried {
    /// One message, or several.
    ids: Vec<Uuid>,
    /// All that were given up because nobody answered.
    #[arg(long)]
    unanswered: bool,
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let config = configuration(files)?;
        let store = open_store(&config)?;
        let now = system::clock().now();
        match self {
            Command::List { all, account, limit } => {
                let which = account.map_or(if all { Which::All } else { Which::NotArrived }, Which::OfAccount);
                let ring = config.secrets.sealing_keys.ring();
                println!("{}", store.transact_blocking(|db| List::read(db, which, limit, ring))?);
            }
            Command::Retry(Retried { unanswered: true, .. }) => {
                let mut total = 0;
                loop {
                    let made_due = store.transact_blocking(|db| retry_unanswered(db, now))?;
                    if made_due == 0 {
                        break;
                    }
                    total += made_due;
                }
                println!("{total} messages are tried once more.");
            }
            Command::Retry(Retried { ids, .. }) => {
                store.transact_blocking(|db| ids.iter().try_for_each(|id| retry(db, *id, now)))?;
                println!("{} messages are tried once more.", ids.len());
            }
        }
        Ok(())
    }
}
