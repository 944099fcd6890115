//! The check itself: counts, compares, and shows each time that it would have found a fifth more.

use std::process::ExitCode;

use crate::change::Change;
use crate::count::{Counts, Failure, count};
use crate::known::{Known, Tools};
use crate::operation::Operation;
use crate::say;
use crate::table::{Row, table};

const GROWN: &str = "
What has grown takes more than a tenth more instructions than it did. `callgrind_annotate --inclusive=yes var/instructions/OPERATION`
says where they go; the same on an earlier commit, where they went. If it has to be so: make instructions UPDATE=1
";
const SHRUNK: &str = "
What has shrunk is better than the known number says, which would hide a later loss: make instructions UPDATE=1
";

/// Compares with what is known.
pub(crate) fn compares() -> Result<ExitCode, Failure> {
    let (known, here) = (Known::read()?, Tools::here()?);
    let counts = count()?;
    let rows = if known.counted_with.processor == here.processor { rows(&known, &counts) } else { Vec::new() };
    say(&table(&rows));
    if known.counted_with != here {
        say(&format!("\nThe known numbers were counted with {}; here is {here}.\n", known.counted_with));
    }
    let has = |change| rows.iter().any(|row| row.change() == change);
    if has(Change::Grown) {
        say(GROWN);
    }
    if has(Change::Shrunk) {
        say(SHRUNK);
    }
    let finds_a_fifth = finds_a_fifth(&counts);
    let passed = rows.iter().filter(|row| row.change() == Change::AsKnown).count() + usize::from(finds_a_fifth);
    let failed = rows.len() + 1 - passed;
    say(&format!("\nInstructions: {passed} passed, {failed} failed\n"));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes what is counted now the known numbers.
pub(crate) fn renews() -> Result<ExitCode, Failure> {
    let before = Known::read()?;
    let counts = count()?;
    say(&table(&rows(&before, &counts)));
    let instructions = counts.iter().map(|(operation, counted)| ((*operation).to_owned(), *counted)).collect();
    Known { counted_with: Tools::here()?, instructions }.write()?;
    say("\nThese are the known numbers now: docs/instructions.toml\n");
    Ok(ExitCode::SUCCESS)
}

fn rows(known: &Known, counts: &Counts) -> Vec<Row> {
    let row = |operation: Operation| {
        let operation = operation.name();
        let known = known.instructions.get(operation).copied().unwrap_or_default();
        Row { operation, counted: counts[operation], known }
    };
    Operation::known().map(row).collect()
}

/// A check that finds nothing is worth something only if it would have found what it is there for.
fn finds_a_fifth(counts: &Counts) -> bool {
    let known = counts[Operation::CodeExchange.name()];
    let operation = Operation::CodeExchangeAndAFifth.name();
    let row = Row { operation, counted: counts[operation], known };
    let found = row.change() == Change::Grown;
    say("\nWould a fifth more be found? The same beside a code exchange of today:\n");
    say(&table(&[row]));
    found
}
