//! What an import of domains did.

use std::fmt;

use indicatif::HumanCount;

/// How many establishments the file has, and what became of their websites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub read: u64,
    /// Domains that were not there before.
    pub new: u64,
    /// Establishments whose domain was there before, or was that of an earlier row.
    pub present: u64,
    /// Establishments without a website.
    pub without: u64,
    /// Establishments whose website names no domain of their own.
    pub skipped: u64,
    /// The first lines of those.
    lines: Vec<u64>,
}

impl Report {
    /// So many lines are told: a person looks at a few to see what they are like.
    const LISTED: usize = 10;

    pub(super) fn skip(&mut self, line: u64) {
        self.skipped += 1;
        if self.lines.len() < Self::LISTED {
            self.lines.push(line);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [self.read, self.new, self.present, self.without, self.skipped].map(HumanCount);
        let [read, new, present, without, skipped] = counts;
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        write!(f, "Read {read} establishment{}: {new} new domain{}, ", plural(self.read), plural(self.new))?;
        write!(f, "{present} already there, {without} without a website, {skipped} skipped.")?;
        if self.lines.is_empty() {
            return Ok(());
        }
        let lines: Vec<String> = self.lines.iter().map(u64::to_string).collect();
        write!(f, "\nSkipped, for their website names no domain of their own: line{} ", plural(self.skipped))?;
        f.write_str(&lines.join(", "))?;
        match self.skipped - self.lines.len() as u64 {
            0 => Ok(()),
            more => write!(f, " and {} more", HumanCount(more)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_reads_as_a_sentence_and_tells_the_first_lines_that_were_skipped() {
        let mut report = Report { read: 1_234, new: 1, present: 20, without: 300, ..Report::default() };
        let text = "Read 1,234 establishments: 1 new domain, 20 already there, 300 without a website, 0 skipped.";
        assert_eq!(report.to_string(), text);
        report.skip(7);
        assert!(report.to_string().ends_with(" of their own: line 7"), "{report}");
        (8..=1_011).for_each(|line| report.skip(line));
        let lines = "lines 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 and 995 more";
        assert!(report.to_string().ends_with(lines), "{report}");
    }
}
