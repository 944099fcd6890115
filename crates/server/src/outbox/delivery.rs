//! One attempt: a message that was taken is handed over, and what came of it is written down.

use std::error::Error;

use identity::carrier::NotCarried;
use identity::outbox::{OutboxMessage, OutboxState, Problem, SEAL_PURPOSE};
use store::StoreError;

use super::Outbox;

/// What came of an attempt.
#[derive(Debug)]
pub struct Delivery {
    pub message: OutboxMessage,
    /// The carrier asks for so long without another.
    pub pause: Option<std::time::Duration>,
}

impl Outbox {
    /// Hands over a message that was taken.
    ///
    /// # Errors
    /// When the store does not answer. The message is tried again, with the same id.
    pub async fn deliver(&self, taken: OutboxMessage) -> Result<Delivery, StoreError> {
        let (came, pause) = self.attempt(&taken).await;
        let (channel, outcome) = (came.channel.as_str(), word(&came));
        metrics::counter!("outbox_attempts_total", "channel" => channel, "outcome" => outcome).increment(1);
        if came.state == OutboxState::GivenUp {
            let problem = came.problem.map(Problem::as_str);
            tracing::error!(id = %came.id, channel, problem, attempts = came.attempts, "a message was given up");
        }
        let written = came.clone();
        self.store.stroke(move |db| db.outbox().replace(&taken, &written)).await?;
        Ok(Delivery { message: came, pause })
    }

    async fn attempt(&self, taken: &OutboxMessage) -> (OutboxMessage, Option<std::time::Duration>) {
        let now = self.clock.now();
        if taken.has_expired(now) {
            return (taken.clone().given_up(Problem::Expired, now), None);
        }
        // Attempts of which nobody knows what came of them: whoever makes them dies of it.
        if taken.attempts > 1 && now - taken.created_at >= self.patience {
            return (taken.clone().given_up(Problem::NoAnswer, now), None);
        }
        let unreadable = || (taken.clone().given_up(Problem::Unreadable, now), None);
        let Some(way) = self.carriers.of(taken.channel) else { return unreadable() };
        let Ok(content) = self.key_ring.open(SEAL_PURPOSE, &taken.sealed) else { return unreadable() };
        let Ok(outcome) = way.carry(taken.id, &content).await else { return unreadable() };
        if let Err(error) = &outcome {
            let error: &dyn Error = error;
            tracing::warn!(id = %taken.id, channel = taken.channel.as_str(), error, "a message was not taken");
        }
        let pause = match &outcome {
            Err(NotCarried::Busy { after }) => Some(*after),
            _ => None,
        };
        (taken.clone().tried(&outcome, self.clock.now(), self.patience, &self.random), pause)
    }
}

fn word(came: &OutboxMessage) -> &'static str {
    match (came.state, came.problem) {
        (OutboxState::Due, Some(problem)) => problem.as_str(),
        (state, _) => state.as_str(),
    }
}
