//! How full the outbox is, as metrics: what waits, since when, and what was given up.

use std::time::Duration;

use identity::outbox::{Channel, OutboxState};
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram, gauge};
use store::StoreError;
use tokio::sync::watch;

use super::Outbox;

const PACE: Duration = Duration::from_secs(15);
/// What is neither on its way nor where it should be.
const TOLD: [OutboxState; 3] = [OutboxState::Due, OutboxState::Returned, OutboxState::GivenUp];

/// Says what the metrics of the outbox and of the calls to partners mean.
pub fn describe_metrics() {
    describe_gauge!("outbox_messages", "Messages in the outbox that have not arrived, by channel and state.");
    describe_gauge!("outbox_oldest_seconds", Unit::Seconds, "The age of the oldest message that waits, by channel.");
    describe_counter!("outbox_attempts_total", "Attempts to hand a message over, by channel and outcome.");
    describe_counter!("message_receipts_total", "Receipts of messages, by how it ended.");
    describe_histogram!("partner_call_seconds", Unit::Seconds, "Calls to partners, by endpoint and outcome.");
}

/// Goes on until it is told to stop. Every server says the same of the one outbox.
pub(super) async fn keep_up(outbox: Outbox, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(error) = look(&outbox).await {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "how full the outbox is cannot be seen");
        }
        tokio::select! {
            changed = stopped.changed() => if changed.is_err() { break },
            () = tokio::time::sleep(PACE) => {}
        }
    }
}

async fn look(outbox: &Outbox) -> Result<(), StoreError> {
    let depths = outbox.store.read(|db| db.outbox().depth(&TOLD)).await?;
    let now = outbox.clock.now();
    for channel in Channel::ALL {
        for state in TOLD {
            let depth = depths.iter().find(|depth| depth.channel == channel && depth.state == state);
            let (channel, word) = (channel.as_str(), state.as_str());
            // So many that a float does not count them exactly nobody has.
            let messages = depth.map_or(0.0, |depth| depth.messages as f64);
            gauge!("outbox_messages", "channel" => channel, "state" => word).set(messages);
            if state == OutboxState::Due {
                let age = depth.map_or(0, |depth| (now - depth.oldest).num_seconds());
                gauge!("outbox_oldest_seconds", "channel" => channel).set(age as f64);
            }
        }
    }
    Ok(())
}
