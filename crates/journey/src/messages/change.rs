//! What becomes of a request to change an official name or a date of birth. What it is changed to stays out of mailboxes.

use serde::Serialize;

use super::{Addressee, Letter};

/// The request has come in, and support looks at it.
#[derive(Debug, Serialize)]
pub struct ChangeRequested {
    #[serde(flatten)]
    pub addressee: Addressee,
    /// The official name, or else the date of birth.
    pub official_name: bool,
    pub reference: String,
}

impl Letter for ChangeRequested {
    const NAME: &'static str = "change-requested";
}

/// The teaching record says so now.
#[derive(Debug, Serialize)]
pub struct ChangeMade {
    #[serde(flatten)]
    pub addressee: Addressee,
    pub official_name: bool,
    pub reference: String,
}

impl Letter for ChangeMade {
    const NAME: &'static str = "change-made";
}

/// Support says no, and why.
#[derive(Debug, Serialize)]
pub struct ChangeRefused {
    #[serde(flatten)]
    pub addressee: Addressee,
    pub official_name: bool,
    pub reference: String,
    /// A sentence or two of the support agent's.
    pub reason: String,
}

impl Letter for ChangeRefused {
    const NAME: &'static str = "change-refused";
}
