//! Clients are told of sign-outs beside answering. Several servers may do it at once. What they have not heard, support sees.

use std::fmt;
use std::time::Duration;

use actix_web::web::Data;
use identity::clock::Time;
use identity::logout_notice::{BackChannel, LogoutNotice, NoticeState};
use oidc::Provider;
use store::{Db, StoreError};

/// A person who signs out expects to be signed out everywhere by the time they look.
const PACE: Duration = Duration::from_secs(1);

/// Goes on for as long as it is polled.
pub async fn go_on(provider: Data<Provider>, channel: impl BackChannel) {
    let mut ticks = tokio::time::interval(PACE);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = tell(&provider, &channel).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "clients have to wait to hear of sign-outs");
        }
    }
}

async fn tell(provider: &Provider, channel: &dyn BackChannel) -> Result<(), StoreError> {
    loop {
        let round = oidc::tell_clients(provider, channel).await?;
        if round.told > 0 {
            tracing::info!(told = round.told, heard = round.heard, "told clients of sign-outs");
        }
        if !round.is_full() {
            return Ok(());
        }
    }
}

/// Who has not heard of a sign-out, one a line. Whose it was is not told.
#[derive(Debug)]
pub struct List(Vec<LogoutNotice>);

impl List {
    pub fn read(db: &mut Db<'_>, limit: u32) -> Result<List, StoreError> {
        Ok(List(db.logout_notices().in_states(&[NoticeState::Due, NoticeState::GivenUp], limit)?))
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("Every service has heard of every sign-out.");
        }
        write!(f, "{:<24} {:<17} {:<6} {:<12} STATE (UTC)", "SERVICE", "SIGNED OUT (UTC)", "TRIES", "LAST ANSWER")?;
        for notice in &self.0 {
            let (service, at) = (notice.client.as_str(), minute(notice.created_at));
            let answer = notice.last_status.map_or("none".into(), |status| status.to_string());
            write!(f, "\n{service:<24} {at:<17} {:<6} {answer:<12} ", notice.attempts)?;
            let state = if notice.state == NoticeState::GivenUp { "given up" } else { "next try" };
            write!(f, "{state} {}", minute(notice.state_at))?;
        }
        Ok(())
    }
}

fn minute(time: Time) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}
