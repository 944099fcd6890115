//! When an explanation amounts to a match. A policy has a name and a version, so that a stored verdict can be read later.

use serde::{Deserialize, Serialize};

use super::explain::Explanation;
use super::identifiers::Identifier;

/// The policies that a client's configuration may name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchPolicy {
    #[default]
    Default,
    Strict,
}

impl MatchPolicy {
    pub fn as_str(self) -> &'static str {
        match self {
            MatchPolicy::Default => "default",
            MatchPolicy::Strict => "strict",
        }
    }
}

/// A named, versioned rule. Change what it asks for, and its version must change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    name: &'static str,
    version: u16,
    /// How many identifiers must agree.
    needed: usize,
    /// One of these must be among those that agree; any will do when there is none here.
    one_of: &'static [Identifier],
    may_disagree: bool,
}

impl Policy {
    /// Any three identifiers, whatever the others say.
    pub const DEFAULT: Self = Self { name: "default", version: 1, needed: 3, one_of: &[], may_disagree: true };

    /// Three identifiers, the NINO or the TRN among them, and nothing stated disagrees with the record.
    pub const STRICT: Self = Self {
        name: "strict",
        version: 1,
        needed: 3,
        one_of: &[Identifier::Nino, Identifier::Trn],
        may_disagree: false,
    };

    /// The policy of this name, in its present version.
    pub fn named(policy: MatchPolicy) -> &'static Self {
        match policy {
            MatchPolicy::Default => &Self::DEFAULT,
            MatchPolicy::Strict => &Self::STRICT,
        }
    }

    /// Name and version, as a verdict keeps them: "default/1".
    pub fn label(&self) -> String {
        format!("{}/{}", self.name, self.version)
    }

    /// Whether enough identifiers agree for the record to be the person's, or a rival of the one that is.
    pub(super) fn is_reached_by(&self, explanation: &Explanation) -> bool {
        explanation.agreed() >= self.needed
    }

    /// Whether a record that no other rivals is a match.
    pub(super) fn is_met_by(&self, explanation: &Explanation) -> bool {
        let agreed = explanation.agreed_identifiers();
        self.is_reached_by(explanation)
            && (self.one_of.is_empty() || self.one_of.iter().any(|identifier| agreed.contains(identifier)))
            && (self.may_disagree || !explanation.has_disagreement())
    }
}
