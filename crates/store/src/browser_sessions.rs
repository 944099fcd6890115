//! Browser sessions, found by the keyed hash of their cookie.

use diesel::prelude::*;
use identity::account::{Account, AccountId};
use identity::browser_session::{BrowserSession, SessionId};
use identity::clock::Time;
use identity::device::Device;
use identity::secret::Hashed;

use crate::accounts::AccountRow;
use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::{Prepared, kept};
use crate::logout_notices;
use crate::place::{Place, from_json, to_json};
use crate::schema::{accounts, browser_sessions};
use crate::time::{Moment, stored, told};

pub struct BrowserSessions<'c>(pub(crate) &'c mut AnyConnection);

impl BrowserSessions<'_> {
    pub fn create(&mut self, session: &BrowserSession) -> Result<(), StoreError> {
        let row = SessionRow::from(session);
        kept!(diesel::insert_into(browser_sessions::table).values(&row)).execute(self.0)?;
        Ok(())
    }

    /// The session of this token, unless it has ended or expired.
    pub fn by_token(&mut self, token: &Hashed, now: Time) -> Result<Option<BrowserSession>, StoreError> {
        let row = kept!(
            browser_sessions::table
                .filter(browser_sessions::token_hash.eq(token.as_str()))
                .filter(browser_sessions::ended_at.is_null())
                .filter(browser_sessions::expires_at.gt(stored(now)))
                .select(SessionRow::as_select())
        )
        .get_result(self.0)
        .optional()?;
        row.map(BrowserSession::try_from).transpose()
    }

    /// The same with its account, which nobody finds once it is deleted.
    pub fn with_account(&mut self, token: &Hashed, now: Time) -> Result<Option<(BrowserSession, Account)>, StoreError> {
        let row = kept!(
            browser_sessions::table
                .inner_join(accounts::table.on(accounts::id.eq(browser_sessions::account_id)))
                .filter(browser_sessions::token_hash.eq(token.as_str()))
                .filter(browser_sessions::ended_at.is_null())
                .filter(browser_sessions::expires_at.gt(stored(now)))
                .filter(accounts::deleted_at.is_null())
                .select((SessionRow::as_select(), AccountRow::as_select()))
        )
        .get_result::<(SessionRow, AccountRow)>(self.0)
        .optional()?;
        row.map(|(session, account)| Ok((session.try_into()?, account.try_into()?))).transpose()
    }

    /// Is the session of this id still live: neither ended nor expired?
    pub fn is_live(&mut self, id: SessionId, now: Time) -> Result<bool, StoreError> {
        Ok(kept!(diesel::select(diesel::dsl::exists(live(id, now)))).get_result(self.0)?)
    }

    /// Keeps the session from ending until this transaction is over, so that whoever ends it sees what was put here. False
    /// when it has ended or expired.
    pub fn hold(&mut self, id: SessionId, now: Time) -> Result<bool, StoreError> {
        match self.0 {
            // Nobody else writes meanwhile.
            AnyConnection::Sqlite(_) => self.is_live(id, now),
            AnyConnection::Postgres(postgres) => {
                let live = live(id, now).select(browser_sessions::id).for_share();
                Ok(Prepared(live).get_result::<String>(postgres).optional()?.is_some())
            }
        }
    }

    /// Ends every session of an account that began with the proof of this moment.
    pub fn end_begun_at(&mut self, account: AccountId, began: Time, at: Time) -> Result<(), StoreError> {
        let live = browser_sessions::table
            .filter(browser_sessions::account_id.eq(account.to_string()))
            .filter(browser_sessions::authenticated_at.eq(stored(began)))
            .filter(browser_sessions::ended_at.is_null());
        let ids = kept!(live.order(browser_sessions::id).select(browser_sessions::id)).load(self.0)?;
        self.end_each(ids, at)?;
        Ok(())
    }

    /// The live sessions of an account, the newest first.
    pub fn live_of(&mut self, account: AccountId, now: Time) -> Result<Vec<BrowserSession>, StoreError> {
        let rows = kept!(
            live_of(account, now)
                .order((browser_sessions::authenticated_at.desc(), browser_sessions::id))
                .select(SessionRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(BrowserSession::try_from).collect()
    }

    /// Ends the live sessions of an account, but for one where that is given. Says how many that were.
    pub fn end_all_of(&mut self, account: AccountId, but: Option<SessionId>, at: Time) -> Result<usize, StoreError> {
        let but = but.map(|id| id.to_string()).unwrap_or_default();
        let theirs = live_of(account, at).filter(browser_sessions::id.ne(but));
        let ids = kept!(theirs.order(browser_sessions::id).select(browser_sessions::id)).load(self.0)?;
        self.end_each(ids, at)
    }

    /// Ends a session. One that has ended already keeps the time at which it did.
    pub fn end(&mut self, id: SessionId, at: Time) -> Result<(), StoreError> {
        self.end_each(vec![id.to_string()], at)?;
        Ok(())
    }

    /// The one way in which a session ends before its time, whoever ends it and why: the clients that it led to are put
    /// down to be told. A session that expires just expires; clients know how long theirs are to last. In the order of
    /// their ids, so that two who end the same ones do not wait for each other.
    fn end_each(&mut self, ids: Vec<String>, at: Time) -> Result<usize, StoreError> {
        let mut ended = 0;
        for id in ids {
            let live = browser_sessions::table.find(&id).filter(browser_sessions::ended_at.is_null());
            if kept!(diesel::update(live).set(browser_sessions::ended_at.eq(stored(at)))).execute(self.0)? == 1 {
                logout_notices::put(self.0, &id, at)?;
                ended += 1;
            }
        }
        Ok(ended)
    }

    /// The same person has proved again who they are, in the same browser. The session goes on under its id, since the
    /// clients know it by that, and has everything else from the `new` one. False when it has ended.
    pub fn renew(&mut self, id: SessionId, new: &BrowserSession) -> Result<bool, StoreError> {
        let row = SessionRow::from(new);
        let live = browser_sessions::table
            .find(id.to_string())
            .filter(browser_sessions::account_id.eq(&row.account_id))
            .filter(browser_sessions::ended_at.is_null());
        let renewed = guarded(self.0, |connection| {
            let new = (
                browser_sessions::token_hash.eq(&row.token_hash),
                browser_sessions::authenticated_at.eq(row.authenticated_at),
                browser_sessions::methods.eq(&row.methods),
                browser_sessions::expires_at.eq(row.expires_at),
                browser_sessions::device.eq(&row.device),
            );
            kept!(diesel::update(live).set(new)).execute(connection)
        })?;
        Ok(renewed == 1)
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn live(id: SessionId, now: Time) -> _ {
    let (id, now): (String, Moment) = (id.to_string(), stored(now));
    browser_sessions::table
        .find(id)
        .filter(browser_sessions::ended_at.is_null())
        .filter(browser_sessions::expires_at.gt(now))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn live_of(account: AccountId, now: Time) -> _ {
    let (account, now): (String, Moment) = (account.to_string(), stored(now));
    browser_sessions::table
        .filter(browser_sessions::account_id.eq(account))
        .filter(browser_sessions::ended_at.is_null())
        .filter(browser_sessions::expires_at.gt(now))
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = browser_sessions, treat_none_as_default_value = false)]
struct SessionRow {
    id: String,
    token_hash: String,
    account_id: String,
    authenticated_at: Moment,
    methods: String,
    expires_at: Moment,
    ended_at: Option<Moment>,
    device: Option<String>,
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
            device: session.device.as_ref().map(|device| device.as_str().into()),
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
            device: place.maybe("device", row.device, |text| Device::parse(&text))?,
        })
    }
}
