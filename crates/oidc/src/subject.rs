//! The `sub` by which a client knows a person (OpenID Connect Core, section 8): the id of their account, or for a pairwise
//! client a keyed hash of it. The services of one sector see one and the same; those of two cannot tell by it that it is
//! one person, nor by the `sid` of the browser session, and none of them gets back to the account. Both are the same on
//! every server, and stay so as long as the hash key.

use identity::account::AccountId;
use identity::browser_session::SessionId;
use identity::client::Client;
use identity::secret::{Plain, Purpose};

use crate::Provider;

pub(crate) const SUBJECT_TYPES: [&str; 2] = ["public", "pairwise"];

pub(crate) fn of(account: AccountId, client: &Client, provider: &Provider) -> String {
    as_known_to(client, account.to_string(), provider)
}

/// The `sid` of a browser session.
pub(crate) fn session(session: SessionId, client: &Client, provider: &Provider) -> String {
    as_known_to(client, session.to_string(), provider)
}

fn as_known_to(client: &Client, id: String, provider: &Provider) -> String {
    match &client.pairwise_sector {
        None => id,
        Some(sector) => provider.hash_key.hash(Purpose::PairwiseSubject, sector, &Plain::new(id)).as_str().to_owned(),
    }
}
