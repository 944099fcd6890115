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

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use actix_web::rt::System;

use crate::count::Failure;

const USAGE: &str = "\
instructions check          count everything, and compare it with what is known
instructions check renew    count everything, and let that be what is known
instructions do FOLDER      what is counted
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["check"] => ended(check::compares()),
        ["check", "renew"] => ended(check::renews()),
        ["do", folder] => {
            System::new().block_on(count::does_all(Path::new(folder)));
            ExitCode::SUCCESS
        }
        _ => {
            say(USAGE);
            ExitCode::FAILURE
        }
    }
}

fn ended(check: Result<ExitCode, Failure>) -> ExitCode {
    check.unwrap_or_else(|failure| {
        say(&format!("Nothing was counted: {failure}\n"));
        ExitCode::FAILURE
    })
}

fn say(text: &str) {
    std::io::stdout().write_all(text.as_bytes()).expect("somebody listens");
}
