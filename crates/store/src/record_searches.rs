//! Searches that found no record, one an account, to be repeated when they are due.

use diesel::prelude::*;
use identity::account::AccountId;
use identity::clock::Time;
use identity::matching::MatchPolicy;
use identity::search::RecordSearch;

use crate::connection::AnyConnection;
use crate::constraint::Constraint;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::{Place, from_json, from_word, to_json};
use crate::schema::record_searches;
use crate::time::{Moment, stored, told};

/// How often to start over when somebody else put one in between. PostgreSQL alone needs it.
const PUT_ATTEMPTS: u32 = 20;

pub struct RecordSearches<'c>(pub(crate) &'c mut AnyConnection);

impl RecordSearches<'_> {
    /// Keeps a search, instead of the one that this account had.
    pub fn put(&mut self, search: &RecordSearch) -> Result<(), StoreError> {
        let row = SearchRow::from(search);
        let mut attempts = PUT_ATTEMPTS;
        loop {
            let put = guarded(self.0, |connection| {
                kept!(diesel::delete(record_searches::table.find(&row.account_id))).execute(connection)?;
                kept!(diesel::insert_into(record_searches::table).values(&row)).execute(connection)
            });
            match put {
                Ok(_) => return Ok(()),
                Err(StoreError::Unique(Constraint::Id)) if attempts > 0 => attempts -= 1,
                Err(error) => return Err(error),
            }
        }
    }

    pub fn of_account(&mut self, account: AccountId) -> Result<Option<RecordSearch>, StoreError> {
        let row = record_searches::table.find(account.to_string()).select(SearchRow::as_select());
        row.first(self.0).optional()?.map(RecordSearch::try_from).transpose()
    }

    /// At most `limit` searches that are due, those that have waited longest first.
    pub fn due(&mut self, now: Time, limit: u32) -> Result<Vec<RecordSearch>, StoreError> {
        let rows = kept!(
            record_searches::table
                .filter(record_searches::next_at.le(stored(now)))
                .order(record_searches::next_at)
                .limit(limit.into())
                .select(SearchRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(RecordSearch::try_from).collect()
    }

    /// Moves a search to when it is due next. False when somebody else has repeated it since it was read.
    pub fn put_off(&mut self, read: &RecordSearch, again: &RecordSearch) -> Result<bool, StoreError> {
        let unchanged = record_searches::table
            .find(read.account.to_string())
            .filter(record_searches::next_at.eq(stored(read.next_at)));
        let unanswered = i32::try_from(again.unanswered).unwrap_or(i32::MAX);
        let written = kept!(
            diesel::update(unchanged)
                .set((record_searches::unanswered.eq(unanswered), record_searches::next_at.eq(stored(again.next_at))))
        )
        .execute(self.0)?;
        Ok(written == 1)
    }

    /// There is nothing to search for any more.
    pub fn end(&mut self, account: AccountId) -> Result<(), StoreError> {
        kept!(diesel::delete(record_searches::table.find(account.to_string()))).execute(self.0)?;
        Ok(())
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = record_searches, treat_none_as_default_value = false)]
struct SearchRow {
    account_id: String,
    stated: String,
    policy: String,
    unanswered: i32,
    next_at: Moment,
}

impl From<&RecordSearch> for SearchRow {
    fn from(search: &RecordSearch) -> SearchRow {
        SearchRow {
            account_id: search.account.to_string(),
            stated: to_json(&search.stated),
            policy: search.policy.as_str().into(),
            unanswered: i32::try_from(search.unanswered).unwrap_or(i32::MAX),
            next_at: stored(search.next_at),
        }
    }
}

impl TryFrom<SearchRow> for RecordSearch {
    type Error = StoreError;

    fn try_from(row: SearchRow) -> Result<RecordSearch, StoreError> {
        let place = Place::new("record_searches", &row.account_id);
        Ok(RecordSearch {
            account: place.read("account_id", row.account_id.as_str(), str::parse)?,
            stated: place.read("stated", row.stated, from_json)?,
            policy: place.read("policy", row.policy, from_word::<MatchPolicy>)?,
            unanswered: place.read("unanswered", row.unanswered, u32::try_from)?,
            next_at: told(row.next_at),
        })
    }
}
