//! The authorization_code (RFC 6749, section 4.1.2): the id of its grant, by which that is found, and a secret. What is kept is a keyed
//! hash of both together.

use identity::grant::GrantId;
use identity::secret::{Hashed, Plain, Purpose};

use crate::Provider;

/// A code for this grant, and the hash that is kept of it.
pub(crate) fn new(grant: GrantId, provider: &Provider) -> (Plain, Hashed) {
    let code = Plain::new(format!("{grant}.{}", provider.random.token().expose()));
    let hash = hash(&code, provider);
    (code, hash)
}

/// The grant that a code says it is for. Whether it is, its hash tells.
pub(crate) fn grant_of(code: &Plain) -> Option<GrantId> {
    let (grant, _) = code.expose().split_once('.')?;
    grant.parse().ok()
}

pub(crate) fn hash(code: &Plain, provider: &Provider) -> Hashed {
    provider.hash_key.hash(Purpose::AuthorizationCode, "", code)
}
