//! The outbox: messages, sealed, written in the same transaction as the fact that caused them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use identity::message::OutboxMessage;

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::place::{Place, from_word};
use crate::schema::outbox_messages;
use crate::time::{stored, told};

pub struct Outbox<'c>(pub(crate) &'c mut AnyConnection);

impl Outbox<'_> {
    pub fn put(&mut self, message: &OutboxMessage) -> Result<(), StoreError> {
        let row = MessageRow::from(message);
        guarded(self.0, |connection| diesel::insert_into(outbox_messages::table).values(&row).execute(connection))?;
        Ok(())
    }

    /// At most `limit` messages, the newest first.
    pub fn newest_first(&mut self, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        let rows = outbox_messages::table
            .order((outbox_messages::created_at.desc(), outbox_messages::id.desc()))
            .limit(limit.into())
            .select(MessageRow::as_select())
            .load(self.0)?;
        rows.into_iter().map(OutboxMessage::try_from).collect()
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = outbox_messages)]
struct MessageRow {
    id: String,
    channel: String,
    sealed: String,
    created_at: NaiveDateTime,
}

impl From<&OutboxMessage> for MessageRow {
    fn from(message: &OutboxMessage) -> MessageRow {
        MessageRow {
            id: message.id.to_string(),
            channel: message.channel.as_str().into(),
            sealed: message.sealed.clone(),
            created_at: stored(message.created_at),
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
            created_at: told(row.created_at),
        })
    }
}
