//! A client that comes back with its refresh token, and the next time with the one that it got.

use std::rc::Rc;

use serde::Deserialize;

use super::prepare::Ready;
use super::{Measured, Setup};
use crate::connection::Connection;
use crate::exchange::Exchange;
use crate::failure::Failure;
use crate::measure::{Work, measure};
use crate::refusal::Refusal;
use crate::request::post;
use crate::site::Site;
use crate::target::encoded;

struct Refresh {
    connection: Connection,
    head: Rc<str>,
    newest: String,
    request: Vec<u8>,
}

pub(super) async fn run(setup: &Setup) -> Result<Measured, Refusal> {
    let Setup { site, pace, .. } = setup;
    let head: Rc<str> = site.post_by_client((&site.target.token, "token"))?.into();
    let (first, verified) = first_tokens(site, pace.connections).await?;
    let tally = measure(*pace, |place| Refresh::new(site.connect(), &head, &first[place])).await;
    Ok(Measured { tally, verified })
}

/// Those that the target has been given, or else one from a code exchange for each connection.
async fn first_tokens(site: &Rc<Site>, needed: usize) -> Result<(Vec<String>, u64), Refusal> {
    let given = &site.target.refresh_tokens;
    if !given.is_empty() {
        let too_few = Refusal::TooFewRefreshTokens { needed, given: given.len() };
        return if given.len() < needed { Err(too_few) } else { Ok((given.clone(), 0)) };
    }
    let scope = site.client()?.offline_scope.as_deref().ok_or(Refusal::Missing("client.offline_scope"))?;
    let ready = Ready::with_browsers(site).await?;
    let mut exchange = Exchange::new(&ready.flow(scope)?);
    let mut first = Vec::new();
    for browser in ready.browsers.iter().cycle().take(needed) {
        let (tokens, _) = exchange.signed_in(browser).await?;
        first.push(tokens.refresh_token.ok_or(Failure::new("token: no refresh token came"))?);
    }
    Ok((first, ready.verified()))
}

#[derive(Deserialize)]
struct Refreshed {
    access_token: String,
    refresh_token: Option<String>,
}

impl Refresh {
    fn new(connection: Connection, head: &Rc<str>, first: &str) -> Refresh {
        Refresh { connection, head: head.clone(), newest: encoded(first), request: Vec::new() }
    }
}

impl Work for Refresh {
    async fn once(&mut self) -> Result<(), Failure> {
        post(&mut self.request, &self.head, &["grant_type=refresh_token&refresh_token=", &self.newest]);
        let answer = self.connection.send(&self.request).await?;
        answer.expect(200, "refresh")?;
        let refreshed: Refreshed = answer.json().ok_or(Failure::new("refresh: an answer without a token"))?;
        if refreshed.access_token.is_empty() {
            return Err(Failure::new("refresh: an empty token"));
        }
        // A server that does not rotate them may say nothing of the next.
        if let Some(next) = refreshed.refresh_token {
            self.newest = encoded(&next);
        }
        Ok(())
    }

    fn requests(&self) -> u64 {
        self.connection.requests
    }
}
