//! What an import did.

use std::fmt;

use indicatif::HumanCount;
use store::Upserted;

/// How many records of the file were new, how many differed from what was there, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
}

impl Report {
    /// All records of the file.
    pub fn total(&self) -> usize {
        self.new + self.changed + self.unchanged
    }

    pub(super) fn add(&mut self, counts: Upserted) {
        self.new += counts.new;
        self.changed += counts.changed;
        self.unchanged += counts.unchanged;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [self.total(), self.new, self.changed, self.unchanged];
        let [total, new, changed, unchanged] = counts.map(|count| HumanCount(count as u64));
        let records = if self.total() == 1 { "record" } else { "records" };
        write!(f, "Imported {total} teaching {records}: {new} new, {changed} changed, {unchanged} unchanged.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_reads_as_a_sentence() {
        let report = Report { new: 1_234, changed: 5, unchanged: 0 };
        let text = "Imported 1,239 teaching records: 1,234 new, 5 changed, 0 unchanged.";
        assert_eq!(report.to_string(), text);
    }
}
