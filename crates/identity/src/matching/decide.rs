//! The decision, and the verdict that keeps it with its reasons.

use serde::{Deserialize, Serialize};

use super::explain::Explanation;
use super::identifiers::Identifiers;
use super::policy::Policy;
use crate::record::TeachingRecord;
use crate::trn::Trn;

/// What the identifiers point at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Exactly one record: a match.
    One(Trn),
    /// Two records or more, sorted: a person has to look.
    Several(Vec<Trn>),
    /// No record.
    None,
    /// The source of the records did not answer in time.
    Unsure,
}

/// A decision with the policy that it was made by, and how each candidate compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Verdict {
    /// Name and version of the policy: "default/1".
    pub policy: String,
    pub decision: Decision,
    /// One for each current candidate, sorted by TRN.
    pub explanations: Vec<Explanation>,
}

impl Verdict {
    /// The verdict for want of an answer from the source of the records.
    pub fn unsure(policy: &Policy) -> Self {
        Self { policy: policy.label(), decision: Decision::Unsure, explanations: Vec::new() }
    }

    /// The explanation of the matched record, when there is one.
    pub fn matched(&self) -> Option<&Explanation> {
        let Decision::One(trn) = &self.decision else { return None };
        self.explanations.iter().find(|explanation| explanation.trn == *trn)
    }
}

/// Decides which of the `candidates` the `stated` identifiers point at.
///
/// Records that are inactive or merged into another never count, and a record listed twice counts once. The order of
/// the candidates makes no difference. A record *reaches three* when three of the six identifiers agree with it:
///
/// - no record reaches three: `None`;
/// - two records or more reach three: `Several`, of exactly these, under every policy. Never `One` of two;
/// - one record reaches three: `One`, if it meets the rest of the policy too (strict: the NINO or the TRN agrees, and
///   nothing stated disagrees), otherwise `None`.
///
/// **An identifier that agrees never costs the match.** Let the verdict be `One(r)`, and let the person now state an
/// identifier that was absent before and agrees with `r`. Over the same candidates the verdict is then `One(r)` again,
/// or, only if the same identifier lifts another record to three, `Several` with `r` among them. `r` cannot fall out:
/// what agreed before still agrees, and nothing new disagrees with it. The same holds when a previous name is added to
/// a stated name, for the keys of a name only grow.
///
/// The TRN of a record that was merged into another stands for that other, when both are among the candidates.
///
/// A name agrees with a record exactly when one of its keys is one of the record's. So a previous name counts only for
/// a record that the current name does not agree with: for the others it adds nothing.
pub fn decide(policy: &Policy, stated: &Identifiers, candidates: &[TeachingRecord]) -> Verdict {
    let current = candidates.iter().filter(|record| record.is_current());
    let stated = Identifiers { trn: stated.trn.as_ref().map(|trn| successor(trn, candidates)), ..stated.clone() };
    let mut explanations: Vec<Explanation> = current.map(|record| Explanation::of(&stated, record)).collect();
    explanations.sort();
    explanations.dedup_by(|later, earlier| later.trn == earlier.trn);

    let reached: Vec<&Explanation> = explanations.iter().filter(|e| policy.is_reached_by(e)).collect();
    let decision = match reached.as_slice() {
        [] => Decision::None,
        [only] if policy.is_met_by(only) => Decision::One(only.trn.clone()),
        [_] => Decision::None,
        several => Decision::Several(several.iter().map(|e| e.trn.clone()).collect()),
    };
    Verdict { policy: policy.label(), decision, explanations }
}

/// The record that the one of this TRN was merged into, once or more often; a circle leads nowhere.
fn successor(stated: &Trn, candidates: &[TeachingRecord]) -> Trn {
    let merged_into = |trn: &Trn| {
        let of_trn = candidates.iter().filter(|record| record.trn == *trn);
        if of_trn.clone().any(TeachingRecord::is_current) {
            return None;
        }
        of_trn.filter_map(|record| record.merged_into.clone()).min()
    };
    let mut trn = stated.clone();
    for _ in 0..candidates.len() {
        match merged_into(&trn) {
            Some(next) => trn = next,
            None => return trn,
        }
    }
    stated.clone()
}
