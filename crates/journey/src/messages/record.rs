//! What became of the search for somebody's teaching record, and of the record since.

use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::name::PersonName;
use identity::nino::Nino;
use identity::trn::Trn;
use serde::Serialize;

use super::{Addressee, Letter, tell};

/// Their TRN is another than they said.
#[derive(Debug, Serialize)]
pub struct TrnTold {
    #[serde(flatten)]
    pub addressee: Addressee,
    pub trn: Trn,
    /// What they said that it is; None for those who said that they have none.
    pub stated: Option<Trn>,
}

impl Letter for TrnTold {
    const NAME: &'static str = "trn-told";
}

/// What the record says where it is not what they said, and only that: one of these at least.
#[derive(Debug, Serialize)]
pub struct DetailsDiffer {
    #[serde(flatten)]
    pub addressee: Addressee,
    #[serde(serialize_with = "tell::name")]
    pub official_name: Option<PersonName>,
    #[serde(serialize_with = "tell::date")]
    pub date_of_birth: Option<DateOfBirth>,
    /// Only its last two characters are shown.
    #[serde(serialize_with = "tell::end")]
    pub nino: Option<Nino>,
    /// Shown only in part: three identifiers that agree make a match, so the record may yet be somebody else's.
    #[serde(serialize_with = "tell::redacted")]
    pub email: Option<Email>,
}

impl DetailsDiffer {
    /// Is there anything that differs?
    pub(crate) fn says_something(&self) -> bool {
        self.official_name.is_some() || self.date_of_birth.is_some() || self.nino.is_some() || self.email.is_some()
    }
}

impl Letter for DetailsDiffer {
    const NAME: &'static str = "details-differ";
}

/// Their record was found after they had signed in without it.
#[derive(Debug, Serialize)]
pub struct RecordFound {
    #[serde(flatten)]
    pub addressee: Addressee,
    pub trn: Trn,
}

impl Letter for RecordFound {
    const NAME: &'static str = "record-found";
}

/// Support looked and says that there is no record.
#[derive(Debug, Serialize)]
pub struct RecordNotFound {
    #[serde(flatten)]
    pub addressee: Addressee,
}

impl Letter for RecordNotFound {
    const NAME: &'static str = "record-not-found";
}

/// Their record was deactivated.
#[derive(Debug, Serialize)]
pub struct RecordEnded {
    #[serde(flatten)]
    pub addressee: Addressee,
    pub trn: Trn,
    /// The ticket's.
    pub reference: String,
}

impl Letter for RecordEnded {
    const NAME: &'static str = "record-ended";
}

/// Their record was merged into another.
#[derive(Debug, Serialize)]
pub struct RecordReplaced {
    #[serde(flatten)]
    pub addressee: Addressee,
    pub old_trn: Trn,
    pub new_trn: Trn,
}

impl Letter for RecordReplaced {
    const NAME: &'static str = "record-replaced";
}

/// We could not find their record, and a person is looking for it.
#[derive(Debug, Serialize)]
pub struct TicketRaised {
    #[serde(flatten)]
    pub addressee: Addressee,
    /// The ticket's.
    pub reference: String,
}

impl Letter for TicketRaised {
    const NAME: &'static str = "ticket-raised";
}
