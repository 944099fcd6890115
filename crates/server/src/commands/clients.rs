//! `clients`: what an operator does with the relying services' files.

use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;

use clap::Subcommand;
use identity::client_secret::ClientSecretHash;
use identity::random::Random;
use identity::refused_request::RefusedRequest;
use identity::secret::Plain;

use super::tickets::open_store;
use super::{Done, Failure, configuration};
use crate::clients;
use crate::explain::Explanation;

/// Said where there is nothing to explain.
const UNKNOWN: &str = "\
No request is kept under this reference. It may be older than 14 days, or have come while too many were refused to keep them
all; a page that says that the service is unavailable has a reference, too. The log has the reason beside the reference.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Hash a client secret for `client_secrets`: the one on standard input, or a new one when that is a terminal.
    HashSecret,
    /// List every client, one a line: id, TRN, match policy, PKCE, scopes, name.
    List,
    /// Say what was wrong with a request that was refused on a page of ours: what was sent, what is registered, and how they
    /// differ.
    Explain {
        /// The one that the page shows, as 12345-67890.
        reference: String,
    },
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        match self {
            Command::HashSecret => hash_secret(),
            Command::List => list(files),
            Command::Explain { reference } => explain(files, &reference),
        }
    }
}

fn hash_secret() -> Done {
    let random = Random::system();
    let mut stdin = io::stdin();
    if stdin.is_terminal() {
        let secret = random.token();
        println!("{}\n{}", secret.expose(), ClientSecretHash::of(&secret, &random).as_str());
        eprintln!(
            "First the secret, which is shown this once: give it to the service. Then its hash for client_secrets."
        );
        return Ok(());
    }
    let mut text = String::new();
    stdin.read_to_string(&mut text)?;
    let secret = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if secret.is_empty() {
        return Err(Failure::Other("There is no secret on standard input.".into()));
    }
    println!("{}", ClientSecretHash::of(&Plain::new(secret), &random).as_str());
    Ok(())
}

fn list(files: &[PathBuf]) -> Done {
    let config = configuration(files)?;
    let clients = clients::load(&config.clients, config.server.profile).map_err(Failure::Configuration)?;
    for client in clients {
        let pkce = if client.pkce_required { "pkce" } else { "-" };
        let (trn, policy) = (word(client.trn), word(client.match_policy));
        println!(
            "{:<24} {trn:<10} {policy:<8} {pkce:<5} {:<34} {}",
            client.id.as_str(),
            client.scopes.to_string(),
            client.name
        );
    }
    Ok(())
}

fn explain(files: &[PathBuf], reference: &str) -> Done {
    let config = configuration(files)?;
    let clients = clients::load(&config.clients, config.server.profile).map_err(Failure::Configuration)?;
    let store = open_store(&config)?;
    let kept: Option<RefusedRequest> =
        store.transact_blocking(|db| db.refused_requests().by_reference(reference.trim()))?;
    let kept = kept.ok_or_else(|| Failure::Other(UNKNOWN.into()))?;
    print!("{}", Explanation::of(kept, &clients, config.secrets.sealing_keys.ring())?);
    Ok(())
}

/// The word that a client's file has for it.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
