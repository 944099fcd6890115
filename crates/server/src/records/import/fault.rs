//! What is wrong with the rows of an extract, told without a word of what is in them.

use std::fmt;

use indicatif::HumanCount;

/// One thing wrong with one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file where the row starts; the header is on line 1.
    pub line: u64,
    /// The column; nothing when the row as a whole is wrong.
    pub column: Option<&'static str>,
    /// What to do about it.
    pub remedy: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(f, "line {}, {column}: {}", self.line, self.remedy),
            None => write!(f, "line {}: {}", self.line, self.remedy),
        }
    }
}

/// The bad rows of a file: the first faults in full, then only how many rows there are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BadRows {
    listed: Vec<Fault>,
    faults: u64,
    rows: u64,
}

impl BadRows {
    /// So many faults are told one by one: past that, a person corrects the source and not the file.
    pub const LISTED: usize = 100;

    /// Takes the faults of one more row.
    pub(super) fn add(&mut self, faults: Vec<Fault>) {
        self.rows += 1;
        self.faults += faults.len() as u64;
        let room = Self::LISTED - self.listed.len();
        self.listed.extend(faults.into_iter().take(room));
    }

    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

impl fmt::Display for BadRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = if self.rows == 1 { "row" } else { "rows" };
        write!(f, "Nothing was imported: {} bad {rows}. Correct the file and import it again.", HumanCount(self.rows))?;
        for fault in &self.listed {
            write!(f, "\n  {fault}")?;
        }
        match self.faults - self.listed.len() as u64 {
            0 => Ok(()),
            more => write!(f, "\n  and {} more", HumanCount(more)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad_rows(rows: u64) -> BadRows {
        let mut bad = BadRows::default();
        for line in 2..rows + 2 {
            bad.add(vec![Fault { line, column: Some("nino"), remedy: "leave it empty" }]);
        }
        bad
    }

    #[test]
    fn a_few_bad_rows_are_all_told() {
        let text = bad_rows(2).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Nothing was imported: 2 bad rows. Correct the file and import it again.");
        assert_eq!(lines[1..], ["  line 2, nino: leave it empty", "  line 3, nino: leave it empty"]);
    }

    #[test]
    fn past_a_hundred_the_rest_is_a_number() {
        let text = bad_rows(2_345).to_string();
        assert_eq!(text.lines().count(), 1 + BadRows::LISTED + 1);
        assert!(text.starts_with("Nothing was imported: 2,345 bad rows."), "{text}");
        assert!(text.ends_with("\n  and 2,245 more"), "{text}");
    }
}
