//! Secrets of the demo service's clients that somebody took over.

use identity::client::Client;
use identity::client_secret::VerifiedSecrets;
use identity::random::Random;

use crate::config::{Fault, Profile};
use crate::demo_client::sample_clients::secrets_known_to_all;

/// Each registered hash of a secret that everybody knows, under whatever salt. To find out takes a hash for each of them and each
/// secret: `check` has the time for it, and a server that starts has not. It refuses them when they come.
pub fn sample_secrets(clients: &[Client], profile: Profile) -> Vec<Fault> {
    let known = secrets_known_to_all(profile);
    let verified = VerifiedSecrets::new(&Random::seeded(0));
    let hashes = clients.iter().flat_map(|client| client.secrets.iter().enumerate().map(move |hash| (client, hash)));
    hashes
        .filter(|(_, (_, hash))| known.iter().any(|secret| verified.verify(std::slice::from_ref(hash), secret)))
        .map(|(client, (index, _))| {
            let what = "is the hash of a sample secret, which everybody knows: make your own";
            Fault::new(format!("{}.toml", client.id), format!("client_secrets[{index}]"), what)
        })
        .collect()
}
