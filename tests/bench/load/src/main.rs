//! Loads one OpenID Connect provider from one core, and says what it did in one line of JSON on standard output.
//!
//! It ends with 0; with 1 when an operation failed, which makes the run void; with 2 when it cannot be measured at all.

mod answer;
mod asked;
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
mod scenarios;
mod sink;
mod site;
mod target;

use std::error::Error;
use std::fs;
use std::io::Write;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use clap::Parser;
use tokio::task::LocalSet;

use crate::measure::Pace;
use crate::report::Report;
use crate::scenarios::{Scenario, Setup};
use crate::site::Site;
use crate::target::Target;

#[derive(Parser)]
struct Options {
    /// The file that describes the server
    #[arg(long)]
    target: PathBuf,
    #[arg(long, required_unless_present = "browsers_into")]
    scenario: Option<Scenario>,
    #[arg(long, default_value_t = NonZeroUsize::new(64).expect("64 is not zero"))]
    connections: NonZeroUsize,
    /// How long is measured
    #[arg(long, default_value_t = 8.0)]
    seconds: f64,
    /// How many seconds before that do not count
    #[arg(long, default_value_t = 2.0)]
    warm_up: f64,
    /// Where to take the letters of the server, which has to be told: see tests/bench/load/sink.toml
    #[arg(long, value_name = "ADDRESS:PORT")]
    sink: Option<SocketAddr>,
    /// Pass over so many people of the file, who came in former runs
    #[arg(long, default_value_t = 0)]
    skip: usize,
    /// Measure nothing: sign people in, and write the target with their browsers into this file
    #[arg(long, value_name = "FILE", conflicts_with = "scenario")]
    browsers_into: Option<PathBuf>,
    /// How many browsers
    #[arg(long, default_value_t = 16)]
    browsers: usize,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = Options::parse();
    match LocalSet::new().run_until(run(options)).await {
        Ok(code) => code,
        Err(error) => {
            writeln!(std::io::stderr(), "load: {error}").ok();
            ExitCode::from(2)
        }
    }
}

async fn run(options: Options) -> Result<ExitCode, Box<dyn Error>> {
    let Options { target, scenario, connections, seconds, warm_up, sink, skip, browsers_into, browsers } = options;
    let site = Rc::new(Site::new(Target::read(&target)?)?);
    let [warm_up, window] = [warm_up, seconds].map(Duration::try_from_secs_f64);
    let pace = Pace { connections: connections.get(), warm_up: warm_up?, window: window? };
    let setup = Setup { site, pace, sink, skip };
    if let Some(file) = browsers_into {
        let target = scenarios::with_browsers(&setup, browsers).await?;
        fs::write(file, serde_json::to_vec_pretty(&target)?)?;
    }
    let Some(scenario) = scenario else { return Ok(ExitCode::SUCCESS) };
    let measured = scenarios::run(scenario, &setup).await?;
    let report = Report::new(&setup.site.target.name, scenario, pace, measured);
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&report)?)?;
    Ok(if report.is_void() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
