//! The outbox: what leaves for elsewhere, written with the fact that caused it, and tried until it was taken or there is no
//! point any more.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::AccountId;
use crate::backoff::Backoff;
use crate::carrier::{Carried, NotCarried, Refusal};
use crate::clock::Time;
use crate::random::Random;

/// What a row's content is sealed for.
pub const SEAL_PURPOSE: &str = "outbox";

/// Whoever waits for a code sees to it that it goes out at once; should that go wrong, it has its turn after this.
pub const HURRIED: Duration = Duration::seconds(2);

/// While somebody waits.
const URGENT: Backoff = Backoff { first: Duration::seconds(1), longest: Duration::seconds(20) };
const PATIENT: Backoff = Backoff { first: Duration::seconds(5), longest: Duration::hours(1) };

/// Which way it leaves. Each has a carrier of its own, and none waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A [`crate::message::Message`].
    Email,
    /// The same as a text message. It has no subject and no HTML.
    Sms,
    /// A [`crate::help_desk::DeskItem`].
    HelpDesk,
    /// A [`crate::webhook::Notification`].
    Webhook,
    /// A [`crate::record_change::ChangeAsked`].
    Register,
}

impl Channel {
    pub const ALL: [Channel; 5] =
        [Channel::Email, Channel::Sms, Channel::HelpDesk, Channel::Webhook, Channel::Register];

    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Email => "email",
            Channel::Sms => "sms",
            Channel::HelpDesk => "help_desk",
            Channel::Webhook => "webhook",
            Channel::Register => "register",
        }
    }
}

/// A row of the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxMessage {
    /// Also the idempotency key towards whoever takes it: the same for every attempt.
    pub id: Uuid,
    pub channel: Channel,
    /// What the channel takes, in JSON, sealed for the purpose [`SEAL_PURPOSE`].
    pub sealed: String,
    /// Whom it is to or about; nothing where that is not an account yet.
    pub account: Option<AccountId>,
    pub created_at: Time,
    /// When there is no point in it any more: a code has expired.
    pub expires_at: Option<Time>,
    pub state: OutboxState,
    /// While it is due, when it is tried next; once that is over, when it came to be so.
    pub state_at: Time,
    pub attempts: u32,
    /// Why the last attempt failed; or, once it was taken, why it did not arrive.
    pub problem: Option<Problem>,
    /// What the carrier calls it.
    pub reference: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    Due,
    /// The carrier has it.
    Carried,
    /// The carrier says that it arrived.
    Arrived,
    /// The carrier says that it did not arrive.
    Returned,
    /// It was never taken, and is not tried any more.
    GivenUp,
}

impl OutboxState {
    pub const ALL: [OutboxState; 5] =
        [OutboxState::Due, OutboxState::Carried, OutboxState::Arrived, OutboxState::Returned, OutboxState::GivenUp];

    pub fn as_str(self) -> &'static str {
        match self {
            OutboxState::Due => "due",
            OutboxState::Carried => "carried",
            OutboxState::Arrived => "arrived",
            OutboxState::Returned => "returned",
            OutboxState::GivenUp => "given_up",
        }
    }
}

/// What keeps a message from arriving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The carrier does not answer, or nothing that helps.
    NoAnswer,
    /// The carrier has too much to do.
    Busy,
    /// Nobody can be written to at the address.
    Address,
    /// The carrier cannot use what it was given.
    Content,
    /// It came to be pointless before it was taken.
    Expired,
    /// It cannot be opened: the key that sealed it is gone, or its content is of another version.
    Unreadable,
    /// Earlier messages to the address came back.
    Bounces,
    /// The address takes nothing just now: a full mailbox, a phone that is off.
    Unreachable,
}

impl Problem {
    pub fn as_str(self) -> &'static str {
        match self {
            Problem::NoAnswer => "no_answer",
            Problem::Busy => "busy",
            Problem::Address => "address",
            Problem::Content => "content",
            Problem::Expired => "expired",
            Problem::Unreadable => "unreadable",
            Problem::Bounces => "bounces",
            Problem::Unreachable => "unreachable",
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Address => Problem::Address,
            Refusal::Content => Problem::Content,
            Refusal::Bounces => Problem::Bounces,
        }
    }
}

impl OutboxMessage {
    /// One that is due now.
    pub fn new(id: Uuid, channel: Channel, sealed: String, created_at: Time) -> OutboxMessage {
        OutboxMessage {
            id,
            channel,
            sealed,
            account: None,
            created_at,
            expires_at: None,
            state: OutboxState::Due,
            state_at: created_at,
            attempts: 0,
            problem: None,
            reference: None,
        }
    }

    /// One that somebody waits for, until then.
    #[must_use]
    pub fn expiring(self, at: Time) -> OutboxMessage {
        OutboxMessage { expires_at: Some(at), state_at: self.created_at + HURRIED, ..self }
    }

    #[must_use]
    pub fn about(self, account: AccountId) -> OutboxMessage {
        OutboxMessage { account: Some(account), ..self }
    }

    /// What comes of it, now that it was tried. It is given up when it has been in the outbox for `patience`.
    #[must_use]
    pub fn tried(
        self,
        outcome: &Result<Carried, NotCarried>,
        at: Time,
        patience: Duration,
        random: &Random,
    ) -> OutboxMessage {
        match outcome {
            Ok(Carried { reference }) => OutboxMessage {
                state: OutboxState::Carried,
                state_at: at,
                problem: None,
                reference: reference.clone(),
                ..self
            },
            Err(NotCarried::Refused(refusal)) => self.given_up((*refusal).into(), at),
            Err(NotCarried::Busy { after }) => {
                let spread = Backoff { first: PATIENT.first, longest: PATIENT.first }.wait(1, random);
                let next = at + Duration::from_std(*after).unwrap_or(PATIENT.longest) + spread;
                self.again(next, Problem::Busy, at, patience)
            }
            Err(NotCarried::Later(_)) => {
                let backoff = if self.expires_at.is_some() { URGENT } else { PATIENT };
                let next = at + backoff.wait(self.attempts, random);
                self.again(next, Problem::NoAnswer, at, patience)
            }
        }
    }

    fn again(self, next: Time, problem: Problem, at: Time, patience: Duration) -> OutboxMessage {
        if self.expires_at.is_some_and(|expires_at| next >= expires_at) {
            return self.given_up(Problem::Expired, at);
        }
        if next - self.created_at >= patience {
            return self.given_up(problem, at);
        }
        OutboxMessage { state_at: next, problem: Some(problem), ..self }
    }

    /// Nothing more is tried.
    #[must_use]
    pub fn given_up(self, problem: Problem, at: Time) -> OutboxMessage {
        OutboxMessage { state: OutboxState::GivenUp, state_at: at, problem: Some(problem), ..self }
    }

    pub fn has_expired(&self, now: Time) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::days(3);

    fn noon() -> Time {
        Time::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn taken(attempts: u32) -> OutboxMessage {
        let message = OutboxMessage::new(Random::seeded(1).uuid(), Channel::Email, "sealed".into(), noon());
        OutboxMessage { attempts, ..message }
    }

    fn tried(message: OutboxMessage, outcome: Result<Carried, NotCarried>, at: Time) -> OutboxMessage {
        message.tried(&outcome, at, PATIENCE, &Random::seeded(1))
    }

    #[test]
    fn what_was_taken_keeps_what_the_carrier_calls_it() {
        let carried = Carried { reference: Some("n-1".into()) };
        let failed = OutboxMessage { problem: Some(Problem::NoAnswer), ..taken(2) };
        let message = tried(failed, Ok(carried), noon() + Duration::seconds(9));
        assert_eq!((message.state, message.problem), (OutboxState::Carried, None));
        assert_eq!((message.reference.as_deref(), message.state_at), (Some("n-1"), noon() + Duration::seconds(9)));
    }

    #[test]
    fn what_was_refused_is_given_up_at_once_with_the_reason() {
        for (refusal, problem) in [(Refusal::Address, Problem::Address), (Refusal::Content, Problem::Content)] {
            let message = tried(taken(1), Err(NotCarried::Refused(refusal)), noon());
            assert_eq!((message.state, message.problem), (OutboxState::GivenUp, Some(problem)));
        }
    }

    #[test]
    fn without_an_answer_it_is_tried_for_three_days_at_growing_distances() {
        let (mut message, mut tries) = (taken(0), 0);
        while message.state == OutboxState::Due {
            tries += 1;
            let at = message.state_at;
            message = tried(OutboxMessage { attempts: tries, ..message }, Err(NotCarried::later("no answer")), at);
            assert!(message.state_at - at <= Duration::hours(1));
        }
        assert_eq!((message.state, message.problem), (OutboxState::GivenUp, Some(Problem::NoAnswer)));
        assert!((75..110).contains(&tries), "{tries}");
        assert!(message.state_at - noon() > PATIENCE - Duration::hours(2));
    }

    #[test]
    fn a_busy_carrier_is_left_alone_for_as_long_as_it_says() {
        let after = std::time::Duration::from_secs(60);
        let message = tried(taken(1), Err(NotCarried::Busy { after }), noon());
        let wait = message.state_at - noon();
        assert!(wait > Duration::seconds(60) && wait <= Duration::seconds(65), "{wait}");
        assert_eq!((message.state, message.problem), (OutboxState::Due, Some(Problem::Busy)));
    }

    #[test]
    fn a_code_is_tried_every_few_seconds_until_it_expires() {
        let expires_at = noon() + Duration::minutes(10);
        let (mut code, mut tries) = (taken(0).expiring(expires_at), 0);
        assert_eq!(code.state_at, noon() + HURRIED);
        while code.state == OutboxState::Due {
            tries += 1;
            let at = code.state_at;
            code = tried(OutboxMessage { attempts: tries, ..code }, Err(NotCarried::later("no answer")), at);
            assert!(code.state_at - at <= Duration::seconds(20));
        }
        assert_eq!(code.problem, Some(Problem::Expired));
        assert!(tries > 30 && code.state_at < expires_at, "{tries}");
        assert!(code.has_expired(expires_at) && !code.has_expired(expires_at - Duration::seconds(1)));
    }
}
