//! Scenarios of one request: the same each time, or one of several in turn.

use std::rc::Rc;

use super::prepare::{Ready, fetch};
use super::{Measured, Setup};
use crate::check::Check;
use crate::connection::Connection;
use crate::failure::Failure;
use crate::measure::{Tally, Work, measure};
use crate::refusal::Refusal;
use crate::request::{bearer, post};
use crate::site::Endpoint;
use crate::target::encoded;

struct Request {
    bytes: Vec<u8>,
    check: Check,
}

struct Requests {
    connection: Connection,
    all: Rc<[Request]>,
    next: usize,
}

impl Work for Requests {
    async fn once(&mut self) -> Result<(), Failure> {
        let request = &self.all[self.next];
        self.next = (self.next + 1) % self.all.len();
        request.check.holds(&self.connection.send(&request.bytes).await?)
    }

    fn requests(&self) -> u64 {
        self.connection.requests
    }
}

async fn repeat(setup: &Setup, all: Vec<Request>) -> Tally {
    let all: Rc<[Request]> = all.into();
    // Connections begin at different places, so that not all ask the same at once.
    let work = |place| Requests { connection: setup.site.connect(), next: place % all.len(), all: all.clone() };
    measure(setup.pace, work).await
}

/// What an address says to everybody. It has to say the same each time.
async fn public(setup: &Setup, bytes: Vec<u8>) -> Result<Measured, Refusal> {
    let check = Check::Document(fetch(&setup.site, &bytes).await?);
    Ok(Measured { tally: repeat(setup, vec![Request { bytes, check }]).await, verified: 0 })
}

pub(super) async fn document(setup: &Setup, endpoint: Endpoint<'_>) -> Result<Measured, Refusal> {
    public(setup, setup.site.get(endpoint, "")?).await
}

pub(super) async fn answer(setup: &Setup) -> Result<Measured, Refusal> {
    public(setup, setup.site.get((&Some("/".to_owned()), "answer"), "")?).await
}

pub(super) async fn answer_form(setup: &Setup) -> Result<Measured, Refusal> {
    let head = setup.site.post("/", "");
    public(setup, form(&head, &["grant_type=authorization_code&code=a&redirect_uri=b"])).await
}

pub(super) async fn client_credentials(setup: &Setup) -> Result<Measured, Refusal> {
    let target = &setup.site.target;
    let head = setup.site.post_by_client((&target.token, "token"))?;
    let scope = target.client_credentials_scope.as_deref().map(|scope| format!("&scope={}", encoded(scope)));
    let bytes = form(&head, &["grant_type=client_credentials", scope.as_deref().unwrap_or_default()]);
    Ok(Measured { tally: repeat(setup, vec![Request { bytes, check: Check::Token }]).await, verified: 0 })
}

pub(super) async fn userinfo(setup: &Setup) -> Result<Measured, Refusal> {
    let ready = Ready::with_browsers(&setup.site).await?;
    let endpoint = (&setup.site.target.userinfo, "userinfo");
    let mut all = Vec::new();
    for (tokens, claims) in ready.tokens().await? {
        let bytes = setup.site.get(endpoint, &bearer(&tokens.access_token))?;
        all.push(Request { bytes, check: Check::About(claims.sub) });
    }
    Ok(ready.measured(repeat(setup, all).await))
}

pub(super) async fn introspection(setup: &Setup) -> Result<Measured, Refusal> {
    let head = setup.site.post_by_client((&setup.site.target.introspection, "introspection"))?;
    let ready = Ready::with_browsers(&setup.site).await?;
    let request = |token: &str| Request { bytes: form(&head, &["token=", &encoded(token)]), check: Check::Active };
    let all = ready.tokens().await?.iter().map(|(tokens, _)| request(&tokens.access_token)).collect();
    Ok(ready.measured(repeat(setup, all).await))
}

fn form(head: &str, parts: &[&str]) -> Vec<u8> {
    let mut request = Vec::new();
    post(&mut request, head, parts);
    request
}
