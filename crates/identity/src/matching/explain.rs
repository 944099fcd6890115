//! Why a candidate record agrees or not, identifier by identifier.

use serde::{Deserialize, Serialize};

use super::identifiers::{Identifier, Identifiers, name_keys};
use crate::date_of_birth::DateOfBirth;
use crate::email::Email;
use crate::nino::Nino;
use crate::record::TeachingRecord;
use crate::trn::Trn;

/// How one stated identifier compares with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    Agreed,
    Disagreed,
    /// The person did not state it, or the record does not hold it: there is nothing to compare.
    Absent,
}

/// How the six identifiers compare with one candidate record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Explanation {
    /// The candidate's TRN.
    pub trn: Trn,
    pub email: Agreement,
    pub name: Agreement,
    pub date_of_birth: Agreement,
    pub nino: Agreement,
    /// How the TRN that the person stated compares.
    pub stated_trn: Agreement,
    pub training_provider: Agreement,
}

impl Explanation {
    /// Compares what was stated with one record.
    pub(super) fn of(stated: &Identifiers, record: &TeachingRecord) -> Self {
        Self {
            trn: record.trn.clone(),
            email: among(&stated.email, &record.emails, Email::eq),
            name: among(&stated.name, &record.name_keys(), |name, key| name_keys(name).contains(key)),
            date_of_birth: among(&stated.date_of_birth, &[record.date_of_birth], DateOfBirth::eq),
            nino: among(&stated.nino, record.nino.as_slice(), Nino::eq),
            stated_trn: among(&stated.trn, std::slice::from_ref(&record.trn), Trn::eq),
            training_provider: among(&stated.provider, &record.training_providers, |one, other| {
                one.key() == other.key()
            }),
        }
    }

    /// How many of the six agreed.
    pub fn agreed(&self) -> usize {
        self.each().into_iter().filter(|(_, agreement)| *agreement == Agreement::Agreed).count()
    }

    /// Which of the six agreed, in the order of [`Identifier`].
    pub fn agreed_identifiers(&self) -> Vec<Identifier> {
        let agreed = self.each().into_iter().filter(|(_, agreement)| *agreement == Agreement::Agreed);
        agreed.map(|(identifier, _)| identifier).collect()
    }

    /// Whether anything that was stated disagrees with the record.
    pub fn has_disagreement(&self) -> bool {
        self.each().into_iter().any(|(_, agreement)| agreement == Agreement::Disagreed)
    }

    /// The six, each with how it compared.
    pub fn each(&self) -> [(Identifier, Agreement); 6] {
        [
            (Identifier::Email, self.email),
            (Identifier::Name, self.name),
            (Identifier::DateOfBirth, self.date_of_birth),
            (Identifier::Nino, self.nino),
            (Identifier::Trn, self.stated_trn),
            (Identifier::TrainingProvider, self.training_provider),
        ]
    }
}

/// Agreed when any of what the record holds is the same as what was stated; absent when either is missing.
fn among<S, H>(stated: &Option<S>, held: &[H], same: impl Fn(&S, &H) -> bool) -> Agreement {
    match stated {
        Some(stated) if held.iter().any(|held| same(stated, held)) => Agreement::Agreed,
        Some(_) if !held.is_empty() => Agreement::Disagreed,
        _ => Agreement::Absent,
    }
}
