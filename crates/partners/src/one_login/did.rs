//! The keys that sign identities. They are not those of the ID tokens, and stand in a DID document (W3C DID Core, section
//! 5.3.2; the method is did:web).

use std::sync::Arc;
use std::time::Duration;

use identity::one_login::NotProved;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk};
use serde::Deserialize;
use url::Url;

use super::published::ok;
use super::{OneLoginClient, unavailable};
use crate::http::{CallError, Repeat};

/// Public keys, each with the full id that a `kid` names.
pub(super) struct Controller(Vec<(String, Jwk)>);

impl Controller {
    pub(super) fn key(&self, kid: &str) -> Option<&Jwk> {
        self.0.iter().find(|(id, _)| id == kid).map(|(_, key)| key)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    id: String,
    assertion_method: Vec<Method>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Method {
    Key(Box<Key>),
    /// Another kind of method, or one that is told elsewhere.
    #[allow(dead_code, reason = "it is passed over")]
    Other(serde_json::Value),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    id: String,
    controller: String,
    public_key_jwk: Jwk,
}

impl OneLoginClient {
    pub(super) async fn controller(&self, kid: &str) -> Result<Arc<Controller>, NotProved> {
        let serves = |controller: &Controller| controller.key(kid).is_some();
        self.controllers.get(self.clock.now(), serves, self.fetch_controller()).await.map_err(unavailable)
    }

    async fn fetch_controller(&self) -> Result<(Controller, Option<Duration>), CallError> {
        let address = self.controller.url(".well-known/did.json");
        let answer = self.controller.call("did", Repeat::Yes, |client| client.get(address.clone())).await?;
        let document: Document = ok(&answer)?.json()?;
        let id = did_of(&self.settings.identity_base);
        if document.id != id {
            return Err(CallError::Unreadable("it is the document of another controller".into()));
        }
        let keys = document.assertion_method.into_iter().filter_map(|method| match method {
            Method::Key(key) if key.controller == id && is_p256(&key.public_key_jwk) => {
                Some((key.id, key.public_key_jwk))
            }
            _ => None,
        });
        Ok((Controller(keys.collect()), answer.max_age()))
    }
}

/// The name of whoever is at this address: did:web, section "Read (Resolve)", a port with its colon encoded.
fn did_of(base: &Url) -> String {
    let host = base.host_str().unwrap_or_default();
    match base.port() {
        Some(port) => format!("did:web:{host}%3A{port}"),
        None => format!("did:web:{host}"),
    }
}

fn is_p256(key: &Jwk) -> bool {
    matches!(&key.algorithm, AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_controller_is_named_after_its_address() {
        let did = |text: &str| did_of(&text.parse().unwrap());
        assert_eq!(did("https://identity.account.gov.uk/"), "did:web:identity.account.gov.uk");
        assert_eq!(did("http://127.0.0.1:8765/"), "did:web:127.0.0.1%3A8765");
    }
}
