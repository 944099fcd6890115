//! An authorization request as a client makes it.

use super::{Params, encoded, pairs, set};

/// Characters from the whole alphabet of RFC 7636, section 4.1, `.` and `~` included.
pub(crate) const VERIFIER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
/// Its SHA-256 in base64url.
const CHALLENGE: &str = "RZ77XZltYSfl0BLxuGd8pHGJ4EoMoVDVuSWHgNq3RY8";

#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest(Params);

/// A complete request of `A`'s for the scopes.
pub(crate) fn asks(scope: &str) -> AuthorizationRequest {
    AuthorizationRequest(pairs(&[
        ("client_id", super::A),
        ("redirect_uri", super::A_CALLBACK),
        ("response_type", "code"),
        ("scope", scope),
        ("state", "a-state"),
        ("nonce", "a-nonce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]))
}

impl AuthorizationRequest {
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        set(&mut self.0, name, value);
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// Sends a parameter that is there already once more.
    pub(crate) fn with_another(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// From another client, to the address that it registered.
    pub(crate) fn of(self, client: &str) -> Self {
        self.with("client_id", client).with("redirect_uri", &super::callback(client))
    }

    pub(crate) fn reversed(mut self) -> Self {
        self.0.reverse();
        self
    }

    pub(crate) fn encoded(&self) -> String {
        encoded(&self.0)
    }

    pub(crate) fn address(&self) -> String {
        format!("/oauth2/authorize?{}", self.encoded())
    }
}
