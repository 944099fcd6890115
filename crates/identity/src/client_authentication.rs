//! How a client proves who it is, and where the keys are that it proves it with.

use async_trait::async_trait;
use serde::Deserialize;
use url::Url;

/// The client's way of authenticating at the endpoints of its own (OpenID Connect Core, section 9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum ClientAuthentication {
    /// A secret, by HTTP Basic or in the form.
    #[default]
    #[serde(rename = "client_secret", alias = "client_secret_basic", alias = "client_secret_post")]
    Secret,
    /// A JWT that it signs with a key of its own (RFC 7523, section 2.2).
    #[serde(rename = "private_key_jwt")]
    PrivateKeyJwt,
    /// None: a program that cannot keep a secret, such as one that runs in a browser.
    #[serde(rename = "none")]
    None,
}

/// The client's public keys (RFC 7517, section 5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PublicKeys {
    #[default]
    None,
    /// The key set itself, in JSON.
    Inline(String),
    /// Where the client publishes it.
    At(Url),
}

/// Gets what a client publishes. It has several implementations: the network's, and those of tests.
#[async_trait]
pub trait KeySets: Send + Sync {
    /// The text at this address, unread.
    async fn fetch(&self, address: &Url) -> Result<String, NotFetched>;
}

/// The keys could not be had: the reason, for the log.
#[derive(Debug, thiserror::Error)]
#[error("the client's keys could not be fetched: {0}")]
pub struct NotFetched(pub String);
