//! What became of a message that was carried, as the carrier tells it later: it arrived, or it came back.

use identity::address::Address;
use identity::carrier::NotCarried;
use identity::clock::Time;
use identity::message::Message;
use identity::outbox::{OutboxMessage, OutboxState, Problem, SEAL_PURPOSE};
use identity::secret::{HashKey, Hashed};
use serde::Deserialize;
use store::{Db, StoreError};
use uuid::Uuid;

use crate::outbox::Outbox;

/// How it ended. The words are Notify's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    Delivered,
    /// Nobody is there.
    PermanentFailure,
    /// A full mailbox, a phone that was off for days.
    TemporaryFailure,
    /// The carrier could not send it, for which the address is not to blame.
    TechnicalFailure,
}

impl Ending {
    pub fn as_str(self) -> &'static str {
        match self {
            Ending::Delivered => "delivered",
            Ending::PermanentFailure => "permanent-failure",
            Ending::TemporaryFailure => "temporary-failure",
            Ending::TechnicalFailure => "technical-failure",
        }
    }
}

/// Takes a receipt. False when it changes nothing: it came before, or the message is none of ours any more.
///
/// # Errors
/// When the store does not answer: the carrier tells it again.
pub async fn take(outbox: &Outbox, hash_key: &HashKey, id: Uuid, ending: Ending) -> Result<bool, StoreError> {
    let (outbox, hash_key, now) = (outbox.clone(), hash_key.clone(), outbox.clock.now());
    let store = outbox.store.clone();
    let take = move |db: &mut Db<'_>| {
        let Some(message) = db.outbox().by_id(id)? else { return Ok(false) };
        let ended = ended(&outbox, &message, ending, now);
        if (ended.state, ended.problem) == (message.state, message.problem) {
            return Ok(false);
        }
        if !db.outbox().replace(&message, &ended)? {
            return Ok(false);
        }
        if let Some(address) = address(&outbox, &hash_key, &message) {
            match ending {
                Ending::Delivered => db.undeliverable_addresses().forget(&address)?,
                Ending::PermanentFailure => db.undeliverable_addresses().note(&address, now)?,
                Ending::TemporaryFailure | Ending::TechnicalFailure => {}
            }
        }
        Ok(true)
    };
    store.transact(take).await
}

fn ended(outbox: &Outbox, message: &OutboxMessage, ending: Ending, now: Time) -> OutboxMessage {
    let returned = |problem| OutboxMessage {
        state: OutboxState::Returned,
        state_at: now,
        problem: Some(problem),
        ..message.clone()
    };
    match ending {
        Ending::Delivered => {
            OutboxMessage { state: OutboxState::Arrived, state_at: now, problem: None, ..message.clone() }
        }
        Ending::PermanentFailure => returned(Problem::Address),
        Ending::TemporaryFailure => returned(Problem::Unreachable),
        // It goes out again, unless that has been tried already, or it was given up.
        Ending::TechnicalFailure if message.state == OutboxState::Carried => {
            let outcome = Err(NotCarried::later("the carrier could not send it"));
            let again = OutboxMessage { state: OutboxState::Due, ..message.clone() };
            again.tried(&outcome, now, outbox.patience, &outbox.random)
        }
        Ending::TechnicalFailure => message.clone(),
    }
}

/// To whom it was; nothing where it cannot be read any more.
fn address(outbox: &Outbox, hash_key: &HashKey, message: &OutboxMessage) -> Option<Hashed> {
    let opened = outbox.key_ring.open(SEAL_PURPOSE, &message.sealed).ok()?;
    let content: Message = serde_json::from_slice(&opened).ok()?;
    Some(Address::of_message(message.channel, &content.to)?.undeliverable_hash(hash_key))
}
