//! The budgets of one-time codes, shared by all servers: a row for each that is not whole.

use diesel::prelude::*;
use identity::budget::Rate;
use identity::clock::Time;
use identity::secret::Hashed;

use crate::connection::AnyConnection;
use crate::constraint::Constraint;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::code_budgets;
use crate::time::{Moment, stored, told};

/// How often to start over when others make or delete the row of a key at the same moment. PostgreSQL alone needs it.
const ATTEMPTS: u32 = 20;

pub struct CodeBudgets<'c>(pub(crate) &'c mut AnyConnection);

/// What became of an attempt that several budgets have to allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Each had room, and each is counted.
    Counted,
    /// Nothing is counted. `budget` is the place of the first that is spent, and at `again_at` all of them have room.
    Refused { budget: usize, again_at: Time },
}

impl CodeBudgets<'_> {
    /// Takes one out of each budget, or nothing out of any.
    pub fn take(&mut self, budgets: &[(Hashed, Rate)], now: Time) -> Result<Taken, StoreError> {
        // Most that is refused is refused here, by a look that holds up nobody.
        let refused = self.refused(budgets, now)?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        match self.0.transaction(|connection| take_all(connection, budgets, now)) {
            Ok(()) => Ok(Taken::Counted),
            Err(Stopped::Spent(refused)) => Ok(refused),
            Err(Stopped::Store(error)) => Err(error),
        }
    }

    fn refused(&mut self, budgets: &[(Hashed, Rate)], now: Time) -> Result<Option<Taken>, StoreError> {
        let rows = rows_of(self.0, budgets.iter().map(|(key, _)| key.as_str()))?;
        let mut verdict = None;
        for (place, (key, rate)) in budgets.iter().enumerate() {
            let row = rows.iter().find(|(hash, _)| hash == key.as_str());
            if let Err(again_at) = rate.take(now, row.map(|(_, full_at)| told(*full_at))) {
                refuse(&mut verdict, place, again_at);
            }
        }
        Ok(verdict)
    }
}

/// Adds another budget that is spent: the first is named, and the one that takes longest decides.
fn refuse(verdict: &mut Option<Taken>, place: usize, again_at: Time) {
    *verdict = Some(match *verdict {
        Some(Taken::Refused { budget, again_at: other }) => {
            Taken::Refused { budget: budget.min(place), again_at: other.max(again_at) }
        }
        _ => Taken::Refused { budget: place, again_at },
    });
}

/// Why the savepoint of an attempt was rolled back.
enum Stopped {
    Spent(Taken),
    Store(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Stopped {
        Stopped::Store(error)
    }
}

impl From<diesel::result::Error> for Stopped {
    fn from(error: diesel::result::Error) -> Stopped {
        Stopped::Store(error.into())
    }
}

fn take_all(connection: &mut AnyConnection, budgets: &[(Hashed, Rate)], now: Time) -> Result<(), Stopped> {
    // Everybody takes them in the same order: who holds one waits only for later ones, so nobody waits in a circle.
    let mut in_order: Vec<usize> = (0..budgets.len()).collect();
    in_order.sort_by_key(|place| budgets[*place].0.as_str());
    let mut verdict = None;
    for place in in_order {
        let (key, rate) = &budgets[place];
        if let Err(again_at) = take_one(connection, key, rate, now)? {
            refuse(&mut verdict, place, again_at);
        }
    }
    verdict.map_or(Ok(()), |refused| Err(Stopped::Spent(refused)))
}

fn take_one(
    connection: &mut AnyConnection,
    key: &Hashed,
    rate: &Rate,
    now: Time,
) -> Result<Result<(), Time>, StoreError> {
    let mut attempts = ATTEMPTS;
    loop {
        let full_at = held(connection, key)?;
        let taken = match rate.take(now, full_at.map(told)) {
            Ok(taken) => stored(taken),
            Err(again_at) => return Ok(Err(again_at)),
        };
        if full_at.is_some() {
            let row = code_budgets::table.find(key.as_str());
            kept!(diesel::update(row).set(code_budgets::full_at.eq(taken))).execute(connection)?;
            return Ok(Ok(()));
        }
        let row = (code_budgets::key_hash.eq(key.as_str()), code_budgets::full_at.eq(taken));
        let inserted = guarded(connection, |connection| {
            kept!(diesel::insert_into(code_budgets::table).values(row)).execute(connection)
        });
        match inserted {
            // Another transaction made the row after we looked for it.
            Err(StoreError::Unique(Constraint::Id)) if attempts > 0 => attempts -= 1,
            inserted => return inserted.map(|_| Ok(())),
        }
    }
}

/// The rows of these keys. SQLite keeps one query prepared for whatever number of them; PostgreSQL takes them all at once.
fn rows_of<'k>(
    connection: &mut AnyConnection,
    keys: impl Iterator<Item = &'k str>,
) -> Result<Vec<(String, Moment)>, StoreError> {
    let rows: QueryResult<Vec<_>> = match connection {
        AnyConnection::Sqlite(sqlite) => {
            keys.filter_map(|key| code_budgets::table.find(key).first(sqlite).optional().transpose()).collect()
        }
        AnyConnection::Postgres(postgres) => {
            code_budgets::table.filter(code_budgets::key_hash.eq_any(keys.collect::<Vec<_>>())).load(postgres)
        }
    };
    Ok(rows?)
}

/// What the row of a key says, which nobody else changes until we are done. On SQLite there is one writer anyway.
fn held(connection: &mut AnyConnection, key: &Hashed) -> Result<Option<Moment>, StoreError> {
    let row = code_budgets::table.find(key.as_str()).select(code_budgets::full_at);
    let full_at = match connection {
        AnyConnection::Sqlite(sqlite) => row.first(sqlite).optional()?,
        AnyConnection::Postgres(postgres) => row.for_update().first(postgres).optional()?,
    };
    Ok(full_at)
}
