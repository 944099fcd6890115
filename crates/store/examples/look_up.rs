//! Measures how long it takes to find the candidates of a person, with more and more identifiers as a journey asks for
//! them, against one select by primary key in the same run:
//!
//!     cargo run --release -p store --example look_up -- sqlite:///path/to/store.db [PEOPLE]
//!
//! The database has teaching records in it (`get-an-identity records import`); people are drawn from them at random.

use std::io::Write;
use std::time::{Duration, Instant};

use identity::matching::{Identifiers, StatedName};
use identity::random::Random;
use identity::record::TeachingRecord;
use identity::trn::Trn;
use store::{PoolSettings, Store, StoreError};

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("usage: look_up DATABASE_URL [PEOPLE]")?;
    let people = arguments.next().map_or(Ok(2_000), |count| count.parse())?;
    let store = Store::open(&url, PoolSettings::default())?;
    let records = store.read(|db| db.records().count()).await?;
    let people = draw(&store, people).await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{records} records, {} people\n", people.len())?;
    writeln!(out, "{:<48} {:>10} {:>9} {:>9} {:>9}", "stated", "candidates", "p50 us", "p99 us", "max us")?;
    for (name, part) in PARTS {
        let mut runs = Runs::default();
        for person in &people {
            let stated = part(person);
            runs.time(store.read(move |db| db.records().candidates(&stated))).await?;
        }
        writeln!(out, "{}", runs.line(name))?;
    }
    let mut runs = Runs::default();
    for person in &people {
        let trn = person.trn.clone();
        runs.time(store.read(move |db| Ok(db.records().by_trn(&trn)?.into_iter().collect()))).await?;
    }
    writeln!(out, "{}", runs.line("yardstick: one record by its primary key"))?;
    Ok(())
}

/// What a person states of what their record holds.
type Part = fn(&TeachingRecord) -> Identifiers;

/// More and more of it.
const PARTS: [(&str, Part); 8] = [
    ("email", |person| Identifiers { email: person.emails.first().cloned(), ..Identifiers::default() }),
    ("email, name", |person| Identifiers { name: name(person), ..PARTS[0].1(person) }),
    ("email, name, date of birth", |person| Identifiers {
        date_of_birth: Some(person.date_of_birth),
        ..PARTS[1].1(person)
    }),
    ("email, name, date of birth, NINO", |person| Identifiers { nino: person.nino.clone(), ..PARTS[2].1(person) }),
    ("email, name, date of birth, NINO, TRN", |person| Identifiers {
        trn: Some(person.trn.clone()),
        ..PARTS[3].1(person)
    }),
    ("all six", |person| Identifiers { provider: person.training_providers.first().cloned(), ..PARTS[4].1(person) }),
    ("name, date of birth", |person| Identifiers { email: None, ..PARTS[2].1(person) }),
    ("NINO", |person| Identifiers { nino: person.nino.clone(), ..Identifiers::default() }),
];

fn name(person: &TeachingRecord) -> Option<StatedName> {
    Some(StatedName { current: person.name.clone(), previous: person.previous_names.first().cloned() })
}

/// Draws TRNs until enough of them are held.
async fn draw(store: &Store, count: usize) -> Result<Vec<TeachingRecord>, Failure> {
    let random = Random::seeded(1);
    let mut people = Vec::new();
    for _ in 0..5_000 {
        let trns: Vec<Trn> = (0..200).map(|_| Trn::parse(random.digits(7).expose())).collect::<Result<_, _>>()?;
        let held = store.read(move |db| {
            let found = trns.iter().map(|trn| db.records().by_trn(trn)).collect::<Result<Vec<_>, StoreError>>()?;
            Ok::<_, StoreError>(found.into_iter().flatten().collect::<Vec<_>>())
        });
        people.extend(held.await?);
        if people.len() >= count {
            people.truncate(count);
            return Ok(people);
        }
    }
    Err("too few records to draw people from".into())
}

#[derive(Default)]
struct Runs {
    times: Vec<Duration>,
    candidates: usize,
}

impl Runs {
    async fn time(
        &mut self,
        look_up: impl Future<Output = Result<Vec<TeachingRecord>, StoreError>>,
    ) -> Result<(), StoreError> {
        let start = Instant::now();
        let found = look_up.await?;
        self.times.push(start.elapsed());
        self.candidates += found.len();
        Ok(())
    }

    fn line(&mut self, name: &str) -> String {
        self.times.sort_unstable();
        let at = |share: usize| self.times[(self.times.len() - 1) * share / 100].as_micros();
        let mean = self.candidates as f64 / self.times.len() as f64;
        format!("{name:<48} {mean:>10.2} {:>9} {:>9} {:>9}", at(50), at(99), at(100))
    }
}
