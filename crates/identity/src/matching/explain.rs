//! Why a candidate record agrees or not, identifier by identifier.

use serde::{Deserialize, Serialize};

use super::identifiers::{Identifier, Identifiers, name_keys};
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
        let name = stated.name.as_ref().map(|name| {
            let of_record = record.name_keys();
            name_keys(name).iter().any(|key| of_record.contains(key))
        });
        let provider =
            stated.provider.as_ref().map(|provider| provider.key()).filter(|_| !record.training_providers.is_empty());
        Self {
            trn: record.trn.clone(),
            email: agreement(
                stated.email.as_ref().filter(|_| !record.emails.is_empty()).map(|email| record.emails.contains(email)),
            ),
            name: agreement(name),
            date_of_birth: agreement(stated.date_of_birth.map(|date| date == record.date_of_birth)),
            nino: agreement(stated.nino.as_ref().zip(record.nino.as_ref()).map(|(stated, held)| stated == held)),
            stated_trn: agreement(stated.trn.as_ref().map(|trn| *trn == record.trn)),
            training_provider: agreement(
                provider.map(|key| record.training_providers.iter().any(|held| held.key() == key)),
            ),
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

/// Nothing to compare, or the outcome of comparing.
fn agreement(equal: Option<bool>) -> Agreement {
    match equal {
        None => Agreement::Absent,
        Some(true) => Agreement::Agreed,
        Some(false) => Agreement::Disagreed,
    }
}
