//! Loads one OpenID Connect provider from one core, and says what it did in one line of JSON on standard output.
//!
//! It ends with 0; with 1 when an operation failed, which makes the run void; with 2 when it cannot be measured at all.

mod answer;
mod asked;
mod awake;
mod chance;
mod check;
mod codes;
mod connection;
mod exchange;
mod failure;
mod histogram;
mod id_token;
mod jar;
mod journey;
mod measure;
mod people;
mod refusal;
mod report;
mod request;
mod scenarios;
mod sink;
mod site;
mod target;

use std::error::Error;
use std::fs;
use std::io::Write;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use tokio::task::LocalSet;

use crate::measure::Pace;
use crate::refusal::Refusal;
use crate::report::Report;
use crate::scenarios::{Scenario, Setup};
use crate::site::Site;
use crate::target::Target;

#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Options {
    #[command(flatten)]
    run: Option<Run>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Measure one scenario
#[derive(Args)]
struct Run {
    /// The file that describes the server
    #[arg(long, value_name = "FILE")]
    target: PathBuf,
    #[arg(long)]
    scenario: Scenario,
    #[arg(long, default_value_t = NonZeroUsize::new(64).expect("64 is not zero"))]
    connections: NonZeroUsize,
    /// How long is measured
    #[arg(long, default_value_t = 8.0)]
    seconds: f64,
    /// How many seconds before that do not count
    #[arg(long, default_value_t = 2.0)]
    warm_up: f64,
    /// Where to take the letters of our own server, which has to be told: see sink.toml beside this program's manifest
    #[arg(long, value_name = "ADDRESS:PORT")]
    sink: Option<SocketAddr>,
    /// Somebody else works on this core too: sleep while there is nothing to do
    #[arg(long)]
    not_alone: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Sign the first people of the file of accounts in, and write the browsers that they did it with into the target's file
    SeedBrowsers {
        #[arg(long, value_name = "FILE")]
        target: PathBuf,
        #[arg(long, value_name = "ADDRESS:PORT")]
        sink: SocketAddr,
        #[arg(long, default_value_t = 16)]
        browsers: usize,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Options { run, command } = Options::parse();
    let work = async {
        match (command, run) {
            (Some(Command::SeedBrowsers { target, sink, browsers }), _) => seed_browsers(&target, sink, browsers).await,
            (None, Some(run)) => measure(run).await,
            (None, None) => Err("there is nothing to do".into()),
        }
    };
    match LocalSet::new().run_until(work).await {
        Ok(code) => code,
        Err(error) => {
            writeln!(std::io::stderr(), "load: {error}").ok();
            ExitCode::from(2)
        }
    }
}

type Done = Result<ExitCode, Box<dyn Error>>;

async fn measure(run: Run) -> Done {
    let Run { target, scenario, connections, seconds, warm_up, sink, not_alone } = run;
    let site = site(&target)?;
    let [warm_up, window] = [warm_up, seconds].map(Duration::try_from_secs_f64);
    let pace = Pace { connections: connections.get(), warm_up: warm_up?, window: window?, alone: !not_alone };
    let setup = Setup { site: site.clone(), pace, sink };
    let measured = scenarios::run(scenario, &setup).await?;
    let report = Report::new(&site.target.name, scenario, pace, measured);
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&report)?)?;
    Ok(if report.is_void() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn seed_browsers(file: &Path, sink: SocketAddr, count: usize) -> Done {
    let site = site(file)?;
    let browsers = scenarios::signed_in_browsers(&site, Some(sink), count).await?;
    let target = Target { browsers, ..site.target.clone() };
    fs::write(file, serde_json::to_vec_pretty(&target)?)?;
    Ok(ExitCode::SUCCESS)
}

fn site(target: &Path) -> Result<Rc<Site>, Refusal> {
    Ok(Rc::new(Site::new(Target::read(target)?)?))
}
