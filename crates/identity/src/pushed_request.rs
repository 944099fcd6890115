//! A pushed authorization request (RFC 9126): checked and kept until the browser brings the reference to it, once.

use crate::client::ClientId;
use crate::clock::Time;
use crate::secret::Hashed;

#[derive(Clone, Debug, PartialEq)]
pub struct PushedRequest {
    /// The keyed hash of what the client got for it.
    pub reference: Hashed,
    pub client_id: ClientId,
    /// The request as the authorization server keeps it, in JSON.
    pub authorization: String,
    pub expires_at: Time,
    pub used_at: Option<Time>,
}
