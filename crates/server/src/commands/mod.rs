//! The subcommands. Here, and nowhere else, something is printed: what was asked for on standard output, what went wrong
//! on standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program answers by printing")]

mod changes;
mod check;
mod clients;
mod demo_client;
mod domains;
mod keys;
mod logouts;
mod migrate;
mod outbox;
mod records;
mod sample_records;
mod secrets;
mod serve;
mod simulate;
mod tickets;
mod try_out;
mod webhooks;

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
    /// Sign people in, until a signal stops it. Prints one line on standard output when it is ready.
    Serve,
    /// Bring the database up to this version. `serve` does it too.
    Migrate,
    /// Look at the whole configuration and at every client's file, and say all that is wrong. Changes nothing.
    Check,
    /// The relying services.
    #[command(subcommand)]
    Clients(clients::Command),
    /// The teaching records that people are matched with.
    #[command(subcommand)]
    Records(records::Command),
    /// The email domains of schools and training providers.
    #[command(subcommand)]
    Domains(domains::Command),
    /// What services have not heard of sign-outs.
    #[command(subcommand)]
    Logouts(logouts::Command),
    /// What leaves: emails, text messages; and what has not arrived.
    #[command(subcommand)]
    Outbox(outbox::Command),
    /// Who is told what becomes of accounts.
    #[command(subcommand)]
    Webhooks(webhooks::Command),
    /// What waits for the help desk to decide.
    #[command(subcommand)]
    Tickets(tickets::Command),
    /// Requests to change what a teaching record says, each with its evidence.
    #[command(subcommand)]
    Changes(changes::Command),
    /// The keys that sign tokens.
    #[command(subcommand)]
    Keys(keys::Command),
    /// The keys that seal what is kept.
    #[command(subcommand)]
    Secrets(secrets::Command),
    /// Invent an extract of teaching records, to try the service with and to measure it by.
    SampleRecords(sample_records::Options),
    /// Serve a stand-in for one of the services that we call.
    #[command(subcommand)]
    Simulate(simulate::Command),
    /// Serve a relying service to try the provider with.
    DemoClient(crate::demo_client::Options),
    /// Print where to go and which three people to try, with the answers to type. `make run` ends with it.
    Try(try_out::Options),
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
            Command::Serve => serve::run(files),
            Command::Migrate => migrate::run(files),
            Command::Records(command) => command.run(files),
            Command::Domains(command) => command.run(files),
            Command::Logouts(command) => command.run(files),
            Command::Outbox(command) => command.run(files),
            Command::Tickets(command) => command.run(files),
            Command::Webhooks(command) => command.run(files),
            Command::Changes(command) => command.run(files),
            Command::Keys(command) => command.run(files),
            Command::Secrets(command) => command.run(files),
            Command::SampleRecords(options) => options.run(),
            Command::Simulate(command) => command.run(),
            Command::DemoClient(options) => demo_client::run(&options),
            Command::Try(options) => options.run(files),
        }
    }
}

/// The configuration. Where it is wrong, what is wrong with the clients is told with it, so that nothing is left to be
/// found out by trying again.
fn configuration(files: &[PathBuf]) -> Result<Config, Failure> {
    Config::load(files, environment()).map_err(|mut faults| {
        if let Some((settings, profile)) = Config::clients_of(files, environment())
            && let Err(more) = crate::clients::load(&settings, profile)
        {
            faults.extend(more);
        }
        Failure::Configuration(faults)
    })
}

/// The environment, without what is not text: no variable of ours is.
fn environment() -> impl Iterator<Item = (String, String)> {
    let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    std::env::vars_os().filter_map(text)
}
