//! Deletes what has outlived its use, a batch at a time, so that nobody waits long for the database's one writer.

use std::time::Duration as Wait;

use chrono::Duration;
use identity::clock::{Clock, Time};
use store::{Housekeeping, Store, StoreError};

use crate::config::Config;

/// Rows deleted in one transaction.
const BATCH: u32 = 500;

/// One kind of row, and how long it is kept.
#[derive(Debug)]
pub struct Job {
    pub rows: &'static str,
    /// Counted from when the row was made; for browser sessions from when they expired.
    pub kept: Duration,
    delete: fn(&mut Housekeeping<'_>, Time, u32) -> Result<usize, StoreError>,
}

/// What is deleted, and when. An expired journey stays for a week, so that its page can still say where to start again;
/// whatever has to do with a token stays until a day after the last one has expired.
pub fn jobs(config: &Config) -> [Job; 5] {
    let tokens = config.tokens.access_token.duration().max(config.tokens.id_token.duration());
    [
        Job {
            rows: "interactions",
            kept: config.journeys.lifetime.duration() + Duration::days(7),
            delete: |db, before, limit| db.delete_interactions(before, limit),
        },
        Job {
            rows: "one-time codes",
            kept: Duration::days(1),
            delete: |db, before, limit| db.delete_one_time_codes(before, limit),
        },
        Job {
            rows: "browser sessions",
            kept: Duration::days(1),
            delete: |db, before, limit| db.delete_browser_sessions(before, limit),
        },
        Job {
            rows: "grants",
            kept: tokens + Duration::days(1),
            delete: |db, before, limit| db.delete_grants(before, limit),
        },
        Job {
            rows: "messages",
            kept: Duration::days(7),
            delete: |db, before, limit| db.delete_outbox_messages(before, limit),
        },
    ]
}

/// Cleans up again and again; the future never ends.
pub async fn keep_house(store: Store, clock: Clock, jobs: [Job; 5], interval: Duration) {
    let mut ticks = tokio::time::interval(interval.to_std().unwrap_or(Wait::from_secs(60)));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        clean(&store, clock.now(), &jobs).await;
    }
}

/// Deletes all that is due now. A failure is logged and left to the next time.
pub async fn clean(store: &Store, now: Time, jobs: &[Job]) {
    for job in jobs {
        match empty(store, job, now - job.kept).await {
            Ok(0) => {}
            Ok(deleted) => tracing::info!(rows = job.rows, deleted, "deleted what has outlived its use"),
            Err(error) => tracing::warn!(rows = job.rows, %error, "housekeeping has to wait"),
        }
    }
}

async fn empty(store: &Store, job: &Job, before: Time) -> Result<usize, StoreError> {
    let (delete, mut total) = (job.delete, 0);
    loop {
        let deleted = store.transact(move |db| delete(&mut db.housekeeping(), before, BATCH)).await?;
        total += deleted;
        if deleted < BATCH as usize {
            return Ok(total);
        }
    }
}
