//! A whole sign-in at our own server, as a browser goes through it: every page is fetched and its form is sent.

use std::rc::Rc;

use crate::asked::Asked;
use crate::codes::Codes;
use crate::exchange::{Browser, Exchange, Tokens, take_cookies};
use crate::failure::Failure;
use crate::id_token::Claims;
use crate::people::Person;
use crate::request::add_form;
use crate::site::Site;

/// Of a journey that has no end.
const MOST_STEPS: usize = 60;

pub(crate) struct Journey {
    pub site: Rc<Site>,
    pub exchange: Exchange,
    pub codes: Rc<Codes>,
}

impl Journey {
    /// From authorize to the ID token, which has to have the person's TRN where that was asked for.
    pub(crate) async fn walk(&mut self, person: &Person, browser: &Browser) -> Result<(Tokens, Claims), Failure> {
        let asked = Asked::new(self.site.target.pkce);
        let mut place = self.exchange.ask(&asked, browser).await?;
        for _ in 0..MOST_STEPS {
            let Some(path) = self.site.path(&place) else {
                let (tokens, claims) = self.exchange.redeem(&asked, &place).await?;
                let is_right = !self.site.asks_for_trn() || claims.trn.as_deref().unwrap_or_default() == person.trn;
                return if is_right { Ok((tokens, claims)) } else { Err(Failure::new("an ID token without the TRN")) };
            };
            let path = path.to_owned();
            place = self.step(&path, person, browser).await?;
        }
        Err(Failure::new("the journey does not end"))
    }

    /// Fetches a page, sends what the person answers, and gives where that leads.
    async fn step(&mut self, path: &str, person: &Person, browser: &Browser) -> Result<String, Failure> {
        let mut request = self.site.page("GET", path).into_bytes();
        browser.borrow().write(&mut request);
        request.extend_from_slice(b"\r\n");
        let page = self.exchange.connection.send(&request).await?;
        take_cookies(&page, browser);
        if let (303, Some(location)) = (page.status(), page.location()) {
            return Ok(location.to_owned());
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        if page.status() != 200 {
            return Err(Failure::of(format!("{name}: {}", page.status())));
        }
        if name == "finished" {
            return way_on(page.body()).ok_or(Failure::new("finished: no way on"));
        }
        let form = match name {
            "email-code" => format!("one_time_code={}", self.codes.take(&person.email).await?),
            _ => person.answers(name).ok_or_else(|| Failure::of(format!("nobody expected the page {name}")))?,
        };
        self.submit(path, &form, browser).await
    }

    async fn submit(&mut self, path: &str, form: &str, browser: &Browser) -> Result<String, Failure> {
        let mut request = self.site.page("POST", path).into_bytes();
        browser.borrow().write(&mut request);
        add_form(&mut request, &[form]);
        let answer = self.exchange.connection.send(&request).await?;
        take_cookies(&answer, browser);
        match (answer.status(), answer.location()) {
            (303, Some(location)) => Ok(location.to_owned()),
            (status, _) => Err(Failure::of(format!("{} sent: {status}", path.rsplit('/').next().unwrap_or_default()))),
        }
    }
}

/// The button of the last page is a link to where authorize goes on.
fn way_on(page: &[u8]) -> Option<String> {
    let page = std::str::from_utf8(page).ok()?;
    let (_, rest) = page.split_once("href=\"/oauth2/authorize/")?;
    let (id, _) = rest.split_once('"')?;
    Some(format!("/oauth2/authorize/{id}"))
}
