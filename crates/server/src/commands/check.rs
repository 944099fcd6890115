//! `check`: is everything in order that can be known without starting?

use std::path::PathBuf;

use super::{Done, Failure, configuration};
use crate::{clients, webhooks};

/// Reads the configuration, the clients and the webhooks, and nothing else: no database is opened, no file made.
pub(super) fn run(files: &[PathBuf]) -> Done {
    let config = configuration(files)?;
    let clients = clients::load(&config.clients, config.server.profile).map_err(Failure::Configuration)?;
    let faults = clients::sample_secrets(&clients, config.server.profile);
    if !faults.is_empty() {
        return Err(Failure::Configuration(faults));
    }
    let webhooks = webhooks::load(&config.webhooks, config.server.profile).map_err(Failure::Configuration)?;
    println!("The configuration is in order, with {} client(s) and {} webhook(s).", clients.len(), webhooks.len());
    Ok(())
}
