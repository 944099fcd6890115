//! One call.

use std::time::{Duration, Instant};

use identity::carrier::NotCarried;
use reqwest::{Client, RequestBuilder};
use tokio::time::{sleep, timeout};

use super::{Answer, Partner};

/// Of the budget, the first of two attempts gets so many fifths.
const FIRST_ATTEMPT: u32 = 3;

/// Is it safe to call twice, when nobody knows what became of the first time?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    Yes,
    No,
}

/// Why there is no answer that is of use.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    #[error("there was no answer in time")]
    Late,
    #[error("the connection failed")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the answer was {0}")]
    Failed(u16),
    #[error("the answer cannot be used: {0}")]
    Unreadable(String),
    /// It has said so, or has failed so often that it is left alone.
    #[error("it is left alone for {0:?} more")]
    Resting(Duration),
}

impl CallError {
    pub(super) fn broken(error: reqwest::Error) -> CallError {
        // The address may have somebody's details in it.
        CallError::Broken(error.without_url().into())
    }

    fn word(&self) -> &'static str {
        match self {
            CallError::Late => "late",
            CallError::Broken(_) => "broken",
            CallError::Failed(_) => "failed",
            CallError::Unreadable(_) => "unreadable",
            CallError::Resting(_) => "resting",
        }
    }
}

impl From<CallError> for NotCarried {
    fn from(error: CallError) -> NotCarried {
        match error {
            CallError::Resting(after) => NotCarried::Busy { after },
            other => NotCarried::later(other),
        }
    }
}

impl Partner {
    /// Sends the request that `make` makes, and gives the answer whatever its status is below 500, but for 429. `endpoint` is
    /// what the log and the metrics have: it says nothing about a person.
    ///
    /// # Errors
    /// When there is no answer that is of use, within the time budget.
    pub async fn call(
        &self,
        endpoint: &'static str,
        repeat: Repeat,
        make: impl Fn(&Client) -> RequestBuilder + Send + Sync,
    ) -> Result<Answer, CallError> {
        let began = Instant::now();
        let outcome = self.attempts(began, repeat, &make).await;
        let took = began.elapsed();
        let (partner, milliseconds) = (self.name, took.as_millis() as u64);
        let word = match &outcome {
            Ok(answer) => {
                tracing::debug!(partner, endpoint, status = answer.status, milliseconds, "called");
                "answered"
            }
            Err(error) => {
                let cause: &dyn std::error::Error = error;
                tracing::warn!(partner, endpoint, milliseconds, error = cause, "called in vain");
                error.word()
            }
        };
        metrics::histogram!("partner_call_seconds", "partner" => partner, "endpoint" => endpoint, "outcome" => word)
            .record(took.as_secs_f64());
        outcome
    }

    async fn attempts(
        &self,
        began: Instant,
        repeat: Repeat,
        make: &(impl Fn(&Client) -> RequestBuilder + Send + Sync),
    ) -> Result<Answer, CallError> {
        let budget = self.address.time_budget;
        let first = if repeat == Repeat::Yes { budget * FIRST_ATTEMPT / 5 } else { budget };
        let outcome = self.attempt(make(&self.client), first).await;
        let left = budget.saturating_sub(began.elapsed());
        match outcome {
            Err(CallError::Late | CallError::Broken(_)) if repeat == Repeat::Yes && !left.is_zero() => {
                self.attempt(make(&self.fresh), left).await
            }
            // It asks for a moment only, and there is one. It has done nothing, so this is safe whatever was asked.
            Err(CallError::Resting(pause)) if pause < left / 2 && !pause.is_zero() => {
                sleep(pause).await;
                self.attempt(make(&self.client), left - pause).await
            }
            other => other,
        }
    }

    async fn attempt(&self, request: RequestBuilder, budget: Duration) -> Result<Answer, CallError> {
        if let Some(rest) = self.breaker.rests(Instant::now()) {
            return Err(CallError::Resting(rest));
        }
        let exchange = async { Answer::read(request.send().await.map_err(CallError::broken)?).await };
        let answer = match timeout(budget, exchange).await {
            Ok(Ok(answer)) if answer.status == 429 => {
                let pause = answer.retry_after();
                self.breaker.is_busy(Instant::now() + pause);
                return Err(CallError::Resting(pause));
            }
            Ok(Ok(answer)) if answer.status >= 500 => Err(CallError::Failed(answer.status)),
            Ok(outcome) => outcome,
            Err(_) => Err(CallError::Late),
        };
        match &answer {
            Ok(_) => self.breaker.succeeded(),
            Err(_) => self.breaker.failed(Instant::now()),
        }
        answer
    }
}
