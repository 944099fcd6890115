//! What can be measured. Each scenario is made ready before the warm-up, and refuses a target that lacks what it needs.

mod code_exchange;
mod prepare;
mod refresh;
mod requests;
mod sign_in;

use std::net::SocketAddr;
use std::rc::Rc;

use clap::ValueEnum;

pub(crate) use self::sign_in::signed_in_browsers;
use crate::measure::{Pace, Tally};
use crate::refusal::Refusal;
use crate::site::Site;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Scenario {
    /// GET / of a server that only answers
    Answer,
    /// POST a form to the same
    AnswerForm,
    Discovery,
    Jwks,
    /// GET userinfo, with the access tokens of all browsers in turn
    Userinfo,
    /// Ask what the same tokens are worth
    Introspection,
    ClientCredentials,
    /// Each connection with its own chain of refresh tokens
    Refresh,
    /// Authorize with a session, token, userinfo
    CodeExchange,
    /// Somebody who has an account: every page, with the code from the sink, to the ID token and userinfo
    SignInReturning,
    /// Somebody new whose teaching record is found: the same
    SignInFirst,
}

/// What a run is given.
pub(crate) struct Setup {
    pub site: Rc<Site>,
    pub pace: Pace,
    /// Where the server sends its letters to.
    pub sink: Option<SocketAddr>,
}

/// What was measured, and how many ID tokens were verified on the way.
pub(crate) struct Measured {
    pub tally: Tally,
    pub verified: u64,
}

pub(crate) async fn run(scenario: Scenario, setup: &Setup) -> Result<Measured, Refusal> {
    let target = &setup.site.target;
    match scenario {
        Scenario::Answer => requests::answer(setup).await,
        Scenario::AnswerForm => requests::answer_form(setup).await,
        Scenario::Discovery => requests::document(setup, (&target.discovery, "discovery")).await,
        Scenario::Jwks => requests::document(setup, (&target.jwks, "jwks")).await,
        Scenario::Userinfo => requests::userinfo(setup).await,
        Scenario::Introspection => requests::introspection(setup).await,
        Scenario::ClientCredentials => requests::client_credentials(setup).await,
        Scenario::Refresh => refresh::run(setup).await,
        Scenario::CodeExchange => code_exchange::run(setup).await,
        Scenario::SignInReturning => sign_in::returning(setup).await,
        Scenario::SignInFirst => sign_in::first(setup).await,
    }
}

impl Scenario {
    /// As the command line has it.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}
