//! The help desk's own system: what it is told of a ticket, so that its agents see it beside all else that they do. What
//! is decided is decided here, by `get-an-identity tickets`.

mod words;

use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::ticket::{Reference, TicketId};

/// What the help desk is told. Personal: at rest it is sealed, and its `Debug` shows only the reference.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskItem {
    Opened(Opened),
    Solved(Solved),
}

/// A ticket is to be decided.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub ticket: TicketId,
    pub reference: Reference,
    pub subject: String,
    pub comment: String,
    pub requester: Requester,
}

/// Who is waiting for the answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    pub name: String,
    pub email: Email,
}

/// Nothing is left to decide about it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solved {
    pub ticket: TicketId,
    pub reference: Reference,
    pub comment: String,
    /// What the help desk calls it, where that is known.
    pub known_as: Option<String>,
}

impl DeskItem {
    pub fn ticket(&self) -> TicketId {
        match self {
            DeskItem::Opened(opened) => opened.ticket,
            DeskItem::Solved(solved) => solved.ticket,
        }
    }

    pub fn reference(&self) -> &Reference {
        match self {
            DeskItem::Opened(opened) => &opened.reference,
            DeskItem::Solved(solved) => &solved.reference,
        }
    }
}

impl std::fmt::Debug for DeskItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = if matches!(self, DeskItem::Opened(_)) { "Opened" } else { "Solved" };
        write!(f, "{word}({})", self.reference())
    }
}
