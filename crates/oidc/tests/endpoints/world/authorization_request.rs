//! An authorization request as a client makes it.

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::{ISSUER, Params, TokenRequest, World, encoded, pairs, set, signer};

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

/// A request of which the browser brings nothing but who asks.
pub(crate) fn bare(client: &str) -> AuthorizationRequest {
    AuthorizationRequest(pairs(&[("client_id", client)]))
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

    /// What the client sends to have it pushed, still to be authenticated.
    pub(crate) fn pushed(&self) -> TokenRequest {
        TokenRequest::new(self.0.clone())
    }

    /// The parameters as claims, with those of a request object.
    pub(crate) fn claims(&self, world: &World, client: &str) -> Value {
        let parameters = self.0.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str())));
        let mut claims = Value::Object(parameters.collect());
        let (iat, exp) = (world.now(), world.now() + 60);
        for (name, value) in [
            ("iss", json!(client)),
            ("aud", json!(ISSUER)),
            ("iat", json!(iat)),
            ("nbf", json!(iat)),
            ("exp", json!(exp)),
        ] {
            claims[name] = value;
        }
        claims
    }

    /// The same in a request object, and beside it no more than who asks.
    pub(crate) fn signed(&self, world: &World, client: &str) -> AuthorizationRequest {
        let jwt = signer(Algorithm::ES256).signs(&self.claims(world, client));
        bare(client).with("request", &jwt)
    }

    pub(crate) fn encoded(&self) -> String {
        encoded(&self.0)
    }

    pub(crate) fn address(&self) -> String {
        format!("/oauth2/authorize?{}", self.encoded())
    }
}
