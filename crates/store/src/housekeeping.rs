//! Rows that die are deleted in batches, so that nobody waits long for the writer.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use identity::clock::Time;
use identity::outbox::{Channel, OutboxState};

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::schema::{
    browser_sessions, code_budgets, grants, interactions, logout_notices, one_login_states, one_time_codes,
    outbox_messages, passkey_ceremonies, pushed_requests, refresh_tokens, refused_requests, spent_ids,
    undeliverable_addresses,
};
use crate::time::stored;

/// Each deletes at most `limit` rows and says how many it did. Fewer than `limit` means that none is left.
pub struct Housekeeping<'c>(pub(crate) &'c mut AnyConnection);

/// Deletes the first rows that a condition picks.
macro_rules! delete_some {
    ($connection:expr, $table:ident, $condition:expr, $limit:expr) => {{
        let ids: Vec<String> =
            $table::table.filter($condition).select($table::id).limit($limit.into()).load($connection)?;
        if ids.is_empty() {
            return Ok(0);
        }
        Ok(diesel::delete($table::table.filter($table::id.eq_any(ids))).execute($connection)?)
    }};
}

impl Housekeeping<'_> {
    /// Interactions that began before `time`, and their one-time codes with them.
    pub fn delete_interactions(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, interactions, interactions::created_at.lt(stored(time)), limit)
    }

    /// One-time codes made before `time`.
    pub fn delete_one_time_codes(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, one_time_codes, one_time_codes::created_at.lt(stored(time)), limit)
    }

    /// Browser sessions that expired before `time`.
    pub fn delete_browser_sessions(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, browser_sessions, browser_sessions::expires_at.lt(stored(time)), limit)
    }

    /// Refresh tokens made before `time`.
    pub fn delete_refresh_tokens(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, refresh_tokens, refresh_tokens::created_at.lt(stored(time)), limit)
    }

    /// Grants made before `time`, unless a refresh token is left. Whatever else was issued from them must have expired by
    /// then.
    pub fn delete_grants(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        let left = refresh_tokens::table.filter(refresh_tokens::grant_id.eq(grants::id));
        let done = grants::created_at.lt(stored(time)).and(not(exists(left)));
        delete_some!(self.0, grants, done, limit)
    }

    /// Logout notices put before `time`.
    pub fn delete_logout_notices(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, logout_notices, logout_notices::created_at.lt(stored(time)), limit)
    }

    /// Browsers sent to GOV.UK One Login whose time was over before `time`.
    pub fn delete_one_login_states(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, one_login_states, one_login_states::expires_at.lt(stored(time)), limit)
    }

    /// Challenges for passkeys that expired before `time`.
    pub fn delete_passkey_ceremonies(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, passkey_ceremonies, passkey_ceremonies::expires_at.lt(stored(time)), limit)
    }

    /// Ids of JWTs that expired before `time`.
    pub fn delete_spent_ids(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, spent_ids, spent_ids::expires_at.lt(stored(time)), limit)
    }

    /// Pushed authorization requests that expired before `time`.
    pub fn delete_pushed_requests(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, pushed_requests, pushed_requests::expires_at.lt(stored(time)), limit)
    }

    /// Messages that their carriers took before `time`. All channels are named, so that the index on states leads to just these: the
    /// others are nearly all there are, and some kilobytes each.
    pub fn delete_carried_messages(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        let carried = [OutboxState::Carried, OutboxState::Arrived].map(OutboxState::as_str);
        let taken = outbox_messages::state.eq_any(carried);
        let by_any = outbox_messages::channel.eq_any(Channel::ALL.map(Channel::as_str));
        let old = outbox_messages::state_at.lt(stored(time));
        delete_some!(self.0, outbox_messages, taken.and(by_any).and(old), limit)
    }

    /// Messages put before `time`, whatever came of them.
    pub fn delete_outbox_messages(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        delete_some!(self.0, outbox_messages, outbox_messages::created_at.lt(stored(time)), limit)
    }

    /// Requests that were refused before `time`.
    pub fn delete_refused_requests(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        let old = refused_requests::table.filter(refused_requests::refused_at.lt(stored(time)));
        let old: Vec<String> = old.select(refused_requests::reference).limit(limit.into()).load(self.0)?;
        let old = refused_requests::table.filter(refused_requests::reference.eq_any(old));
        Ok(diesel::delete(old).execute(self.0)?)
    }

    /// Addresses that were noted before `time`.
    pub fn delete_undeliverable_addresses(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        let old = undeliverable_addresses::table.filter(undeliverable_addresses::noted_at.lt(stored(time)));
        let old: Vec<String> = old.select(undeliverable_addresses::address_hash).limit(limit.into()).load(self.0)?;
        let old = undeliverable_addresses::table.filter(undeliverable_addresses::address_hash.eq_any(old));
        Ok(diesel::delete(old).execute(self.0)?)
    }

    /// Budgets of one-time codes that were whole again before `time`. One that somebody is about to take from is passed
    /// over: on PostgreSQL we could otherwise delete what they write, or wait for each other.
    pub fn delete_code_budgets(&mut self, time: Time, limit: u32) -> Result<usize, StoreError> {
        let whole = code_budgets::table
            .filter(code_budgets::full_at.lt(stored(time)))
            .select(code_budgets::key_hash)
            .limit(limit.into());
        let keys: Vec<String> = match self.0 {
            AnyConnection::Sqlite(sqlite) => whole.load(sqlite)?,
            AnyConnection::Postgres(postgres) => whole.for_update().skip_locked().load(postgres)?,
        };
        Ok(diesel::delete(code_budgets::table.filter(code_budgets::key_hash.eq_any(keys))).execute(self.0)?)
    }
}
