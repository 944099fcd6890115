//! The code exchange of a browser in which somebody is signed in: authorize, token, userinfo.

use super::prepare::Ready;
use super::{Measured, Setup};
use crate::exchange::{Browser, Exchange};
use crate::failure::Failure;
use crate::measure::{Work, measure};
use crate::refusal::Refusal;

struct CodeExchange {
    exchange: Exchange,
    browser: Browser,
}

pub(super) async fn run(setup: &Setup) -> Result<Measured, Refusal> {
    let ready = Ready::with_browsers(&setup.site).await?;
    let flow = ready.flow(&setup.site.client()?.scope)?;
    let work = |place: usize| {
        let browser = ready.browsers[place % ready.browsers.len()].clone();
        CodeExchange { exchange: Exchange::new(&flow), browser }
    };
    Ok(ready.measured(measure(setup.pace, work).await))
}

impl Work for CodeExchange {
    async fn once(&mut self) -> Result<(), Failure> {
        let (tokens, claims) = self.exchange.signed_in(&self.browser).await?;
        self.exchange.userinfo(&tokens, &claims.sub).await
    }

    fn requests(&self) -> u64 {
        self.exchange.connection.requests
    }
}
