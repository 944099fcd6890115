//! What an answer has to be, beside a 200.

use std::borrow::Cow;

use serde::Deserialize;

use crate::connection::Answer;
use crate::failure::Failure;

pub(crate) enum Check {
    /// This document, to the letter.
    Document(Vec<u8>),
    /// What userinfo says of this person.
    About(String),
    /// What introspection says of a token that works.
    Active,
    /// An access token.
    Token,
}

#[derive(Deserialize)]
struct Info<'a> {
    #[serde(borrow)]
    sub: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Introspected {
    active: bool,
}

#[derive(Deserialize)]
struct Issued<'a> {
    #[serde(borrow)]
    access_token: Cow<'a, str>,
}

impl Check {
    pub(crate) fn holds(&self, answer: &Answer<'_>) -> Result<(), Failure> {
        answer.expect(200, self.step())?;
        let holds = match self {
            Check::Document(document) => answer.body() == document,
            Check::About(subject) => answer.json::<Info<'_>>().is_some_and(|info| info.sub == *subject),
            Check::Active => answer.json::<Introspected>().is_some_and(|introspected| introspected.active),
            Check::Token => answer.json::<Issued<'_>>().is_some_and(|issued| !issued.access_token.is_empty()),
        };
        if holds { Ok(()) } else { Err(Failure::of(format!("{}: not what was expected", self.step()))) }
    }

    fn step(&self) -> &'static str {
        match self {
            Check::Document(_) => "document",
            Check::About(_) => "userinfo",
            Check::Active => "introspection",
            Check::Token => "token",
        }
    }
}
