//! A logout notice: a client is told that a browser session has ended (OpenID Connect Back-Channel Logout 1.0). Told again
//! until it says that it has heard, and for a day at most.

use async_trait::async_trait;
use chrono::Duration;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;

use crate::account::AccountId;
use crate::backoff::Backoff;
use crate::browser_session::SessionId;
use crate::client::ClientId;
use crate::clock::Time;
use crate::random::Random;

const BACKOFF: Backoff = Backoff { first: Duration::seconds(5), longest: Duration::hours(1) };
const LIFETIME: Duration = Duration::days(1);
/// So often may a client say that the token is wrong (section 2.8). The next will hardly please it more.
const MOST_REFUSALS: u32 = 5;

#[derive(Clone, Debug, PartialEq)]
pub struct LogoutNotice {
    pub session: SessionId,
    pub client: ClientId,
    pub account: AccountId,
    /// When the session ended.
    pub created_at: Time,
    /// How often it was told, or tried to.
    pub attempts: u32,
    /// The status of the last answer. None: there was no answer, or nothing has been tried.
    pub last_status: Option<u16>,
    pub state: NoticeState,
    /// When it is told next; once that is over, when it came to be so.
    pub state_at: Time,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    Due,
    Heard,
    GivenUp,
}

impl NoticeState {
    pub fn as_str(self) -> &'static str {
        match self {
            NoticeState::Due => "due",
            NoticeState::Heard => "heard",
            NoticeState::GivenUp => "given_up",
        }
    }
}

impl LogoutNotice {
    /// One for each session and client.
    pub fn id(&self) -> String {
        format!("{}.{}", self.session, self.client)
    }

    /// What comes of it, now that the client has answered with this status, or not at all.
    #[must_use]
    pub fn answered(self, status: Option<u16>, at: Time, random: &Random) -> LogoutNotice {
        let told = LogoutNotice { last_status: status, state_at: at, ..self };
        // Section 2.8: 200; some frameworks cannot help sending 204.
        if matches!(status, Some(200 | 204)) {
            return LogoutNotice { state: NoticeState::Heard, ..told };
        }
        let next = at + BACKOFF.wait(told.attempts, random);
        let refused = status == Some(400) && told.attempts >= MOST_REFUSALS;
        if refused || next - told.created_at >= LIFETIME {
            return LogoutNotice { state: NoticeState::GivenUp, ..told };
        }
        LogoutNotice { state: NoticeState::Due, state_at: next, ..told }
    }
}

/// The way to the clients' servers.
#[async_trait]
pub trait BackChannel: Send + Sync {
    /// Posts a logout token (section 2.5) within a time limit of its own, and follows no redirect. The status of the answer.
    async fn post(&self, to: &Url, logout_token: &str) -> Result<u16, NoAnswer>;
}

/// The client's server does not answer.
#[derive(Debug, Error)]
#[error("the client does not answer")]
pub struct NoAnswer(#[source] Box<dyn std::error::Error + Send + Sync>);

impl NoAnswer {
    /// Keeps the `cause` for the log; a plain text will do.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> NoAnswer {
        NoAnswer(cause.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Time {
        Time::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn notice(attempts: u32) -> LogoutNotice {
        let random = Random::seeded(1);
        LogoutNotice {
            session: SessionId::new(&random),
            client: ClientId::parse("npq").unwrap(),
            account: AccountId::new(&random),
            created_at: noon(),
            attempts,
            last_status: None,
            state: NoticeState::Due,
            state_at: noon(),
        }
    }

    #[test]
    fn a_client_that_says_200_or_204_has_heard_and_no_other_answer_will_do() {
        for (status, state) in [(200, NoticeState::Heard), (204, NoticeState::Heard)] {
            assert_eq!(notice(1).answered(Some(status), noon(), &Random::seeded(1)).state, state);
        }
        for status in [None, Some(201), Some(302), Some(400), Some(404), Some(500), Some(503)] {
            let told = notice(1).answered(status, noon(), &Random::seeded(1));
            assert_eq!((told.state, told.last_status), (NoticeState::Due, status));
        }
    }

    #[test]
    fn the_wait_doubles_from_five_seconds_to_an_hour_and_is_never_longer() {
        let random = Random::seeded(1);
        for (attempts, longest) in [(1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (40, 3600)] {
            for _ in 0..100 {
                let told = notice(attempts).answered(None, noon(), &random);
                let wait = (told.state_at - noon()).num_milliseconds();
                assert!(wait <= longest * 1000 && wait >= longest * 750, "{attempts}: {wait}");
            }
        }
    }

    #[test]
    fn after_a_day_it_is_given_up_and_after_five_refusals() {
        let random = Random::seeded(1);
        let (late, last) = (noon() + Duration::hours(23) + Duration::minutes(30), noon() + Duration::hours(22));
        assert_eq!(notice(30).answered(None, last, &random).state, NoticeState::Due);
        let given_up = notice(30).answered(Some(503), late, &random);
        assert_eq!((given_up.state, given_up.state_at), (NoticeState::GivenUp, late));
        assert_eq!(notice(4).answered(Some(400), noon(), &random).state, NoticeState::Due);
        assert_eq!(notice(5).answered(Some(400), noon(), &random).state, NoticeState::GivenUp);
        assert_eq!(notice(5).answered(Some(404), noon(), &random).state, NoticeState::Due);
    }
}
