//! Measures how long it takes to find the accounts of people like somebody, against one select by primary key in the
//! same run:
//!
//!     cargo run --release -p store --example alike -- sqlite:///path/to/store.db [ACCOUNTS [LOOK_UPS]]
//!
//! An empty database is filled first, with invented accounts. Names and birthdays are crowded on purpose: a third of the
//! people bear one of forty family names, all bear given names with nicknames, and one in twenty was born on one of
//! five days. A later run on the same database finds it filled, and tells how long the keys of names took if somebody
//! has set their version back.

#[path = "alike/people.rs"]
mod people;

use std::io::Write;
use std::time::{Duration, Instant};

use identity::account::Account;
use identity::matching::StatedName;
use store::{PoolSettings, Store, StoreError};

use self::people::{Person, people};

type Failure = Box<dyn std::error::Error>;

const BATCH: usize = 10_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("usage: alike DATABASE_URL [ACCOUNTS [LOOK_UPS]]")?;
    let accounts = arguments.next().map_or(Ok(2_000_000), |count| count.parse())?;
    let look_ups = arguments.next().map_or(Ok(5_000), |count| count.parse())?;
    let store = Store::open(&url, PoolSettings::default())?;
    let mut out = std::io::stdout().lock();
    let start = Instant::now();
    store.migrate().await?;
    writeln!(out, "tables and keys up to date after {} ms", start.elapsed().as_millis())?;
    fill(&store, accounts).await?;
    writeln!(out, "{accounts} accounts, {look_ups} look-ups of each kind\n")?;
    writeln!(out, "{:<48} {:>8} {:>9} {:>9} {:>9}", "looked up", "found", "p50 us", "p99 us", "max us")?;
    let step = accounts / look_ups;
    for (name, asked) in KINDS {
        let mut runs = Runs::default();
        for person in people().step_by(step.max(1)).take(look_ups) {
            let Person { name: current, previous, date_of_birth, .. } = asked(&person);
            let name = StatedName { current, previous };
            runs.time(store.read(move |db| db.accounts().alike(&name, date_of_birth))).await?;
        }
        writeln!(out, "{}", runs.line(name))?;
    }
    let mut runs = Runs::default();
    for person in people().step_by(step.max(1)).take(look_ups) {
        runs.time(store.read(move |db| Ok(db.accounts().by_id(person.id)?.into_iter().collect()))).await?;
    }
    writeln!(out, "{}", runs.line("yardstick: one account by its primary key"))?;
    Ok(())
}

/// Whom a look-up asks for, of somebody who has an account.
type Asked = fn(&Person) -> Person;

const KINDS: [(&str, Asked); 5] = [
    ("the same name and date of birth", Person::clone),
    ("a nickname", Person::by_a_nickname),
    ("of a crowded day, by the commonest family name", Person::in_the_crowd),
    ("a name since a marriage, and the one before", Person::married),
    ("somebody without an account", Person::unknown),
];

async fn fill(store: &Store, count: usize) -> Result<(), Failure> {
    let first = people().next().ok_or("there are people")?.id;
    if store.read(move |db| db.accounts().by_id(first)).await?.is_some() {
        return Ok(());
    }
    let mut all = people().take(count);
    loop {
        let batch: Vec<Account> = all.by_ref().take(BATCH).map(|person| person.account()).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let written = store.transact(move |db| batch.iter().try_for_each(|account| db.accounts().create(account)));
        written.await?;
    }
}

#[derive(Default)]
struct Runs {
    times: Vec<Duration>,
    found: usize,
}

impl Runs {
    async fn time(
        &mut self,
        look_up: impl Future<Output = Result<Vec<Account>, StoreError>>,
    ) -> Result<(), StoreError> {
        let start = Instant::now();
        let found = look_up.await?;
        self.times.push(start.elapsed());
        self.found += found.len();
        Ok(())
    }

    fn line(&mut self, name: &str) -> String {
        self.times.sort_unstable();
        let at = |share: usize| self.times[(self.times.len() - 1) * share / 100].as_micros();
        let mean = self.found as f64 / self.times.len() as f64;
        format!("{name:<48} {mean:>8.2} {:>9} {:>9} {:>9}", at(50), at(99), at(100))
    }
}
