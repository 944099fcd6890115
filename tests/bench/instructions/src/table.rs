//! The counts beside the known numbers, for people.

use std::fmt::Write;

use crate::change::Change;
use crate::known::grouped;

pub(crate) struct Row {
    pub operation: &'static str,
    pub counted: u64,
    /// 0 where nobody has counted it before, which is no known number either.
    pub known: u64,
}

impl Row {
    pub(crate) fn change(&self) -> Change {
        Change::between(self.known, self.counted)
    }
}

pub(crate) fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<26} {:>14} {:>14} {:>9}\n", "operation", "instructions", "known", "change");
    for row in rows {
        let verdict = match row.change() {
            Change::AsKnown => "",
            Change::Grown => "  grown",
            Change::Shrunk => "  shrunk",
        };
        let (counted, known) = (grouped(row.counted, ','), grouped(row.known, ','));
        let percent = percent(row);
        writeln!(text, "{:<26} {counted:>14} {known:>14} {percent:>9}{verdict}", row.operation)
            .expect("a string takes all");
    }
    text
}

fn percent(row: &Row) -> String {
    if row.known == 0 {
        return "new".to_owned();
    }
    format!("{:+.1} %", (row.counted as f64 / row.known as f64 - 1.0) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_how_much_has_changed_and_whether_that_is_too_much() {
        let rows = [
            Row { operation: "jwks", counted: 10_100, known: 10_000 },
            Row { operation: "refresh", counted: 1_200_000, known: 1_000_000 },
            Row { operation: "userinfo", counted: 1_200_000, known: 0 },
        ];
        let text = table(&rows);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        assert!(lines[1].starts_with("jwks ") && lines[1].ends_with(" 10,100         10,000    +1.0 %"), "{text}");
        assert!(lines[3].ends_with(" 0       new  grown"), "{text}");
        assert!(lines[2].ends_with(" 1,200,000      1,000,000   +20.0 %  grown"), "{text}");
    }
}
