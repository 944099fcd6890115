//! A lane: takes what is due on one channel for as long as the server runs.

use std::time::{Duration, Instant};

use identity::outbox::Channel;
use store::StoreError;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::delivery::Delivery;
use super::{LEASE, Outbox};

/// How long a message waits at most, where the lane has nothing to do.
const PACE: Duration = Duration::from_millis(500);
/// When the database does not answer.
const PAUSE: Duration = Duration::from_secs(2);

struct Lane {
    outbox: Outbox,
    channel: Channel,
    at_once: usize,
    under_way: JoinSet<Result<Delivery, StoreError>>,
    rests_until: Instant,
}

/// Goes on until it is told to stop, and then until nothing is under way.
pub(super) async fn run(outbox: Outbox, channel: Channel, at_once: u32, mut stopped: watch::Receiver<bool>) {
    let under_way = JoinSet::new();
    let mut lane = Lane { outbox, channel, at_once: at_once as usize, under_way, rests_until: Instant::now() };
    while !*stopped.borrow() {
        let wait = match lane.take().await {
            Ok(wait) => wait,
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(channel = channel.as_str(), error, "what leaves has to wait");
                PAUSE
            }
        };
        tokio::select! {
            // Whoever would tell it to stop is gone: it stops.
            changed = stopped.changed() => if changed.is_err() { break },
            Some(done) = lane.under_way.join_next() => lane.note(done.ok()),
            () = tokio::time::sleep(wait) => {}
        }
    }
    while let Some(done) = lane.under_way.join_next().await {
        lane.note(done.ok());
    }
}

impl Lane {
    /// Takes as much as there is room for; says how long to wait before looking again.
    async fn take(&mut self) -> Result<Duration, StoreError> {
        let room = self.at_once.saturating_sub(self.under_way.len());
        let rest = self.rests_until.saturating_duration_since(Instant::now());
        if room == 0 || !rest.is_zero() {
            return Ok(rest.max(PACE));
        }
        let (channel, now) = (self.channel, self.outbox.clock.now());
        // Looking alone, which is done all the time, does not wait for whoever writes.
        if !self.outbox.store.glance(move |db| db.outbox().any_due(channel, now)).await? {
            return Ok(PACE);
        }
        let take = move |db: &mut store::Db<'_>| db.outbox().take_due(channel, (now, now + LEASE), room as u32);
        let taken = self.outbox.store.transact(take).await?;
        // Others have taken what was due.
        let wait = if taken.is_empty() { PACE } else { Duration::ZERO };
        for message in taken {
            let outbox = self.outbox.clone();
            self.under_way.spawn(async move { outbox.deliver(message).await });
        }
        Ok(wait)
    }

    fn note(&mut self, done: Option<Result<Delivery, StoreError>>) {
        match done {
            Some(Ok(Delivery { pause: Some(pause), .. })) => {
                self.rests_until = self.rests_until.max(Instant::now() + pause);
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "what came of a message is not written down: it is tried again");
            }
            None => tracing::error!(channel = self.channel.as_str(), "handing over a message ended in a panic"),
        }
    }
}
