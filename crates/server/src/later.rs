//! What is done again and again beside answering: searches for teaching records are repeated when they are due, and
//! accounts follow the records that they are linked to. Several servers may do it at once.

use std::time::Duration as Wait;

use actix_web::web::Data;
use chrono::Duration;
use identity::clock::Time;
use journey::{Journeys, NotWritten};

/// How often, and how old the last look at a linked record may be.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub interval: Duration,
    pub follow_after: Duration,
}

/// Goes on for as long as it is polled.
pub async fn go_on(journeys: Data<Journeys>, pace: Pace) {
    let mut ticks = tokio::time::interval(pace.interval.to_std().unwrap_or(Wait::from_secs(60)));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = repeat(&journeys).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "searches for records have to wait");
        }
        if let Err(error) = follow(&journeys, journeys.clock.now() - pace.follow_after).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "accounts have to wait for their records");
        }
    }
}

/// Repeats all searches that are due.
pub async fn repeat(journeys: &Journeys) -> Result<(), NotWritten> {
    loop {
        let round = journeys.repeat_searches().await?;
        if round.looked_at > 0 {
            tracing::info!(searches = round.looked_at, found = round.changed, "searched for records again");
        }
        if !round.is_full() {
            return Ok(());
        }
    }
}

/// Lets all accounts follow their records that have not done so since `before`.
pub async fn follow(journeys: &Journeys, before: Time) -> Result<(), NotWritten> {
    let mut after = None;
    loop {
        let (round, last) = journeys.follow_records(before, after).await?;
        if round.looked_at > 0 {
            tracing::info!(accounts = round.looked_at, changed = round.changed, "looked at linked records");
        }
        if !round.is_full() {
            return Ok(());
        }
        after = last;
    }
}
