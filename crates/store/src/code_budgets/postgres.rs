//! Taking from budgets on PostgreSQL, where many do so at once: looking whether all have room, making those that are not there, and
//! taking from them is one statement. One that is refused by what it sees changes no row, and holds up nobody.

use diesel::dsl::Eq;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment};
use diesel::sql_types::{Text, Timestamp};
use diesel::upsert::excluded;
use identity::budget::Rate;
use identity::clock::Time;
use identity::secret::Hashed;

use super::{Row, Rows, Taken, decide};
use crate::error::StoreError;
use crate::kept::Prepared;
use crate::schema::code_budgets;
use crate::time::{Moment, stored, told};

/// How often to start over where budgets seem to have room after all: they may come back while we look.
const ATTEMPTS: u32 = 20;

pub(super) fn take(postgres: &mut PgConnection, budgets: &[(Hashed, Rate)], now: Time) -> Result<Taken, StoreError> {
    for _ in 0..ATTEMPTS {
        let taken: Rows = Prepared(Take::of(budgets, now)).get_results(postgres)?;
        if taken.len() == budgets.len() {
            return keep(postgres, budgets, taken, now);
        }
        let seen = look(postgres, budgets)?;
        if let Err(refused) = decide(budgets, &seen, now) {
            return Ok(refused);
        }
    }
    Err(StoreError::Other("the budgets of codes change too quickly to be taken from".into()))
}

/// Keeps what was taken, unless others took the last of a budget after we saw that it had room: then all is put back.
fn keep(postgres: &mut PgConnection, budgets: &[(Hashed, Rate)], taken: Rows, now: Time) -> Result<Taken, StoreError> {
    let before: Rows = taken
        .into_iter()
        .map(|(key, full_at)| {
            let budget = budgets.iter().find(|(hash, _)| hash.as_str() == key);
            let (_, rate) = budget.expect("what is taken from is what was asked for");
            (key, stored(told(full_at) - rate.interval()))
        })
        .collect();
    match decide(budgets, &before, now) {
        Ok(_) => Ok(Taken::Counted),
        Err(refused) => {
            put(postgres, &before.iter().map(|(key, full_at)| (key.as_str(), *full_at)).collect::<Vec<_>>())?;
            Ok(refused)
        }
    }
}

fn look(postgres: &mut PgConnection, budgets: &[(Hashed, Rate)]) -> Result<Rows, StoreError> {
    let keys: Vec<_> = budgets.iter().map(|(key, _)| key.as_str()).collect();
    Ok(code_budgets::table.filter(code_budgets::key_hash.eq_any(keys)).load(postgres)?)
}

/// Writes rows that are held.
fn put(postgres: &mut PgConnection, rows: &[Row<'_>]) -> Result<(), StoreError> {
    let rows: Vec<_> = rows.iter().map(|(key, full_at)| values(key, *full_at)).collect();
    let put = diesel::insert_into(code_budgets::table)
        .values(rows)
        .on_conflict(code_budgets::key_hash)
        .do_update()
        .set(code_budgets::full_at.eq(excluded(code_budgets::full_at)));
    Prepared(put).execute(postgres)?;
    Ok(())
}

fn values(key: &str, full_at: Moment) -> (Eq<code_budgets::key_hash, &str>, Eq<code_budgets::full_at, Moment>) {
    (code_budgets::key_hash.eq(key), code_budgets::full_at.eq(full_at))
}

/// The statement. It answers with the rows that were taken from: with all of them, or with none.
struct Take<'b> {
    now: Moment,
    budgets: Vec<Asked<'b>>,
}

struct Asked<'b> {
    key: &'b str,
    /// Of a budget that was whole: it is this much later than now.
    full_at: Moment,
    /// A budget that will be whole later than this has none.
    latest: Moment,
}

impl<'b> Take<'b> {
    fn of(budgets: &'b [(Hashed, Rate)], now: Time) -> Take<'b> {
        let asked = |(key, rate): &'b (Hashed, Rate)| Asked {
            key: key.as_str(),
            full_at: stored(now + rate.interval()),
            latest: stored(rate.latest(now)),
        };
        let mut budgets: Vec<_> = budgets.iter().map(asked).collect();
        // Everybody takes from them in the same order: who holds one waits only for later ones, so nobody waits in a circle.
        budgets.sort_unstable_by_key(|asked| asked.key);
        Take { now: stored(now), budgets }
    }
}

impl QueryFragment<Pg> for Take<'_> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("INSERT INTO code_budgets (key_hash, full_at) SELECT key_hash, full_at FROM (VALUES ");
        for (place, asked) in self.budgets.iter().enumerate() {
            pass.push_sql(if place == 0 { "(" } else { ", (" });
            pass.push_bind_param::<Text, _>(asked.key)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Timestamp, _>(&asked.full_at)?;
            pass.push_sql(")");
        }
        pass.push_sql(") AS asked (key_hash, full_at)");
        for (place, asked) in self.budgets.iter().enumerate() {
            pass.push_sql(if place == 0 { " WHERE" } else { " AND" });
            pass.push_sql(" NOT EXISTS (SELECT FROM code_budgets WHERE key_hash = ");
            pass.push_bind_param::<Text, _>(asked.key)?;
            pass.push_sql(" AND full_at > ");
            pass.push_bind_param::<Timestamp, _>(&asked.latest)?;
            pass.push_sql(")");
        }
        pass.push_sql(" ON CONFLICT (key_hash) DO UPDATE SET full_at = greatest(code_budgets.full_at, ");
        pass.push_bind_param::<Timestamp, _>(&self.now)?;
        pass.push_sql(") + (excluded.full_at - ");
        pass.push_bind_param::<Timestamp, _>(&self.now)?;
        pass.push_sql(") RETURNING code_budgets.key_hash, code_budgets.full_at");
        Ok(())
    }
}

impl Query for Take<'_> {
    type SqlType = (Text, Timestamp);
}
