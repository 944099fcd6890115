//! What was given up is tried once more, because an operator says that it helps.

use identity::clock::Time;
use identity::outbox::{OutboxMessage, OutboxState, Problem};
use store::{Db, StoreError};
use uuid::Uuid;

/// Messages that one transaction takes up.
const BATCH: u32 = 500;

/// Why a message is not tried again.
#[derive(Debug, thiserror::Error)]
pub enum NotRetried {
    #[error("there is no message {0}")]
    NoSuchMessage(Uuid),
    #[error("the message {0} was not given up")]
    NotGivenUp(Uuid),
    #[error("the message {0} has expired")]
    Expired(Uuid),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a message due that was given up.
pub fn retry(db: &mut Db<'_>, id: Uuid, now: Time) -> Result<(), NotRetried> {
    let message = db.outbox().by_id(id)?.ok_or(NotRetried::NoSuchMessage(id))?;
    if message.has_expired(now) {
        return Err(NotRetried::Expired(id));
    }
    if message.state != OutboxState::GivenUp || !due(db, message, now)? {
        return Err(NotRetried::NotGivenUp(id));
    }
    Ok(())
}

/// Makes at most a batch of those due that were given up because nobody answered. How many; none, when none is left.
pub fn retry_unanswered(db: &mut Db<'_>, now: Time) -> Result<usize, StoreError> {
    let given_up = db.outbox().in_states(&[OutboxState::GivenUp], u32::MAX)?;
    let unanswered = |message: &OutboxMessage| {
        matches!(message.problem, Some(Problem::NoAnswer | Problem::Busy)) && !message.has_expired(now)
    };
    let mut made_due = 0;
    for message in given_up.into_iter().filter(unanswered).take(BATCH as usize) {
        made_due += usize::from(due(db, message, now)?);
    }
    Ok(made_due)
}

fn due(db: &mut Db<'_>, message: OutboxMessage, now: Time) -> Result<bool, StoreError> {
    let again = OutboxMessage { state: OutboxState::Due, state_at: now, attempts: 0, ..message.clone() };
    db.outbox().replace(&message, &again)
}
