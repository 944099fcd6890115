//! `check`: is everything in order that can be known without starting?

use std::path::PathBuf;

use super::{Done, Failure, environment};
use crate::clients;
use crate::config::Config;

/// Reads the configuration and the clients, and nothing else: no database is opened, no file made.
pub(super) fn run(files: &[PathBuf]) -> Done {
    let config = Config::load(files, environment()).map_err(Failure::Configuration)?;
    let clients = clients::load(&config.clients, config.server.profile).map_err(Failure::Configuration)?;
    println!("The configuration is in order, with {} client(s).", clients.len());
    Ok(())
}
