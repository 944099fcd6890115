//! A refused request: one that was answered on a page of ours with a reference, since nobody could be sure who had sent it.
//! What was wrong is kept for the developer of the client, who is told the reference.

use serde::{Deserialize, Serialize};

use crate::client::ClientId;
use crate::clock::Time;

/// What [`Refusal`] is sealed for: an address may hold anything.
pub const SEAL_PURPOSE: &str = "refused request";

#[derive(Clone, Debug, PartialEq)]
pub struct RefusedRequest {
    /// The one that the page shows and the log has.
    pub reference: String,
    pub at: Time,
    /// Where it is sure who that was.
    pub client: Option<ClientId>,
    /// A [`Refusal`] in JSON.
    pub sealed: String,
}

/// Why a request was refused, and what it said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// In the words of the log.
    pub reason: String,
    /// In the order of their names.
    pub sent: Vec<Sent>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub name: String,
    pub value: Told,
}

/// What is told of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// All of it.
    Whole(String),
    /// It begins so, and has so many characters.
    Start(String, usize),
    /// It may be a secret or personal, or nobody here knows what it is: so many characters.
    Length(usize),
    /// It was sent so often.
    Repeated(usize),
}

impl Refusal {
    /// The value that was sent under this name, if it is known as a whole.
    pub fn whole(&self, name: &str) -> Option<&str> {
        self.sent.iter().find(|sent| sent.name == name).and_then(|sent| match &sent.value {
            Told::Whole(value) => Some(value.as_str()),
            _ => None,
        })
    }
}
