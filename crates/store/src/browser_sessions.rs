//! Browser sessions, found by the keyed hash of their cookie.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use identity::account::AccountId;
use identity::browser_session::{BrowserSession, SessionId};
use identity::clock::Time;
use identity::secret::Hashed;

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::place::{Place, from_json, to_json};
use crate::schema::browser_sessions;
use crate::time::{stored, told};

pub struct BrowserSessions<'c>(pub(crate) &'c mut AnyConnection);

impl BrowserSessions<'_> {
    pub fn create(&mut self, session: &BrowserSession) -> Result<(), StoreError> {
        let row = SessionRow::from(session);
        guarded(self.0, |connection| diesel::insert_into(browser_sessions::table).values(&row).execute(connection))?;
        Ok(())
    }

    /// The session of this token, unless it has ended or expired.
    pub fn by_token(&mut self, token: &Hashed, now: Time) -> Result<Option<BrowserSession>, StoreError> {
        let row = browser_sessions::table
            .filter(browser_sessions::token_hash.eq(token.as_str()))
            .filter(browser_sessions::ended_at.is_null())
            .filter(browser_sessions::expires_at.gt(stored(now)))
            .select(SessionRow::as_select())
            .first(self.0)
            .optional()?;
        row.map(BrowserSession::try_from).transpose()
    }

    /// Is the session of this id still live: neither ended nor expired?
    pub fn is_live(&mut self, id: SessionId, now: Time) -> Result<bool, StoreError> {
        let live = browser_sessions::table
            .find(id.to_string())
            .filter(browser_sessions::ended_at.is_null())
            .filter(browser_sessions::expires_at.gt(stored(now)));
        Ok(diesel::select(diesel::dsl::exists(live)).get_result(self.0)?)
    }

    /// Ends every session of an account that began with the proof of this moment.
    pub fn end_begun_at(&mut self, account: AccountId, began: Time, at: Time) -> Result<(), StoreError> {
        let live = browser_sessions::table
            .filter(browser_sessions::account_id.eq(account.to_string()))
            .filter(browser_sessions::authenticated_at.eq(stored(began)))
            .filter(browser_sessions::ended_at.is_null());
        diesel::update(live).set(browser_sessions::ended_at.eq(stored(at))).execute(self.0)?;
        Ok(())
    }

    /// Ends a session. One that has ended already keeps the time at which it did.
    pub fn end(&mut self, id: SessionId, at: Time) -> Result<(), StoreError> {
        let live = browser_sessions::table.find(id.to_string()).filter(browser_sessions::ended_at.is_null());
        diesel::update(live).set(browser_sessions::ended_at.eq(stored(at))).execute(self.0)?;
        Ok(())
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = browser_sessions)]
struct SessionRow {
    id: String,
    token_hash: String,
    account_id: String,
    authenticated_at: NaiveDateTime,
    methods: String,
    expires_at: NaiveDateTime,
    ended_at: Option<NaiveDateTime>,
}

impl From<&BrowserSession> for SessionRow {
    fn from(session: &BrowserSession) -> SessionRow {
        SessionRow {
            id: session.id.to_string(),
            token_hash: session.token.as_str().into(),
            account_id: session.account.to_string(),
            authenticated_at: stored(session.authenticated_at),
            methods: to_json(&session.methods),
            expires_at: stored(session.expires_at),
            ended_at: session.ended_at.map(stored),
        }
    }
}

impl TryFrom<SessionRow> for BrowserSession {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<BrowserSession, StoreError> {
        let place = Place::new("browser_sessions", &row.id);
        Ok(BrowserSession {
            id: place.read("id", row.id.as_str(), str::parse)?,
            token: Hashed::from_stored(row.token_hash),
            account: place.read("account_id", row.account_id.as_str(), str::parse)?,
            authenticated_at: told(row.authenticated_at),
            methods: place.read("methods", row.methods, from_json)?,
            expires_at: told(row.expires_at),
            ended_at: row.ended_at.map(told),
        })
    }
}
