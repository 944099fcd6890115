//! How a partner is called over HTTP: within a time budget, once more where that is safe, not at all while it is known to be
//! down, and with an eye on how much it says. What is called is logged; whom it is about is not.

mod answer;
pub(crate) mod breaker;
mod call;

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder};
use url::Url;

pub use answer::Answer;
pub use call::{CallError, Repeat};

use breaker::Breaker;

/// More than any answer that we want has.
const LARGEST: usize = 1024 * 1024;

/// Where a partner is, and how long it may take.
#[derive(Clone, Debug)]
pub struct Address {
    /// What the paths of its endpoints are joined to; ends with a slash.
    pub base: Url,
    /// For one call, its repetition included.
    pub time_budget: Duration,
    /// Certificates in PEM that are trusted besides those of the public authorities.
    pub authorities: Vec<u8>,
}

impl Address {
    /// An address that nothing special is known of.
    #[must_use]
    pub fn new(base: Url, time_budget: Duration) -> Address {
        Address { base, time_budget, authorities: Vec::new() }
    }
}

/// One partner's server.
#[derive(Debug)]
pub struct Partner {
    /// What it is called in the log and in metrics.
    name: &'static str,
    address: Address,
    client: Client,
    /// Opens a connection for each call: a kept one may have died without a word.
    fresh: Client,
    breaker: Breaker,
}

/// Why a partner cannot be called at all.
#[derive(Debug, thiserror::Error)]
#[error("calls to {name} cannot be set up")]
pub struct NotSetUp {
    name: &'static str,
    source: reqwest::Error,
}

impl Partner {
    /// # Errors
    /// When a certificate cannot be read, or TLS cannot be set up.
    pub fn new(name: &'static str, address: Address) -> Result<Partner, NotSetUp> {
        let failed = |source| NotSetUp { name, source };
        let authorities = Certificate::from_pem_bundle(&address.authorities).map_err(failed)?;
        let client = |builder: ClientBuilder| {
            let builder = authorities.iter().cloned().fold(builder, ClientBuilder::add_root_certificate);
            builder.redirect(Policy::none()).user_agent("Get an Identity").build().map_err(failed)
        };
        let fresh = client(Client::builder().pool_max_idle_per_host(0))?;
        Ok(Partner { name, client: client(Client::builder())?, fresh, breaker: Breaker::default(), address })
    }

    /// The address of an endpoint.
    ///
    /// # Panics
    /// When the path is none.
    #[must_use]
    pub fn url(&self, path: &str) -> Url {
        self.address.base.join(path).expect("a path under the base is an address")
    }
}
