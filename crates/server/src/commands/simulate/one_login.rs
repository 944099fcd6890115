//! The simulator of GOV.UK One Login.

use std::path::PathBuf;

use clap::Args;
use identity::clock::Clock;
use identity::random::Random;
use partners::simulators::one_login::{OneLogin, Person, Registration, SAMPLE_PUBLIC_KEY};

use super::{Done, Stand, serve};
use crate::system;

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    stand: Stand,
    /// What the server calls itself there: its `one_login.client_id`.
    #[arg(long, default_value = "get-an-identity")]
    client_id: String,
    /// The public key of its `one_login.private_key`, in PEM; without it that of the sample key.
    #[arg(long)]
    public_key: Option<PathBuf>,
    /// The people whom its page offers, as a JSON list; without it some of the sample records.
    #[arg(long)]
    people: Option<PathBuf>,
}
