//! The outbox worker: what leaves is handed to its carriers, at least once, by whichever server takes it first.
//!
//! Each channel has a lane of its own, so that nothing waits for another channel's carrier. Should a server die, what it had
//! taken comes back to the others when its lease is over.

mod carriers;
mod courier;
mod delivery;
mod gauges;
mod lane;
mod list;
mod retry;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration as Wait;

use chrono::Duration;
use identity::clock::Clock;
use identity::key_ring::KeyRing;
use identity::random::Random;
use store::Store;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use carriers::{Carriers, Kept, Way};
pub use courier::OutboxCourier;
pub use delivery::Delivery;
pub use gauges::describe_metrics;
pub use list::{List, Which};
pub use retry::{NotRetried, retry, retry_unanswered};

/// So long is what came of a message waited for: longer than any carrier's own time limit, and no longer than somebody who
/// waits for a code has to be patient with a server that died over it.
const LEASE: Duration = Duration::seconds(20);

/// What all lanes work with. Cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    pub store: Store,
    pub key_ring: KeyRing,
    pub clock: Clock,
    pub random: Random,
    pub carriers: Arc<Carriers>,
    /// How long a message is tried.
    pub patience: Duration,
}

/// The lanes as they run.
#[derive(Debug)]
pub struct Running {
    stop: watch::Sender<bool>,
    lanes: Vec<JoinHandle<()>>,
}

impl Outbox {
    /// Starts a lane for each channel. A lane hands out so many messages at the same time.
    #[must_use]
    pub fn start(&self, at_once: u32) -> Running {
        let (stop, stopped) = watch::channel(false);
        let lanes = self.carriers.channels();
        let lanes =
            lanes.map(|channel| actix_web::rt::spawn(lane::run(self.clone(), channel, at_once, stopped.clone())));
        let mut lanes: Vec<_> = lanes.collect();
        lanes.push(actix_web::rt::spawn(gauges::keep_up(self.clone(), stopped)));
        Running { stop, lanes }
    }
}

impl Running {
    /// Takes nothing more, and waits for what is under way: for so long.
    pub async fn drain(self, patience: Wait) {
        // Nobody listens where every lane has ended.
        let _ = self.stop.send(true);
        let drained = async {
            for lane in self.lanes {
                // A lane that has ended otherwise has nothing under way.
                let _ = lane.await;
            }
        };
        if tokio::time::timeout(patience, drained).await.is_err() {
            tracing::warn!("stopped with messages under way: they are tried again by whoever is left");
        }
    }
}
