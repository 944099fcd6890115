//! Verifying client secrets, so that an unknown client takes as long to refuse as a wrong secret.

use identity::client::Client;
use identity::client_secret::{ClientSecretHash, VerifiedSecrets};
use identity::random::Random;
use identity::secret::Plain;

/// Remembers which secrets have verified, and holds a hash that no secret fits for clients that do not exist.
#[derive(Debug)]
pub struct Secrets {
    verified: VerifiedSecrets,
    decoy: ClientSecretHash,
}

impl Secrets {
    /// Costs one argon2id: make it once, at start.
    pub fn new(random: &Random) -> Secrets {
        Secrets { verified: VerifiedSecrets::new(random), decoy: ClientSecretHash::of(&random.token(), random) }
    }

    /// Is this a live secret of the client? Slow on purpose: never call it on an async thread.
    pub(crate) fn verify(&self, client: Option<&Client>, secret: &Plain) -> bool {
        match client.filter(|client| !client.secrets.is_empty()) {
            Some(client) => self.verified.verify(&client.secrets, secret),
            None => {
                self.verified.verify(std::slice::from_ref(&self.decoy), secret);
                false
            }
        }
    }
}
