//! SQLite as the store opens it (log, every commit kept), with statements that are prepared once.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::table::{CREATE, ROWS, Row, floor_rows, id};
use crate::measure::{Cost, Done, each_of, one};

const AS_THE_STORE_DOES: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;";

/// What one row costs when so many are written in one commit.
const ROWS_PER_COMMIT: [(&str, u32); 4] =
    [("sqlite_commit_1", 1), ("sqlite_row_of_8", 8), ("sqlite_row_of_32", 32), ("sqlite_row_of_64", 64)];

pub(crate) fn costs(folder: &Path) -> Done<Vec<Cost>> {
    let home = tempfile::tempdir_in(folder)?;
    let path = home.path().join("floor.db");
    let mut connection = SqliteConnection::establish(path.to_str().ok_or("the folder's path is not UTF-8")?)?;
    connection.batch_execute(AS_THE_STORE_DOES)?;
    connection.batch_execute(CREATE)?;
    write(&mut connection, 0..ROWS)?;
    let mut costs = vec![selecting(&mut connection)?];
    let mut next = ROWS;
    for (name, rows) in ROWS_PER_COMMIT {
        costs.push(each_of(name, rows, || {
            let first = next;
            next += u64::from(rows);
            write(&mut connection, first..next)
        })?);
    }
    Ok(costs)
}

fn selecting(connection: &mut SqliteConnection) -> Done<Cost> {
    let mut number = 0;
    one("sqlite_select", || {
        // Never the same row twice in a row.
        number = (number + 7_919) % ROWS;
        floor_rows::table.find(id(number)).select(floor_rows::content).first::<String>(connection)?;
        Ok(())
    })
}

fn write(connection: &mut SqliteConnection, numbers: std::ops::Range<u64>) -> Done {
    connection.immediate_transaction(|connection| {
        for number in numbers {
            diesel::insert_into(floor_rows::table).values(Row::numbered(number)).execute(connection)?;
        }
        Ok(())
    })
}
