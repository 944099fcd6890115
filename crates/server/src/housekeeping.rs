//! Deletes what has outlived its use, a batch at a time, so that nobody waits long for the database's one writer.

use std::time::Duration as Wait;

use chrono::Duration;
use identity::clock::{Clock, Time};
use journey::EvidenceRoom;
use store::{Housekeeping, Store, StoreError};

use crate::config::Config;

/// Rows deleted in one transaction.
const BATCH: u32 = 500;

/// One kind of row, and how long it is kept.
#[derive(Debug)]
pub struct Job {
    pub rows: &'static str,
    /// Counted from when the row was made; for what expires by itself from when it did, for budgets from when they were
    /// whole again, for messages that were taken from then.
    pub kept: Duration,
    delete: fn(&mut Housekeeping<'_>, Time, u32) -> Result<usize, StoreError>,
}

/// What is deleted, and when. An expired journey stays for a week, so that its page can still say where to start again;
/// whatever has to do with a token stays until a day after the last one has expired.
pub fn jobs(config: &Config) -> Vec<Job> {
    let tokens = config.tokens.access_token.duration().max(config.tokens.id_token.duration());
    // Grants tell whom a browser session led to, so they stay for as long as one.
    let grants = tokens.max(config.sessions.lifetime.duration());
    vec![
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
            rows: "budgets of one-time codes",
            // A budget that is whole is as good as none; a while, for servers whose clocks do not agree.
            kept: Duration::minutes(1),
            delete: |db, before, limit| db.delete_code_budgets(before, limit),
        },
        Job {
            rows: "browser sessions",
            kept: Duration::days(1),
            delete: |db, before, limit| db.delete_browser_sessions(before, limit),
        },
        Job {
            rows: "refresh tokens",
            kept: config.tokens.refresh_token.duration() + Duration::days(1),
            delete: |db, before, limit| db.delete_refresh_tokens(before, limit),
        },
        Job {
            rows: "grants",
            kept: grants + Duration::days(1),
            delete: |db, before, limit| db.delete_grants(before, limit),
        },
        Job {
            rows: "logout notices",
            // They are told for a day; then support has a week to look.
            kept: Duration::days(8),
            delete: |db, before, limit| db.delete_logout_notices(before, limit),
        },
        Job {
            rows: "refused requests",
            kept: Duration::days(14),
            delete: |db, before, limit| db.delete_refused_requests(before, limit),
        },
        Job {
            rows: "ways to GOV.UK One Login and back",
            // A while, so that whoever comes back late is led to where their journey stands.
            kept: config.journeys.lifetime.duration(),
            delete: |db, before, limit| db.delete_one_login_states(before, limit),
        },
        Job {
            rows: "challenges for passkeys",
            kept: Duration::minutes(1),
            delete: |db, before, limit| db.delete_passkey_ceremonies(before, limit),
        },
        Job {
            rows: "ids of clients' JWTs",
            // A while, for servers whose clocks do not agree.
            kept: Duration::minutes(1),
            delete: |db, before, limit| db.delete_spent_ids(before, limit),
        },
        Job {
            rows: "pushed authorization requests",
            // So that a reference which comes again is known to have been used.
            kept: Duration::days(1),
            delete: |db, before, limit| db.delete_pushed_requests(before, limit),
        },
        Job {
            rows: "addresses from which messages came back",
            // Somebody may have a mailbox there again.
            kept: Duration::days(90),
            delete: |db, before, limit| db.delete_undeliverable_addresses(before, limit),
        },
        Job {
            rows: "messages that were taken",
            kept: Duration::days(7),
            delete: |db, before, limit| db.delete_carried_messages(before, limit),
        },
        Job {
            rows: "messages",
            // Support looks at those that did not arrive.
            kept: Duration::days(28).max(config.outbox.give_up_after.duration() + Duration::days(7)),
            delete: |db, before, limit| db.delete_outbox_messages(before, limit),
        },
    ]
}

/// Cleans up again and again; the future never ends.
pub async fn keep_house(store: Store, clock: Clock, jobs: Vec<Job>, interval: Duration) {
    let mut ticks = tokio::time::interval(interval.to_std().unwrap_or(Wait::from_secs(60)));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        clean(&store, clock.now(), &jobs).await;
    }
}

/// Sweeps files of evidence again and again; the future never ends.
pub async fn sweep_evidence(room: EvidenceRoom, kept: Duration, interval: Duration) {
    let mut ticks = tokio::time::interval(interval.to_std().unwrap_or(Wait::from_secs(60)));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match room.sweep(room.clock.now() - kept).await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "deleted files of evidence that have outlived their use"),
            Err(error) => tracing::warn!(%error, "files of evidence have to wait to be deleted"),
        }
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use identity::outbox::{Channel, OutboxMessage};
    use identity::random::Random;
    use store::PoolSettings;

    use super::*;

    fn message(random: &Random, created_at: Time) -> OutboxMessage {
        OutboxMessage::new(random.uuid(), Channel::Email, "sealed".into(), created_at)
    }

    #[tokio::test]
    async fn what_is_older_than_it_is_kept_goes_however_much_it_is_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, PoolSettings::default()).unwrap();
        store.migrate().await.unwrap();
        let settings = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/test.toml");
        let jobs = jobs(&Config::load(&[settings], []).unwrap());
        let kept = jobs.iter().find(|job| job.rows == "messages").unwrap().kept;
        let (now, random) = (DateTime::from_timestamp(1_790_000_000, 0).unwrap(), Random::seeded(1));
        let old = now - kept - Duration::seconds(1);
        let put = store.transact(move |db| {
            for _ in 0..BATCH * 2 + 1 {
                db.outbox().put(&message(&random, old))?;
            }
            db.outbox().put(&message(&random, now - kept))
        });
        put.await.unwrap();
        clean(&store, now, &jobs).await;
        let left = store.read(|db| db.outbox().newest_first(10)).await.unwrap();
        assert_eq!(left.iter().map(|row| row.created_at).collect::<Vec<_>>(), [now - kept]);
    }
}
