//! What scenarios have before the first second counts: the keys that sign ID tokens, browsers, access tokens.

use std::rc::Rc;

use super::Measured;
use crate::exchange::{Browser, Exchange, Flow, Tokens};
use crate::failure::Failure;
use crate::id_token::{Claims, Verifier};
use crate::jar::Jar;
use crate::measure::Tally;
use crate::refusal::Refusal;
use crate::site::Site;

pub(super) struct Ready {
    site: Rc<Site>,
    verifier: Rc<Verifier>,
    pub(super) browsers: Vec<Browser>,
}

impl Ready {
    /// Reads the target's keys as they are now.
    pub(super) async fn new(site: &Rc<Site>) -> Result<Ready, Refusal> {
        let client_id = &site.client()?.id;
        let document = fetch(site, &site.get((&site.target.jwks, "jwks"), "")?).await?;
        let keys = serde_json::from_slice(&document).map_err(|_| Failure::new("jwks: no key set"))?;
        let verifier = Rc::new(Verifier::new(keys, &site.target.issuer, client_id));
        let browsers = site.target.browsers.iter().map(|cookies| Browser::new(Jar::of(cookies).into())).collect();
        Ok(Ready { site: site.clone(), verifier, browsers })
    }

    /// With at least one browser in which somebody is signed in.
    pub(super) async fn with_browsers(site: &Rc<Site>) -> Result<Ready, Refusal> {
        if site.target.browsers.is_empty() { Err(Refusal::Missing("browsers")) } else { Ready::new(site).await }
    }

    pub(super) fn flow(&self, scope: &str) -> Result<Rc<Flow>, Refusal> {
        Flow::new(&self.site, &self.verifier, scope)
    }

    /// One code exchange in each browser.
    pub(super) async fn tokens(&self) -> Result<Vec<(Tokens, Claims)>, Refusal> {
        let mut exchange = Exchange::new(&self.flow(&self.site.client()?.scope)?);
        let mut all = Vec::new();
        for browser in &self.browsers {
            all.push(exchange.signed_in(browser).await?);
        }
        Ok(all)
    }

    pub(super) fn measured(&self, tally: Tally) -> Measured {
        Measured { tally, verified: self.verified() }
    }

    pub(super) fn verified(&self) -> u64 {
        self.verifier.verified()
    }
}

/// A document, once.
pub(super) async fn fetch(site: &Site, request: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut connection = site.connect();
    let answer = connection.send(request).await?;
    answer.expect(200, "document")?;
    Ok(answer.body().to_vec())
}
