//! Prints the figures of docs/duplicates.md: duplicates [PEOPLE [SEED]].

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let people = arguments.next().map_or(Ok(duplicates::PEOPLE), |count| count.parse())?;
    let seed = arguments.next().map_or(Ok(duplicates::SEED), |seed| seed.parse())?;
    write!(std::io::stdout().lock(), "{}", duplicates::figures(people, seed)?)?;
    Ok(())
}
