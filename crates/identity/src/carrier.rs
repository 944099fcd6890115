//! Who takes things out: emails, text messages, tickets. The outbox holds what waits for them.

use std::error::Error as Cause;
use std::time::Duration;

use async_trait::async_trait;
use thiserror::Error;
use uuid::Uuid;

/// The way out for one kind of thing.
#[async_trait]
pub trait Carrier<T>: Send + Sync {
    /// Hands one over within a time limit of its own. The same `id` may come again, when nobody knows what became of the
    /// first attempt: where the wire has a place for an idempotency key, the id stands there.
    async fn carry(&self, id: Uuid, what: &T) -> Result<Carried, NotCarried>;
}

/// It was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// What the carrier calls it, by which it may be asked for later.
    pub reference: Option<String>,
}

/// It was not taken.
#[derive(Debug, Error)]
pub enum NotCarried {
    /// No answer, or none that helps: it is tried again.
    #[error("it was not taken, and is tried again")]
    Later(#[source] Box<dyn Cause + Send + Sync>),
    /// The carrier has too much to do: it is given nothing until then.
    #[error("the carrier is busy")]
    Busy { after: Duration },
    /// It will never be taken.
    #[error("it was refused: {0}")]
    Refused(Refusal),
}

impl NotCarried {
    /// Keeps the `cause` for the log; a plain text will do.
    pub fn later(cause: impl Into<Box<dyn Cause + Send + Sync>>) -> NotCarried {
        NotCarried::Later(cause.into())
    }
}

/// Why one is never taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum Refusal {
    /// Nobody can be written to there.
    #[error("nobody can be written to at this address")]
    Address,
    /// The carrier cannot use what it was given.
    #[error("the carrier cannot use it")]
    Content,
    /// Earlier messages came back, and this one is not even tried.
    #[error("earlier messages to this address came back")]
    Bounces,
}

impl Refusal {
    pub fn as_str(self) -> &'static str {
        match self {
            Refusal::Address => "address",
            Refusal::Content => "content",
            Refusal::Bounces => "bounces",
        }
    }
}

/// Whoever waits for a message, a code above all, does not want to wait for its turn.
#[async_trait]
pub trait Courier: Send + Sync {
    /// Takes a message of the outbox out at once, if that can be done in a moment. If not, it keeps its turn.
    async fn hurry(&self, id: Uuid) -> Fate;
}

/// What became of a message within that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Carried,
    Refused(Refusal),
    /// It goes out as soon as it can.
    Waits,
}
