//! The budgets of one-time codes, shared by all servers: a row for each that is not whole.

mod postgres;

use diesel::prelude::*;
use identity::budget::Rate;
use identity::clock::Time;
use identity::secret::Hashed;

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::code_budgets;
use crate::time::{Moment, stored, told};

pub struct CodeBudgets<'c>(pub(crate) &'c mut AnyConnection);

/// What became of an attempt that several budgets have to allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Each had room, and each is counted.
    Counted,
    /// Nothing is counted. `budget` is the place of the first that is spent, and at `again_at` all of them have room.
    Refused { budget: usize, again_at: Time },
}

/// A key, and what its row says.
type Row<'k> = (&'k str, Moment);
/// What the rows of some keys say.
type Rows = Vec<(String, Moment)>;

impl CodeBudgets<'_> {
    /// Takes one out of each budget, or nothing out of any. Each has a key of its own.
    pub fn take(&mut self, budgets: &[(Hashed, Rate)], now: Time) -> Result<Taken, StoreError> {
        if budgets.is_empty() {
            return Ok(Taken::Counted);
        }
        match self.0 {
            AnyConnection::Sqlite(_) => self.take_alone(budgets, now),
            AnyConnection::Postgres(postgres) => postgres::take(postgres, budgets, now),
        }
    }

    /// On SQLite there is one writer.
    fn take_alone(&mut self, budgets: &[(Hashed, Rate)], now: Time) -> Result<Taken, StoreError> {
        let seen = self.look(budgets)?;
        match decide(budgets, &seen, now) {
            Ok(taken) => self.put_each(&taken, &seen).map(|()| Taken::Counted),
            Err(refused) => Ok(refused),
        }
    }

    /// One by one: so it is one query that stays prepared, for whatever number of keys.
    fn look(&mut self, budgets: &[(Hashed, Rate)]) -> Result<Rows, StoreError> {
        let keys = budgets.iter().map(|(key, _)| key.as_str());
        let rows: QueryResult<Rows> = keys
            .filter_map(|key| kept!(code_budgets::table.find(key)).get_result(self.0).optional().transpose())
            .collect();
        Ok(rows?)
    }

    fn put_each(&mut self, taken: &[Row<'_>], seen: &Rows) -> Result<(), StoreError> {
        for (key, full_at) in taken {
            let full_at = code_budgets::full_at.eq(full_at);
            if seen.iter().any(|(hash, _)| hash == key) {
                kept!(diesel::update(code_budgets::table.find(key)).set(full_at)).execute(self.0)?;
            } else {
                let row = (code_budgets::key_hash.eq(key), full_at);
                kept!(diesel::insert_into(code_budgets::table).values(row)).execute(self.0)?;
            }
        }
        Ok(())
    }
}

/// When each budget will be whole once one is taken out of it; a refusal where there is one that has none.
fn decide<'b>(budgets: &'b [(Hashed, Rate)], rows: &Rows, now: Time) -> Result<Vec<Row<'b>>, Taken> {
    let mut taken = Vec::with_capacity(budgets.len());
    let mut verdict = None;
    for (place, (key, rate)) in budgets.iter().enumerate() {
        let row = rows.iter().find(|(hash, _)| hash == key.as_str());
        match rate.take(now, row.map(|(_, full_at)| told(*full_at))) {
            Ok(full_at) => taken.push((key.as_str(), stored(full_at))),
            Err(again_at) => refuse(&mut verdict, place, again_at),
        }
    }
    verdict.map_or(Ok(taken), Err)
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
