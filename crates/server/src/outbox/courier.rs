//! Whoever waits for a code does not wait for its turn: the server that has put it in the outbox takes it out at once.

use std::time::Duration;

use async_trait::async_trait;
use identity::carrier::{Courier, Fate, Refusal};
use identity::outbox::{OutboxMessage, OutboxState, Problem};
use store::StoreError;
use uuid::Uuid;

use super::{LEASE, Outbox};

/// So long a person can wait without wondering.
const MOMENT: Duration = Duration::from_secs(2);

#[derive(Clone)]
pub struct OutboxCourier(pub Outbox);

#[async_trait]
impl Courier for OutboxCourier {
    async fn hurry(&self, id: Uuid) -> Fate {
        let outbox = self.0.clone();
        // In a task of its own, so that it goes on when the moment is over, or the person has gone.
        let attempt = tokio::spawn(async move { attempt(&outbox, id).await });
        match tokio::time::timeout(MOMENT, attempt).await {
            Ok(Ok(Ok(Some(message)))) => fate(&message),
            Ok(Ok(Err(error))) => {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "a message cannot be hurried, and waits for its turn");
                Fate::Waits
            }
            _ => Fate::Waits,
        }
    }
}

async fn attempt(outbox: &Outbox, id: Uuid) -> Result<Option<OutboxMessage>, StoreError> {
    let until = outbox.clock.now() + LEASE;
    match outbox.store.stroke(move |db| db.outbox().take_untried(id, until)).await? {
        Some(taken) => Ok(Some(outbox.deliver(taken).await?.message)),
        None => Ok(None),
    }
}

fn fate(message: &OutboxMessage) -> Fate {
    match (message.state, message.problem) {
        (OutboxState::Carried, _) => Fate::Carried,
        (OutboxState::GivenUp, Some(Problem::Address)) => Fate::Refused(Refusal::Address),
        (OutboxState::GivenUp, Some(Problem::Content)) => Fate::Refused(Refusal::Content),
        _ => Fate::Waits,
    }
}
