//! The sample teaching records: an invented extract, as large as one likes, to try the service with and to measure it by.
//!
//! The named personas come first, whatever the seed; then people drawn at random from the name lists. The same plan
//! gives the same bytes on every machine: there is no clock, no floating point and no chance but the seed. Nothing
//! is remembered of a row once it is written (but for a few neighbours), so memory does not grow. It must never hold
//! a real person's details; email addresses are in domains reserved for examples only.

mod career;
mod contact;
mod name;
mod name_lists;
mod neighbours;
mod numbers;
mod parsed;
mod people;
mod permutation;
pub(crate) mod personas;
mod providers;
mod record;
mod rng;
mod shares;
mod spelling;
#[cfg(test)]
mod tests;

use std::io;

use identity::record::TeachingRecord;
use people::People;
use record::COLUMNS;

/// The most people in one extract: each may have two records, and the TRNs must last.
const MOST_PEOPLE: u64 = numbers::MOST_RECORDS / 2;
/// Rows between two reports of progress.
const PROGRESS_EVERY: u64 = 1_000;

/// What to invent.
pub(crate) struct Plan {
    /// How many people besides the personas. A few in a thousand of them have two records.
    pub(crate) people: u64,
    /// Decides everything about them.
    pub(crate) seed: u64,
}

/// The records of the same people without the personas and without a file, for a program that fills a database. They end
/// where there might be no TRN for the next person.
pub fn records(seed: u64) -> impl Iterator<Item = TeachingRecord> {
    let mut people = People::of(seed);
    let people = std::iter::repeat_with(move || people.next()).take(usize::try_from(MOST_PEOPLE).unwrap_or(usize::MAX));
    people.flat_map(|(first, second)| std::iter::once(first).chain(second)).map(TeachingRecord::from)
}

/// Writes the extract as CSV with a header, and gives the number of rows (records) below the header. `progress` hears
/// the number of rows so far every 1,000 rows and at the end.
///
/// # Errors
/// When the plan wants more people than there are TRNs for, or when `out` cannot be written.
pub(crate) fn write(plan: &Plan, out: impl io::Write, mut progress: impl FnMut(u64)) -> csv::Result<u64> {
    if plan.people > MOST_PEOPLE {
        let why = format!("{} people are too many: there are TRNs for {MOST_PEOPLE}", plan.people);
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why).into());
    }
    let mut out = csv::Writer::from_writer(out);
    out.write_record(COLUMNS)?;
    let mut rows = 0;
    for record in personas::PERSONAS.iter().flat_map(|persona| persona.records) {
        out.write_record(record.fields())?;
        rows += 1;
    }
    let mut people = People::of(plan.seed);
    for _ in 0..plan.people {
        let (first, second) = people.next();
        for record in std::iter::once(first).chain(second) {
            out.write_record(record.fields())?;
            rows += 1;
            if rows % PROGRESS_EVERY == 0 {
                progress(rows);
            }
        }
    }
    out.flush()?;
    progress(rows);
    Ok(rows)
}
