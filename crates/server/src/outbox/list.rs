//! What is in the outbox, as an operator sees it: one message a line, without what it says.

use std::fmt;

use identity::account::AccountId;
use identity::clock::Time;
use identity::help_desk::DeskItem;
use identity::key_ring::KeyRing;
use identity::outbox::{Channel, OutboxMessage, OutboxState, Problem, SEAL_PURPOSE};
use identity::webhook::Notification;
use serde::Deserialize;
use store::{Db, StoreError};

/// What has not arrived, and may never.
const NOT_ARRIVED: [OutboxState; 3] = [OutboxState::Due, OutboxState::Returned, OutboxState::GivenUp];

/// Which messages a list has.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    NotArrived,
    All,
    OfAccount(AccountId),
}

#[derive(Debug)]
pub struct List(Vec<Line>);

#[derive(Debug)]
struct Line {
    message: OutboxMessage,
    what: String,
}

/// What a letter or a text message says about itself.
#[derive(Deserialize)]
struct Letter {
    template: String,
}

impl List {
    pub fn read(db: &mut Db<'_>, which: Which, limit: u32, ring: &KeyRing) -> Result<List, StoreError> {
        let messages = match which {
            Which::NotArrived => db.outbox().in_states(&NOT_ARRIVED, limit)?,
            Which::All => db.outbox().newest_first(limit)?,
            Which::OfAccount(account) => db.outbox().of_account(account, limit)?,
        };
        let line = |message: OutboxMessage| Line { what: what(&message, ring), message };
        Ok(List(messages.into_iter().map(line).collect()))
    }
}

fn what(message: &OutboxMessage, ring: &KeyRing) -> String {
    let told = ring.open(SEAL_PURPOSE, &message.sealed).ok().and_then(|content| match message.channel {
        Channel::Email | Channel::Sms => Some(serde_json::from_slice::<Letter>(&content).ok()?.template),
        Channel::HelpDesk => Some(format!("{:?}", serde_json::from_slice::<DeskItem>(&content).ok()?)),
        Channel::Register => Some("a change of a record".into()),
        Channel::Webhook => Some(format!("to {}", serde_json::from_slice::<Notification>(&content).ok()?.webhook)),
    });
    told.unwrap_or_else(|| "unreadable".into())
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("Everything has arrived.");
        }
        write!(f, "{:<36} {:<10} {:<24} {:<17} {:<6} STATE (UTC)", "ID", "CHANNEL", "WHAT", "PUT (UTC)", "TRIES")?;
        for Line { message, what } in &self.0 {
            let (channel, put) = (message.channel.as_str(), minute(message.created_at));
            write!(f, "\n{:<36} {channel:<10} {what:<24} {put:<17} {:<6} ", message.id, message.attempts)?;
            write!(f, "{}", state(message))?;
        }
        Ok(())
    }
}

fn state(message: &OutboxMessage) -> String {
    let at = minute(message.state_at);
    let state = match message.state {
        OutboxState::Due => format!("next try {at}"),
        OutboxState::Carried => format!("taken {at}"),
        OutboxState::Arrived => format!("arrived {at}"),
        OutboxState::Returned => format!("came back {at}"),
        OutboxState::GivenUp => format!("given up {at}"),
    };
    match message.problem {
        Some(problem) => format!("{state}: {}", words(problem)),
        None => state,
    }
}

fn words(problem: Problem) -> &'static str {
    match problem {
        Problem::NoAnswer => "no answer that helps",
        Problem::Busy => "the carrier is busy",
        Problem::Address => "nobody can be written to there",
        Problem::Content => "the carrier cannot use it",
        Problem::Expired => "its code had expired",
        Problem::Unreadable => "it cannot be opened",
        Problem::Bounces => "earlier messages to the address came back",
        Problem::Unreachable => "the address takes nothing just now",
    }
}

fn minute(time: Time) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}
