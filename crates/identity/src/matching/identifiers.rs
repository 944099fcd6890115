//! What a person states about themselves.

use serde::{Deserialize, Serialize};

use crate::date_of_birth::DateOfBirth;
use crate::email::Email;
use crate::name::{NameKey, PersonName, PreviousName};
use crate::nino::Nino;
use crate::provider::TrainingProvider;
use crate::trn::Trn;

/// The six kinds of identifier that count in a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identifier {
    Email,
    Name,
    DateOfBirth,
    Nino,
    Trn,
    TrainingProvider,
}

/// The identifiers stated so far; each may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Identifiers {
    pub email: Option<Email>,
    pub name: Option<StatedName>,
    pub date_of_birth: Option<DateOfBirth>,
    pub nino: Option<Nino>,
    pub trn: Option<Trn>,
    pub provider: Option<TrainingProvider>,
}

impl Identifiers {
    /// How many of the six are stated. A current and a previous name are one identifier.
    pub fn count(&self) -> usize {
        [
            self.email.is_some(),
            self.name.is_some(),
            self.date_of_birth.is_some(),
            self.nino.is_some(),
            self.trn.is_some(),
            self.provider.is_some(),
        ]
        .into_iter()
        .filter(|stated| *stated)
        .count()
    }
}

/// A name as stated: the official one, and a previous one when the person gave it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StatedName {
    pub current: PersonName,
    pub previous: Option<PreviousName>,
}

impl StatedName {
    /// Without a previous one.
    pub fn only(current: PersonName) -> StatedName {
        StatedName { current, previous: None }
    }

    /// The name that they have and the one that they had, where they gave it. Half of that may be unsaid: then that half
    /// did not change.
    pub fn names(&self) -> Vec<PersonName> {
        let PersonName { first, last, .. } = &self.current;
        let before = self.previous.as_ref().map(|previous| PersonName {
            first: previous.first.as_ref().unwrap_or(first).clone(),
            middle: None,
            last: previous.last.as_ref().unwrap_or(last).clone(),
        });
        std::iter::once(self.current.clone()).chain(before).collect()
    }
}

/// The keys under which a record of this name may be found: of the current name, then of the previous one where it
/// differs. A name agrees with a record exactly when one of these is among the record's own keys.
pub fn name_keys(stated: &StatedName) -> Vec<NameKey> {
    let current = stated.current.key();
    let previous = stated.previous.as_ref().map(|name| name.key(&stated.current)).filter(|key| *key != current);
    std::iter::once(current).chain(previous).collect()
}
