//! Counts the instructions of what the provider does most, and holds them to those that are known (docs/instructions.toml).
//! Seconds differ from machine to machine and from minute to minute; instructions hardly do.

mod answer;
mod bench;
mod browser;
mod change;
mod check;
mod count;
mod known;
mod operation;
mod people;
mod service;
mod sign_in;
mod table;
mod world;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use actix_web::rt::System;

use crate::bench::Bench;
use crate::operation::Operation;
use crate::world::World;

const USAGE: &str =
    "instructions check [renew]            count everything, and compare with what is known, or renew it
instructions prepare FOLDER           make a database to work on
instructions do OPERATION TIMES FOLDER    what is counted
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["check"] => return ended(check::compares()),
        ["check", "renew"] => return ended(check::renews()),
        ["prepare", folder] => System::new().block_on(World::prepare(Path::new(folder))),
        ["do", name, times, folder] => match (Operation::named(name), times.parse()) {
            (Some(operation), Ok(times)) => System::new().block_on(does(operation, times, Path::new(folder))),
            _ => return misused(),
        },
        _ => return misused(),
    }
    ExitCode::SUCCESS
}

async fn does(operation: Operation, times: u32, folder: &Path) {
    let mut bench = Bench::begin(World::open(folder).await).await;
    bench.does(operation, times).await;
    say(&format!("{} {times} times\n", operation.name()));
}

fn ended(check: Result<ExitCode, Box<dyn Error + Send + Sync>>) -> ExitCode {
    check.unwrap_or_else(|failure| {
        say(&format!("Nothing was counted: {failure}\n"));
        ExitCode::FAILURE
    })
}

fn misused() -> ExitCode {
    say(USAGE);
    ExitCode::FAILURE
}

fn say(text: &str) {
    std::io::stdout().write_all(text.as_bytes()).expect("somebody listens");
}
