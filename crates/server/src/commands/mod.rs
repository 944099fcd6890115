//! The subcommands. Here, and nowhere else, something is printed: what was asked for on standard output, what went wrong
//! on standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program answers by printing")]

mod check;
mod clients;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Fault};

/// Signs teachers in to the services of the Department for Education, and tells those services their TRN.
#[derive(Debug, Parser)]
#[command(name = "get-an-identity", version)]
struct CommandLine {
    /// A configuration file, over the defaults. Repeatable: later files win. Variables GAI__SECTION__KEY win over all.
    #[arg(long = "config", value_name = "FILE", global = true)]
    config: Vec<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look at the whole configuration and at every client's file, and say all that is wrong. Changes nothing.
    Check,
    /// The relying services.
    #[command(subcommand)]
    Clients(clients::Command),
}

/// Why a command did not do what was asked.
#[derive(Debug)]
enum Failure {
    /// The configuration is wrong, in all these places.
    Configuration(Vec<Fault>),
    Other(String),
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Other(error.to_string())
    }
}

type Done = Result<(), Failure>;

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let line = CommandLine::parse();
    match line.command.run(&line.config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Configuration(faults)) => {
            faults.iter().for_each(|fault| eprintln!("{fault}"));
            eprintln!("The configuration is wrong in {} place(s).", faults.len());
            ExitCode::FAILURE
        }
        Err(Failure::Other(what)) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

impl Command {
    fn run(self, files: &[PathBuf]) -> Done {
        match self {
            Command::Check => check::run(files),
            Command::Clients(command) => command.run(files),
        }
    }
}

fn configuration(files: &[PathBuf]) -> Result<Config, Failure> {
    Config::load(files, environment()).map_err(Failure::Configuration)
}

/// The environment, without what is not text: no variable of ours is.
fn environment() -> impl Iterator<Item = (String, String)> {
    let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    std::env::vars_os().filter_map(text)
}
