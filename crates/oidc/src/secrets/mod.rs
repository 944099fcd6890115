//! Verifying client secrets, so that an unknown client takes as long to refuse as a wrong secret, and whoever sends wrong ones
//! keeps nobody else waiting.

mod turns;

use std::sync::Arc;

use actix_web::web::Data;
use identity::client::Client;
use identity::client_secret::{ClientSecretHash, VerifiedSecrets};
use identity::random::Random;
use identity::secret::Plain;

use crate::Provider;

pub(crate) use turns::Crowded;
use turns::Turns;

/// Remembers which secrets have verified, and holds a hash that no secret fits for clients that do not exist.
#[derive(Debug)]
pub struct Secrets {
    verified: VerifiedSecrets,
    decoy: ClientSecretHash,
    known_to_all: Vec<Plain>,
    turns: Turns,
}

impl Secrets {
    pub fn new(random: &Random) -> Secrets {
        let (verified, decoy) = (VerifiedSecrets::new(random), ClientSecretHash::of_nothing(random));
        Secrets { verified, decoy, known_to_all: Vec::new(), turns: Turns::default() }
    }

    /// The same, but that these secrets, which everybody knows, are nobody's: of a hash alone one does not see what it is of.
    #[must_use]
    pub fn refusing(self, known_to_all: Vec<Plain>) -> Secrets {
        Secrets { known_to_all, ..self }
    }

    /// Is this a live secret of the client? What has verified before is known at once; all else is hashed, when its turn comes.
    pub(crate) async fn verify(
        provider: &Data<Provider>,
        client: Option<Arc<Client>>,
        secret: Plain,
    ) -> Result<bool, Crowded> {
        let secrets = &provider.secrets;
        if secrets.verified.remembers(secrets.hashes(client.as_deref()), &secret) {
            return Ok(client.is_some());
        }
        if secrets.known_to_all.contains(&secret) {
            tracing::warn!(client = ?client.map(|client| client.id.clone()), "a secret that everybody knows is refused");
            return Ok(false);
        }
        let (id, at) = (client.as_ref().map(|client| client.id.clone()), provider.clone());
        let hash = move || at.secrets.verified.verify(at.secrets.hashes(client.as_deref()), &secret);
        secrets.turns.take(id, hash).await
    }

    fn hashes<'a>(&'a self, client: Option<&'a Client>) -> &'a [ClientSecretHash] {
        match client {
            Some(client) if !client.secrets.is_empty() => &client.secrets,
            _ => std::slice::from_ref(&self.decoy),
        }
    }
}
