//! What the fuzz target of clients' files runs (docs/fuzzing.md).

use std::path::Path;

use identity::client::{Client, SigningAlgorithm};
use identity::client_authentication::PublicKeys;
use url::{Host, Url};

use super::file;
use crate::config::{Fault, Profile};

const MARKER: &str = "a-secret-that-stands-in-the-file";

/// A file is a client or has faults. In production no client's browser goes anywhere in plain http but to its own machine,
/// and none has less than its profile and its kind ask for. No fault tells a secret. Says whether there is a client.
pub fn client_file(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let client = parsed(text, Profile::Production, &mut Vec::new());
    if let Some(client) = &client {
        is_fit_for_production(client);
    }
    // Hashing a secret takes too long to do a thousand times.
    if !text.contains("plain_secret") {
        parsed(text, Profile::Development, &mut Vec::new());
    }
    tells_no_secret(text);
    client.is_some()
}

fn tells_no_secret(text: &str) {
    if text.contains(MARKER) {
        return;
    }
    let mut faults = Vec::new();
    let hidden = format!("plain_secret = \"{MARKER}\"\nclient_secrets = [\"{MARKER}\"]\n{text}");
    assert_eq!(parsed(&hidden, Profile::Production, &mut faults), None);
    assert!(faults.iter().all(|fault| !fault.to_string().contains(MARKER)), "{faults:?}");
}

fn parsed(text: &str, profile: Profile, faults: &mut Vec<Fault>) -> Option<Client> {
    let before = faults.len();
    let client = file::parse(Path::new("a.toml"), text, profile, faults);
    assert_eq!(client.is_some(), faults.len() == before, "{faults:?}");
    client
}

fn is_fit_for_production(client: &Client) {
    let published = if let PublicKeys::At(address) = &client.public_keys { Some(address.to_string()) } else { None };
    let addresses = client.redirect_uris.iter().chain(&client.post_logout_redirect_uris).chain(&client.resources);
    for address in addresses.cloned().chain(published).chain([client.service_url.to_string()]) {
        let url = Url::parse(&address).expect("an address is absolute");
        let stays = match url.host().expect("an address has a host") {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.octets()[0] == 127,
            Host::Ipv6(address) => address.segments() == [0, 0, 0, 0, 0, 0, 0, 1],
        };
        assert!(url.scheme() == "https" || (url.scheme() == "http" && stays), "{address}");
        assert!(url.fragment().is_none() && url.username().is_empty(), "{address}");
    }
    assert!(client.id.as_str() == "a" && !client.redirect_uris.is_empty());
    assert!(client.pkce_required || !client.is_public());
    let signs = client.id_token_signed_response_alg != SigningAlgorithm::RS256;
    assert!(!client.is_fapi || (client.par_required && client.dpop_required && client.pkce_required && signs));
}

#[cfg(test)]
#[path = "../../../../fuzz/replay.rs"]
mod replay;

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_is_a_sound_client_or_has_faults_that_tell_no_secret_whatever_it_says() {
        super::replay::replay("client_file", &["fapi.toml", "public.toml", "published.toml"], 1000, super::client_file);
    }
}
