//! What every server does again and again: it reads the keys, and where something is due one of all servers does it.

use std::time::Duration as Wait;

use actix_web::web::Data;
use identity::key_life::KeyStep;
use oidc::{KeyKeeper, KeysError, Provider};

/// What servers elect one of them for.
const TASK: &str = "signing keys";

/// Goes on for as long as it is polled.
pub async fn keep(provider: Data<Provider>, keeper: KeyKeeper) {
    let every = keeper.times.read_every;
    let mut ticks = tokio::time::interval(every.to_std().unwrap_or(Wait::from_secs(10)));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let ourselves = keeper.random.uuid().to_string();
    loop {
        ticks.tick().await;
        if let Err(error) = round(&provider, &keeper, &ourselves).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the signing keys stay as they were");
        }
    }
}

async fn round(provider: &Provider, keeper: &KeyKeeper, ourselves: &str) -> Result<(), KeysError> {
    provider.keys.read_again(&keeper.store, keeper.clock.now()).await?;
    if !provider.keys.is_step_due(&keeper.times, keeper.clock.now()) {
        return Ok(());
    }
    let taken = take_turn(keeper, ourselves).await?;
    for step in &taken {
        match step {
            KeyStep::Make(algorithm) => tracing::info!(algorithm = algorithm.as_str(), "made a signing key"),
            KeyStep::Activate { kid, instead_of } => {
                tracing::info!(kid, instead_of = instead_of.as_deref().unwrap_or("-"), "another signing key signs");
            }
            KeyStep::End { kid } => tracing::info!(kid, "a signing key is gone"),
        }
    }
    if taken.is_empty() { Ok(()) } else { provider.keys.read_again(&keeper.store, keeper.clock.now()).await }
}

/// Takes the steps that are due, if `holder` is elected for it. Who was and died is waited for, for three rounds.
///
/// # Errors
/// When the store does not answer.
pub async fn take_turn(keeper: &KeyKeeper, holder: &str) -> Result<Vec<KeyStep>, KeysError> {
    let (holder, now) = (holder.to_owned(), keeper.clock.now());
    let until = now + keeper.times.read_every * 3;
    let elected = keeper.store.transact(move |db| db.elections().elect(TASK, &holder, now, until)).await?;
    if elected { keeper.move_on().await } else { Ok(Vec::new()) }
}
