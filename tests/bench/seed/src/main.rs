//! Seeds a database for `make bench`, and prints one line of JSON that says what was made.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use identity::client::ClientId;
use seed::{Plan, Seeded};
use serde::Serialize;
use store::{DatabaseUrl, PoolSettings, Store};

/// Fills an empty database as if so many teachers had registered.
#[derive(Parser)]
struct Options {
    /// The database: sqlite:///path or postgres://...
    #[arg(long)]
    database: String,
    #[arg(long, default_value_t = 100_000)]
    accounts: usize,
    /// How many teaching records there are, those of the accounts among them.
    #[arg(long, default_value_t = 1_000_000)]
    records: usize,
    /// Where to write accounts.csv and new-people.csv.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Decides who there is.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The service through which everybody came first.
    #[arg(long, default_value = "demo-trn-required")]
    client: String,
}

#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    seeded: Seeded,
    seconds: f64,
    database_bytes: u64,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to hear of it where standard error is closed.
            let _ = writeln!(std::io::stderr(), "seed: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let client = ClientId::parse(&options.client)?;
    let now = server::system::clock().now();
    let plan = Plan { accounts: options.accounts, records: options.records, seed: options.seed, client, now };
    // Who writes much may let others wait for long.
    let patient = PoolSettings { wait: Duration::from_secs(300), ..PoolSettings::default() };
    let store = Store::open(&options.database, patient)?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(store.migrate())?;
    let seeded = seed::seed(&store, writers(&options.database.parse()?), &plan, &options.out)?;
    let database_bytes = store.transact_blocking(|db| db.size())?;
    let report = Report { seeded, seconds: begun.elapsed().as_secs_f64(), database_bytes };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &report)?;
    Ok(writeln!(out)?)
}

/// SQLite has one writer.
fn writers(database: &DatabaseUrl) -> usize {
    match database {
        DatabaseUrl::Sqlite(_) => 1,
        DatabaseUrl::Postgres(_) => 4,
    }
}
