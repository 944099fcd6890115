//! PostgreSQL over a connection, and over eight at once. A commit is three round trips: begin, insert, commit.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::table::{CREATE, DROP, ROWS, Row, floor_rows, id};
use crate::measure::{Cost, Done, cpu_time, median, micros, one};

/// As many rows in one statement as PostgreSQL has room for, and more than enough.
const ROWS_PER_STATEMENT: u64 = 10_000;
const CONNECTIONS: usize = 8;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(500);

pub(crate) fn costs(url: &str) -> Done<Vec<Cost>> {
    let mut connection = PgConnection::establish(url)?;
    connection.batch_execute(DROP)?;
    connection.batch_execute(CREATE)?;
    let costs = of_table(&mut connection, url);
    connection.batch_execute(DROP)?;
    costs
}

fn of_table(connection: &mut PgConnection, url: &str) -> Done<Vec<Cost>> {
    for first in (0..ROWS).step_by(ROWS_PER_STATEMENT as usize) {
        let rows: Vec<Row> = (first..first + ROWS_PER_STATEMENT).map(Row::numbered).collect();
        diesel::insert_into(floor_rows::table).values(rows).execute(connection)?;
    }
    // The planner knows the table, and the server has nothing left to do for it while it is measured.
    connection.batch_execute("VACUUM ANALYZE floor_rows")?;
    let next = AtomicU64::new(0);
    Ok(vec![
        one("postgres_select", || select(connection, next.fetch_add(1, Ordering::Relaxed)))?,
        one("postgres_commit", || commit(connection, ROWS + next.fetch_add(1, Ordering::Relaxed)))?,
        at_once("postgres_select_by_8", url, |connection| select(connection, next.fetch_add(1, Ordering::Relaxed)))?,
        at_once("postgres_commit_by_8", url, |connection| {
            commit(connection, ROWS + next.fetch_add(1, Ordering::Relaxed))
        })?,
    ])
}

fn select(connection: &mut PgConnection, number: u64) -> Done {
    let id = id(number.wrapping_mul(7_919) % ROWS);
    floor_rows::table.find(id).select(floor_rows::content).first::<String>(connection)?;
    Ok(())
}

fn commit(connection: &mut PgConnection, number: u64) -> Done {
    connection.transaction(|connection| {
        diesel::insert_into(floor_rows::table).values(Row::numbered(number)).execute(connection)?;
        Ok(())
    })
}

/// The time by the clock in which one more is done while eight connections do it at once.
fn at_once(name: &'static str, url: &str, work: impl Fn(&mut PgConnection) -> Done + Sync) -> Done<Cost> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        rounds.push(round(url, &work)?);
    }
    let median = |of: fn(&(f64, f64)) -> f64| median(rounds.iter().map(of).collect());
    Ok(Cost { name, wall_us: median(|(wall, _)| *wall), cpu_us: median(|(_, cpu)| *cpu) })
}

fn round(url: &str, work: &(impl Fn(&mut PgConnection) -> Done + Sync)) -> Done<(f64, f64)> {
    let ready = Barrier::new(CONNECTIONS + 1);
    let client = || -> Result<u32, String> {
        let connection = PgConnection::establish(url).map_err(|error| error.to_string());
        ready.wait();
        let mut connection = connection?;
        let (begun, mut times) = (Instant::now(), 0);
        while begun.elapsed() < ROUND {
            work(&mut connection).map_err(|error| error.to_string())?;
            times += 1;
        }
        Ok(times)
    };
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(client)).collect();
        ready.wait();
        let (begun, cpu_before) = (Instant::now(), cpu_time());
        let mut times = 0;
        for client in clients {
            times += client.join().map_err(|_| "a client panicked")??;
        }
        Ok((micros(begun.elapsed(), times), micros(cpu_time() - cpu_before, times)))
    })
}
