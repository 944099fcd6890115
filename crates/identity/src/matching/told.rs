//! A verdict in words, for those who decide where matching could not.

use std::fmt;

use super::{Agreement, Decision, Explanation, Identifier, StatedName, Verdict};

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decision = match &self.decision {
            Decision::One(trn) => format!("one record, {trn}"),
            Decision::Several(trns) => format!("{} records that each reach three", trns.len()),
            Decision::None => "no record".into(),
            Decision::Unsure => "unsure, since the records did not answer in time".into(),
        };
        write!(f, "What matching found, by the policy {}: {decision}.", self.policy)?;
        self.explanations.iter().try_for_each(|explanation| candidate(f, explanation))
    }
}

fn candidate(f: &mut fmt::Formatter<'_>, explanation: &Explanation) -> fmt::Result {
    write!(f, "\n\n  Record {}", explanation.trn)?;
    for (label, agreement) in [
        ("agree", Agreement::Agreed),
        ("disagree", Agreement::Disagreed),
        ("not stated or not on record", Agreement::Absent),
    ] {
        let these = explanation.each().into_iter().filter(|(_, this)| *this == agreement);
        let these: Vec<&str> = these.map(|(identifier, _)| word(identifier)).collect();
        let these = if these.is_empty() { "-".into() } else { these.join(", ") };
        write!(f, "\n    {label:<28} {these}")?;
    }
    Ok(())
}

fn word(identifier: Identifier) -> &'static str {
    match identifier {
        Identifier::Email => "email",
        Identifier::Name => "name",
        Identifier::DateOfBirth => "date of birth",
        Identifier::Nino => "National Insurance number",
        Identifier::Trn => "TRN",
        Identifier::TrainingProvider => "training provider",
    }
}

impl fmt::Display for StatedName {
    /// A half of a previous name that was not stated did not change.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.current.full())?;
        let Some(previous) = &self.previous else { return Ok(()) };
        let first = previous.first.as_ref().unwrap_or(&self.current.first);
        let last = previous.last.as_ref().unwrap_or(&self.current.last);
        write!(f, ", before: {first} {last}")
    }
}
