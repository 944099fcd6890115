//! The code exchange: authorize in a browser, the code for tokens, and what userinfo says to the access token.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Deserialize;

use crate::asked::{Asked, Authorize};
use crate::check::Check;
use crate::connection::{Answer, Connection};
use crate::failure::Failure;
use crate::id_token::{Claims, Verifier};
use crate::jar::Jar;
use crate::refusal::Refusal;
use crate::request::{bearer, post};
use crate::site::Site;
use crate::target::encoded;

/// The cookies of a browser that may have several tabs.
pub(crate) type Browser = Rc<RefCell<Jar>>;

/// What all exchanges of a client have in common.
pub(crate) struct Flow {
    site: Rc<Site>,
    verifier: Rc<Verifier>,
    authorize: Authorize,
    token: String,
    redirect_uri: String,
    /// What the form of the token request has behind the code.
    rest_of_form: String,
}

pub(crate) struct Exchange {
    flow: Rc<Flow>,
    pub connection: Connection,
    request: Vec<u8>,
}

#[derive(Deserialize)]
pub(crate) struct Tokens {
    pub access_token: String,
    id_token: String,
    pub refresh_token: Option<String>,
}

impl Flow {
    pub(crate) fn new(site: &Rc<Site>, verifier: &Rc<Verifier>, scope: &str) -> Result<Rc<Flow>, Refusal> {
        let redirect_uri = site.client()?.redirect_uri.clone();
        Ok(Rc::new(Flow {
            authorize: site.authorize(scope)?,
            token: site.post_by_client((&site.target.token, "token"))?,
            rest_of_form: format!("&redirect_uri={}", encoded(&redirect_uri)),
            redirect_uri,
            verifier: verifier.clone(),
            site: site.clone(),
        }))
    }
}

impl Exchange {
    /// With a connection of its own.
    pub(crate) fn new(flow: &Rc<Flow>) -> Exchange {
        Exchange { connection: flow.site.connect(), request: Vec::with_capacity(4096), flow: flow.clone() }
    }

    /// All of it, in a browser in which somebody is signed in.
    pub(crate) async fn signed_in(&mut self, browser: &Browser) -> Result<(Tokens, Claims), Failure> {
        let asked = Asked::new(self.flow.site.target.pkce);
        let location = self.ask(&asked, browser).await?;
        self.redeem(&asked, &location).await
    }

    /// Where authorize leads to.
    pub(crate) async fn ask(&mut self, asked: &Asked, browser: &Browser) -> Result<String, Failure> {
        asked.write(&mut self.request, &self.flow.authorize);
        browser.borrow().write(&mut self.request);
        self.request.extend_from_slice(b"\r\n");
        let answer = self.connection.send(&self.request).await?;
        take_cookies(&answer, browser);
        match answer.location() {
            Some(location) if matches!(answer.status(), 302 | 303) => Ok(location.to_owned()),
            _ => Err(answer.unexpected("authorize")),
        }
    }

    /// The tokens for the code that the browser came back with.
    pub(crate) async fn redeem(&mut self, asked: &Asked, location: &str) -> Result<(Tokens, Claims), Failure> {
        let code = asked.code(location, &self.flow.redirect_uri)?;
        let [key, verifier] = asked.verifier.as_deref().map_or(["", ""], |verifier| ["&code_verifier=", verifier]);
        let form = ["grant_type=authorization_code&code=", code, &self.flow.rest_of_form, key, verifier];
        post(&mut self.request, &self.flow.token, &form);
        let answer = self.connection.send(&self.request).await?;
        answer.expect(200, "token")?;
        let tokens: Tokens = answer.json().ok_or(Failure::new("token: an answer without tokens"))?;
        let claims = self.flow.verifier.read(&tokens.id_token, &asked.nonce)?;
        Ok((tokens, claims))
    }

    /// Userinfo has to be about the same person.
    pub(crate) async fn userinfo(&mut self, tokens: &Tokens, subject: &str) -> Result<(), Failure> {
        let userinfo = (&self.flow.site.target.userinfo, "userinfo");
        let request = self.flow.site.get(userinfo, &bearer(&tokens.access_token));
        let request = request.map_err(|_| Failure::new("the target has no userinfo"))?;
        let answer = self.connection.send(&request).await?;
        Check::About(subject.to_owned()).holds(&answer)
    }
}

pub(crate) fn take_cookies(answer: &Answer<'_>, browser: &Browser) {
    for cookie in answer.set_cookies() {
        browser.borrow_mut().take(cookie);
    }
}
