//! The life of a signing key: pending, active, retiring, gone. What is due is told by the keys and the time alone.
//!
//! A client may keep the key set for as long as we say, and a server reads the keys again only so often. Therefore a key
//! is published for that long before it signs, and stays published until that long after the last token that it signed
//! has expired.

use chrono::Duration;

use crate::client::SigningAlgorithm;
use crate::clock::Time;
use crate::signing_key::{KeyState, SigningKey};

/// How long the parts of a key's life take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyTimes {
    /// How long clients may keep the key set.
    pub cached_for: Duration,
    /// How often each server reads the keys again.
    pub read_every: Duration,
    /// The longest that anything is relied on that a key signs.
    pub longest_token: Duration,
    /// How long a key is active before its successor is made; nothing where none is made by itself.
    pub rotate_every: Option<Duration>,
}

impl KeyTimes {
    /// How long it takes until nobody has a key set any more that was made before. A server may miss one reading.
    pub fn until_everywhere(&self) -> Duration {
        self.cached_for + self.read_every * 2
    }

    /// How long a key is published that signs no more.
    pub fn until_gone(&self) -> Duration {
        self.longest_token + self.until_everywhere()
    }
}

/// One step of a key's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyStep {
    /// A successor of the active key is made, pending.
    Make(SigningAlgorithm),
    /// A pending key becomes active, and the active one retiring.
    Activate { kid: String, instead_of: Option<String> },
    /// A retiring key is gone.
    End { kid: String },
}

/// The steps that are due.
pub fn due_steps(keys: &[SigningKey], times: &KeyTimes, now: Time) -> Vec<KeyStep> {
    let successions = SigningAlgorithm::ALL.into_iter().filter_map(|algorithm| succession(keys, algorithm, times, now));
    let retired = keys.iter().filter(|key| key.state == KeyState::Retiring && key.is_due(now));
    successions.chain(retired.map(|key| KeyStep::End { kid: key.kid.clone() })).collect()
}

fn succession(keys: &[SigningKey], algorithm: SigningAlgorithm, times: &KeyTimes, now: Time) -> Option<KeyStep> {
    let active = in_state(keys, algorithm, KeyState::Active);
    match (in_state(keys, algorithm, KeyState::Pending), active) {
        (Some(pending), _) if pending.is_due(now) => {
            Some(KeyStep::Activate { kid: pending.kid.clone(), instead_of: active.map(|key| key.kid.clone()) })
        }
        (None, Some(active)) if active.since() + times.rotate_every? <= now => Some(KeyStep::Make(algorithm)),
        _ => None,
    }
}

/// The key of an algorithm in a state that only one can be in.
pub fn in_state(keys: &[SigningKey], algorithm: SigningAlgorithm, state: KeyState) -> Option<&SigningKey> {
    keys.iter().find(|key| key.algorithm == algorithm && key.state == state)
}

/// What happens to a key next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    SuccessorIsMade,
    BecomesActive,
    Retires,
    IsGone,
}

/// What happens to a key next, and when at the earliest.
pub fn next_step(key: &SigningKey, keys: &[SigningKey], times: &KeyTimes) -> Option<(NextStep, Time)> {
    match key.state {
        KeyState::Pending => Some((NextStep::BecomesActive, key.due_at?)),
        KeyState::Active => match in_state(keys, key.algorithm, KeyState::Pending) {
            Some(successor) => Some((NextStep::Retires, successor.due_at?)),
            None => Some((NextStep::SuccessorIsMade, key.since() + times.rotate_every?)),
        },
        KeyState::Retiring => Some((NextStep::IsGone, key.due_at?)),
        KeyState::Gone => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: KeyTimes = KeyTimes {
        cached_for: Duration::minutes(10),
        read_every: Duration::seconds(10),
        longest_token: Duration::hours(1),
        rotate_every: Some(Duration::days(90)),
    };

    fn start() -> Time {
        Time::from_timestamp(1_700_000_000, 0).unwrap()
    }

    fn key(kid: &str, state: KeyState, due_at: Option<Time>) -> SigningKey {
        SigningKey {
            kid: kid.into(),
            algorithm: SigningAlgorithm::ES256,
            state,
            public_jwk: String::new(),
            sealed_private_key: String::new(),
            created_at: start(),
            changed_at: None,
            due_at,
        }
    }

    /// Takes a step as the store does.
    fn take(keys: &mut Vec<SigningKey>, step: &KeyStep, now: Time) {
        let change = |keys: &mut Vec<SigningKey>, kid: &str, state, due_at| {
            let key = keys.iter_mut().find(|key| key.kid == kid).unwrap();
            (key.state, key.changed_at, key.due_at) = (state, Some(now), due_at);
        };
        match step {
            KeyStep::Make(_) => {
                let kid = format!("key {}", keys.len());
                let due_at = Some(now + TIMES.until_everywhere());
                keys.push(SigningKey { created_at: now, ..key(&kid, KeyState::Pending, due_at) });
            }
            KeyStep::Activate { kid, instead_of } => {
                let old = instead_of.clone().unwrap();
                change(keys, &old, KeyState::Retiring, Some(now + TIMES.until_gone()));
                change(keys, kid, KeyState::Active, None);
            }
            KeyStep::End { kid } => change(keys, kid, KeyState::Gone, None),
        }
    }

    #[test]
    fn over_a_year_no_token_is_ever_signed_with_a_key_that_a_client_may_lack() {
        let mut keys = vec![key("key 0", KeyState::Active, None)];
        let (mut now, mut longest_pending) = (start(), Duration::zero());
        while now < start() + Duration::days(365) {
            for step in due_steps(&keys, &TIMES, now) {
                if let KeyStep::End { kid } = &step {
                    let ending = keys.iter().find(|key| key.kid == *kid).unwrap();
                    // A server that has not read the keys again signs with it for a while.
                    assert!(now - ending.since() >= TIMES.longest_token + TIMES.read_every);
                }
                take(&mut keys, &step, now);
            }
            let states = |state| keys.iter().filter(|key| key.state == state).collect::<Vec<_>>();
            let active = states(KeyState::Active);
            assert_eq!(active.len(), 1);
            assert!(states(KeyState::Pending).len() <= 1);
            if let Some(activated) = active[0].changed_at {
                assert!(activated - active[0].created_at >= TIMES.cached_for + TIMES.read_every);
                longest_pending = longest_pending.max(activated - active[0].created_at);
            }
            now += Duration::minutes(1);
        }
        assert_eq!(keys.len(), 5, "the first and its four successors");
        assert!(longest_pending <= TIMES.until_everywhere() + Duration::minutes(1));
        assert_eq!(keys.iter().filter(|key| key.state == KeyState::Gone).count(), 4);
    }

    #[test]
    fn a_pending_key_signs_nothing_until_every_copy_of_the_key_set_has_it() {
        let due = start() + TIMES.until_everywhere();
        let keys = [key("old", KeyState::Active, None), key("new", KeyState::Pending, Some(due))];
        assert_eq!(due_steps(&keys, &TIMES, due - Duration::microseconds(1)), []);
        let step = KeyStep::Activate { kid: "new".into(), instead_of: Some("old".into()) };
        assert_eq!(due_steps(&keys, &TIMES, due), [step]);
    }

    #[test]
    fn a_retiring_key_outlives_what_it_signed_and_every_copy_of_the_key_set() {
        let due = start() + TIMES.until_gone();
        assert!(TIMES.until_gone() >= TIMES.longest_token + TIMES.cached_for);
        let keys = [key("old", KeyState::Retiring, Some(due)), key("new", KeyState::Active, None)];
        assert_eq!(due_steps(&keys, &TIMES, due - Duration::microseconds(1)), []);
        assert_eq!(due_steps(&keys, &TIMES, due), [KeyStep::End { kid: "old".into() }]);
    }

    #[test]
    fn a_successor_is_made_once_and_only_where_keys_are_rotated_by_themselves() {
        let later = start() + Duration::days(90);
        let active = key("old", KeyState::Active, None);
        let make = [KeyStep::Make(SigningAlgorithm::ES256)];
        assert_eq!(due_steps(std::slice::from_ref(&active), &TIMES, later), make);
        let with_successor = [active.clone(), key("new", KeyState::Pending, Some(later + Duration::days(1)))];
        assert_eq!(due_steps(&with_successor, &TIMES, later), []);
        let by_hand = KeyTimes { rotate_every: None, ..TIMES };
        assert_eq!(due_steps(&[active], &by_hand, later), []);
    }

    #[test]
    fn each_key_tells_what_happens_to_it_next() {
        let due = Some(start() + Duration::hours(1));
        let keys = [
            key("old", KeyState::Retiring, due),
            key("now", KeyState::Active, None),
            key("new", KeyState::Pending, due),
            key("gone", KeyState::Gone, None),
        ];
        let told: Vec<_> = keys.iter().map(|key| next_step(key, &keys, &TIMES)).collect();
        let at = start() + Duration::hours(1);
        let steps = [NextStep::IsGone, NextStep::Retires, NextStep::BecomesActive];
        assert_eq!(told[..3], steps.map(|step| Some((step, at))));
        assert_eq!(told[3], None);
        let alone = next_step(&keys[1], &keys[1..2], &TIMES);
        assert_eq!(alone, Some((NextStep::SuccessorIsMade, start() + Duration::days(90))));
        let by_hand = KeyTimes { rotate_every: None, ..TIMES };
        assert_eq!(next_step(&keys[1], &keys[1..2], &by_hand), None);
    }
}
