//! Logout notices: written with the end of a browser session, taken by whichever server comes first when they are due.

use diesel::prelude::*;
use identity::clock::Time;
use identity::logout_notice::{LogoutNotice, NoticeState};

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::{Place, from_word};
use crate::schema::{grants, logout_notices};
use crate::time::{Moment, stored, told};

pub struct LogoutNotices<'c>(pub(crate) &'c mut AnyConnection);

/// One for each client that has a grant of the session, redeemed or not: what it asked for once, it may be asking for again
/// right now. Whether a client wants to be told, its file says, which is not known here.
pub(crate) fn put(connection: &mut AnyConnection, session: &str, at: Time) -> Result<(), StoreError> {
    let clients: Vec<(String, String)> = kept!(
        grants::table
            .filter(grants::session_id.eq(session))
            .select((grants::client_id, grants::account_id))
            .distinct()
            .order(grants::client_id)
    )
    .load(connection)?;
    for (client_id, account_id) in clients {
        let row = NoticeRow {
            id: format!("{session}.{client_id}"),
            session_id: session.to_owned(),
            client_id,
            account_id,
            created_at: stored(at),
            attempts: 0,
            last_status: None,
            state: NoticeState::Due.as_str().into(),
            state_at: stored(at),
        };
        guarded(connection, |connection| {
            kept!(diesel::insert_into(logout_notices::table).values(&row)).execute(connection)
        })?;
    }
    Ok(())
}

impl LogoutNotices<'_> {
    /// Takes at most `limit` notices that are due, those that have waited longest first, each for one more attempt. Nobody
    /// else gets them before `until`, and who took them can be found dead by then.
    pub fn take_due(&mut self, now: Time, until: Time, limit: u32) -> Result<Vec<LogoutNotice>, StoreError> {
        let mut taken = Vec::new();
        for notice in self.due(now, limit)? {
            let next = LogoutNotice { attempts: notice.attempts + 1, state_at: until, ..notice.clone() };
            if self.replace(&notice, &next)? {
                taken.push(next);
            }
        }
        Ok(taken)
    }

    pub fn any_due(&mut self, now: Time) -> Result<bool, StoreError> {
        Ok(!self.due(now, 1)?.is_empty())
    }

    fn due(&mut self, now: Time, limit: u32) -> Result<Vec<LogoutNotice>, StoreError> {
        let rows = kept!(
            logout_notices::table
                .filter(logout_notices::state.eq(NoticeState::Due.as_str()))
                .filter(logout_notices::state_at.le(stored(now)))
                .order((logout_notices::state_at, logout_notices::id))
                .limit(limit.into())
                .select(NoticeRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(LogoutNotice::try_from).collect()
    }

    /// Writes what came of a notice that was taken. False, and nothing written, when somebody else has taken it since.
    pub fn replace(&mut self, read: &LogoutNotice, new: &LogoutNotice) -> Result<bool, StoreError> {
        let unchanged = logout_notices::table
            .find(read.id())
            .filter(logout_notices::state.eq(read.state.as_str()))
            .filter(logout_notices::state_at.eq(stored(read.state_at)));
        let new = (
            logout_notices::attempts.eq(i32::try_from(new.attempts).unwrap_or(i32::MAX)),
            logout_notices::last_status.eq(new.last_status.map(i32::from)),
            logout_notices::state.eq(new.state.as_str()),
            logout_notices::state_at.eq(stored(new.state_at)),
        );
        Ok(kept!(diesel::update(unchanged).set(new)).execute(self.0)? == 1)
    }

    /// The client does not want to be told.
    pub fn forget(&mut self, notice: &LogoutNotice) -> Result<(), StoreError> {
        kept!(diesel::delete(logout_notices::table.find(notice.id()))).execute(self.0)?;
        Ok(())
    }

    /// At most `limit` notices in one of these states, the newest first.
    pub fn in_states(&mut self, states: &[NoticeState], limit: u32) -> Result<Vec<LogoutNotice>, StoreError> {
        let rows = logout_notices::table
            .filter(logout_notices::state.eq_any(states.iter().map(|state| state.as_str())))
            .order((logout_notices::created_at.desc(), logout_notices::id))
            .limit(limit.into())
            .select(NoticeRow::as_select())
            .load(self.0)?;
        rows.into_iter().map(LogoutNotice::try_from).collect()
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = logout_notices, treat_none_as_default_value = false)]
struct NoticeRow {
    id: String,
    session_id: String,
    client_id: String,
    account_id: String,
    created_at: Moment,
    attempts: i32,
    last_status: Option<i32>,
    state: String,
    state_at: Moment,
}

impl TryFrom<NoticeRow> for LogoutNotice {
    type Error = StoreError;

    fn try_from(row: NoticeRow) -> Result<LogoutNotice, StoreError> {
        let place = Place::new("logout_notices", &row.id);
        Ok(LogoutNotice {
            session: place.read("session_id", row.session_id.as_str(), str::parse)?,
            client: place.read("client_id", row.client_id, |text| text.try_into())?,
            account: place.read("account_id", row.account_id.as_str(), str::parse)?,
            created_at: told(row.created_at),
            attempts: place.read("attempts", row.attempts, u32::try_from)?,
            last_status: place.maybe("last_status", row.last_status, u16::try_from)?,
            state: place.read("state", row.state, from_word)?,
            state_at: told(row.state_at),
        })
    }
}
