//! `clients`: what an operator does with the relying services' files.

use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;

use clap::Subcommand;
use identity::client_secret::ClientSecretHash;
use identity::random::Random;
use identity::secret::Plain;

use super::{Done, Failure, configuration};
use crate::clients;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Hash a client secret for `client_secrets`: the one on standard input, or a new one when that is a terminal.
    HashSecret,
    /// List every client, one a line: id, TRN, match policy, PKCE, scopes, name.
    List,
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        match self {
            Command::HashSecret => hash_secret(),
            Command::List => list(files),
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

/// The word that a client's file has for it.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
