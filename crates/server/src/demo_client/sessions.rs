//! What the demo service knows of each browser: the sign-ins that it has begun, and how the last one ended. In memory,
//! so that stopping the service forgets everybody.

use std::collections::VecDeque;
use std::sync::Mutex;

use serde_json::{Map, Value};

use super::sample_clients::SampleClient;

/// Browsers, and sign-ins begun in each, that are remembered at once; the oldest go first.
const BROWSERS: usize = 1_000;
const ATTEMPTS: usize = 20;

/// A sign-in that was begun: what the answer will be held against.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) client: &'static SampleClient,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) pkce_verifier: String,
}

/// What a sign-in brought.
#[derive(Clone, Debug)]
pub(super) struct SignedIn {
    pub(super) client: &'static SampleClient,
    /// The payload of the ID token, which has been verified.
    pub(super) claims: Map<String, Value>,
    pub(super) userinfo: Value,
    pub(super) id_token: String,
    pub(super) access_token: String,
}

#[derive(Debug, Default)]
pub(super) struct Session {
    attempts: VecDeque<Attempt>,
    pub(super) signed_in: Option<SignedIn>,
    /// Sent to the provider with a sign-out that was begun, to come back with it.
    pub(super) sign_out_state: Option<String>,
}

impl Session {
    pub(super) fn begin(&mut self, attempt: Attempt) {
        if self.attempts.len() == ATTEMPTS {
            self.attempts.pop_front();
        }
        self.attempts.push_back(attempt);
    }

    /// The attempt of that state, which can be taken once.
    pub(super) fn take(&mut self, state: &str) -> Option<Attempt> {
        let place = self.attempts.iter().position(|attempt| attempt.state == state)?;
        self.attempts.remove(place)
    }
}

/// The sessions by the random token that their browser holds in a cookie.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<VecDeque<(String, Session)>>);

impl Sessions {
    /// Lets `act` see and change the session of that browser, which begins now if it has none.
    pub(super) fn with<T>(&self, browser: &str, act: impl FnOnce(&mut Session) -> T) -> T {
        let mut sessions = self.0.lock().expect("nothing panics under this lock");
        let place = sessions.iter().position(|(token, _)| token == browser);
        let place = place.unwrap_or_else(|| {
            if sessions.len() == BROWSERS {
                sessions.pop_front();
            }
            sessions.push_back((browser.to_owned(), Session::default()));
            sessions.len() - 1
        });
        act(&mut sessions[place].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo_client::sample_clients::SAMPLE_CLIENTS;

    fn attempt(number: usize) -> Attempt {
        let (state, nonce, pkce_verifier) = (number.to_string(), String::new(), String::new());
        Attempt { client: &SAMPLE_CLIENTS[0], state, nonce, pkce_verifier }
    }

    #[test]
    fn an_attempt_can_be_taken_once_and_by_its_own_browser_only() {
        let sessions = Sessions::default();
        sessions.with("mine", |session| session.begin(attempt(1)));
        assert!(sessions.with("another", |session| session.take("1")).is_none());
        assert!(sessions.with("mine", |session| session.take("1")).is_some());
        assert!(sessions.with("mine", |session| session.take("1")).is_none());
    }

    #[test]
    fn two_tabs_of_one_browser_may_sign_in_at_once() {
        let sessions = Sessions::default();
        sessions.with("mine", |session| (session.begin(attempt(1)), session.begin(attempt(2))));
        assert!(sessions.with("mine", |session| session.take("1")).is_some());
        assert!(sessions.with("mine", |session| session.take("2")).is_some());
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_go_first() {
        let sessions = Sessions::default();
        for number in 0..=BROWSERS {
            sessions.with(&number.to_string(), |session| session.begin(attempt(number)));
        }
        assert_eq!(sessions.0.lock().unwrap().len(), BROWSERS);
        assert!(sessions.with("0", |session| session.take("0")).is_none());
        sessions.with("tabs", |session| (0..=ATTEMPTS).for_each(|number| session.begin(attempt(number))));
        assert!(sessions.with("tabs", |session| session.take("0")).is_none());
        assert!(sessions.with("tabs", |session| session.take("1")).is_some());
    }
}
