//! The outbox: sealed messages, written in the same transaction as the fact that caused them, and taken by whichever server
//! comes first when they are due.

use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use identity::account::AccountId;
use identity::clock::Time;
use identity::outbox::{Channel, OutboxMessage, OutboxState};
use uuid::Uuid;

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::kept::{Prepared, kept};
use crate::place::{Place, from_word};
use crate::schema::outbox_messages;
use crate::time::{Moment, stored, told};

pub struct Outbox<'c>(pub(crate) &'c mut AnyConnection);

/// How many messages of a channel are in a state, and since when the first of them has been in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    pub channel: Channel,
    pub state: OutboxState,
    pub messages: u64,
    pub oldest: Time,
}

impl Outbox<'_> {
    pub fn put(&mut self, message: &OutboxMessage) -> Result<(), StoreError> {
        let row = MessageRow::from(message);
        kept!(diesel::insert_into(outbox_messages::table).values(&row)).execute(self.0)?;
        Ok(())
    }

    /// Takes at most `limit` messages of a channel that are due, each for one more attempt: first what somebody waits for, then
    /// what has waited longest. Nobody else gets them before `until`, and who took them can be found dead by then.
    pub fn take_due(
        &mut self,
        channel: Channel,
        (now, until): (Time, Time),
        limit: u32,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        let due = self.due(channel, now, limit)?;
        due.into_iter().filter_map(|message| self.take(message, until).transpose()).collect()
    }

    /// Takes one message that nobody has tried yet, whether or not it has its turn, as [`Outbox::take_due`] does.
    pub fn take_untried(&mut self, id: Uuid, until: Time) -> Result<Option<OutboxMessage>, StoreError> {
        let untried = outbox_messages::table
            .find(id.to_string())
            .filter(outbox_messages::state.eq(OutboxState::Due.as_str()))
            .filter(outbox_messages::attempts.eq(0));
        let taken = (outbox_messages::attempts.eq(1), outbox_messages::state_at.eq(stored(until)));
        match self.0 {
            AnyConnection::Sqlite(_) => {
                let row = kept!(untried.select(MessageRow::as_select())).get_result(self.0).optional()?;
                row.map_or(Ok(None), |row| self.take(row.try_into()?, until))
            }
            AnyConnection::Postgres(postgres) => {
                let take = diesel::update(untried).set(taken).returning(MessageRow::as_returning());
                Prepared(take).get_result(postgres).optional()?.map(OutboxMessage::try_from).transpose()
            }
        }
    }

    /// Takes a message for one more attempt; nothing when somebody else has written about it since it was read.
    fn take(&mut self, message: OutboxMessage, until: Time) -> Result<Option<OutboxMessage>, StoreError> {
        let taken = OutboxMessage { attempts: message.attempts + 1, state_at: until, ..message.clone() };
        Ok(self.replace(&message, &taken)?.then_some(taken))
    }

    pub fn any_due(&mut self, channel: Channel, now: Time) -> Result<bool, StoreError> {
        Ok(!self.due(channel, now, 1)?.is_empty())
    }

    fn due(&mut self, channel: Channel, now: Time, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        let rows = kept!(
            outbox_messages::table
                .filter(outbox_messages::state.eq(OutboxState::Due.as_str()))
                .filter(outbox_messages::channel.eq(channel.as_str()))
                .filter(outbox_messages::state_at.le(stored(now)))
                .order((outbox_messages::expires_at.is_null(), outbox_messages::state_at, outbox_messages::id))
                .limit(limit.into())
                .select(MessageRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(OutboxMessage::try_from).collect()
    }

    /// Writes what came of a message. False, and nothing written, when somebody else has written about it since it was read.
    pub fn replace(&mut self, read: &OutboxMessage, new: &OutboxMessage) -> Result<bool, StoreError> {
        let unchanged = outbox_messages::table
            .find(read.id.to_string())
            .filter(outbox_messages::state.eq(read.state.as_str()))
            .filter(outbox_messages::state_at.eq(stored(read.state_at)));
        let new = (
            outbox_messages::state.eq(new.state.as_str()),
            outbox_messages::state_at.eq(stored(new.state_at)),
            outbox_messages::attempts.eq(i32::try_from(new.attempts).unwrap_or(i32::MAX)),
            outbox_messages::problem.eq(new.problem.map(|problem| problem.as_str())),
            outbox_messages::reference.eq(new.reference.as_deref()),
        );
        Ok(kept!(diesel::update(unchanged).set(new)).execute(self.0)? == 1)
    }

    pub fn by_id(&mut self, id: Uuid) -> Result<Option<OutboxMessage>, StoreError> {
        let row = outbox_messages::table.find(id.to_string()).select(MessageRow::as_select());
        kept!(row).get_result(self.0).optional()?.map(OutboxMessage::try_from).transpose()
    }

    /// At most `limit` messages, the newest first.
    pub fn newest_first(&mut self, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        let rows = kept!(
            outbox_messages::table
                .order((outbox_messages::created_at.desc(), outbox_messages::id.desc()))
                .limit(limit.into())
                .select(MessageRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(OutboxMessage::try_from).collect()
    }

    /// At most `limit` messages in one of these states, the newest first.
    pub fn in_states(&mut self, states: &[OutboxState], limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        let rows = outbox_messages::table
            .filter(outbox_messages::state.eq_any(states.iter().map(|state| state.as_str())))
            .order((outbox_messages::created_at.desc(), outbox_messages::id.desc()))
            .limit(limit.into())
            .select(MessageRow::as_select())
            .load(self.0)?;
        rows.into_iter().map(OutboxMessage::try_from).collect()
    }

    /// At most `limit` messages to or about an account, the newest first.
    pub fn of_account(&mut self, account: AccountId, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        let rows = kept!(
            outbox_messages::table
                .filter(outbox_messages::account_id.eq(account.to_string()))
                .order((outbox_messages::created_at.desc(), outbox_messages::id.desc()))
                .limit(limit.into())
                .select(MessageRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(OutboxMessage::try_from).collect()
    }

    /// How much there is of each channel in each of these states, in the order of channel and state.
    pub fn depth(&mut self, states: &[OutboxState]) -> Result<Vec<Depth>, StoreError> {
        let rows: Vec<(String, String, i64, Option<Moment>)> = outbox_messages::table
            .filter(outbox_messages::state.eq_any(states.iter().map(|state| state.as_str())))
            .group_by((outbox_messages::channel, outbox_messages::state))
            .order((outbox_messages::channel, outbox_messages::state))
            .select((outbox_messages::channel, outbox_messages::state, count_star(), min(outbox_messages::created_at)))
            .load(self.0)?;
        let place = Place::new("outbox_messages", "of a channel");
        let depth = |(channel, state, messages, oldest): (String, String, i64, Option<Moment>)| {
            Ok(Depth {
                channel: place.read("channel", channel, from_word)?,
                state: place.read("state", state, from_word)?,
                messages: messages.unsigned_abs(),
                oldest: told(oldest.ok_or_else(|| place.impossible("created_at"))?),
            })
        };
        rows.into_iter().map(depth).collect()
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = outbox_messages, treat_none_as_default_value = false)]
struct MessageRow {
    id: String,
    channel: String,
    sealed: String,
    created_at: Moment,
    account_id: Option<String>,
    expires_at: Option<Moment>,
    state: String,
    state_at: Moment,
    attempts: i32,
    problem: Option<String>,
    reference: Option<String>,
}

impl From<&OutboxMessage> for MessageRow {
    fn from(message: &OutboxMessage) -> MessageRow {
        MessageRow {
            id: message.id.to_string(),
            channel: message.channel.as_str().into(),
            sealed: message.sealed.clone(),
            created_at: stored(message.created_at),
            account_id: message.account.map(|id| id.to_string()),
            expires_at: message.expires_at.map(stored),
            state: message.state.as_str().into(),
            state_at: stored(message.state_at),
            attempts: i32::try_from(message.attempts).unwrap_or(i32::MAX),
            problem: message.problem.map(|problem| problem.as_str().into()),
            reference: message.reference.clone(),
        }
    }
}

impl TryFrom<MessageRow> for OutboxMessage {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<OutboxMessage, StoreError> {
        let place = Place::new("outbox_messages", &row.id);
        Ok(OutboxMessage {
            id: place.read("id", row.id.as_str(), str::parse)?,
            channel: place.read("channel", row.channel, from_word)?,
            sealed: row.sealed,
            account: place.maybe("account_id", row.account_id, |id| id.parse())?,
            created_at: told(row.created_at),
            expires_at: row.expires_at.map(told),
            state: place.read("state", row.state, from_word)?,
            state_at: told(row.state_at),
            attempts: place.read("attempts", row.attempts, u32::try_from)?,
            problem: place.maybe("problem", row.problem, from_word)?,
            reference: row.reference,
        })
    }
}
