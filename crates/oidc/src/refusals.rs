//! Requests that are refused on a page of ours are kept for a while, so that the client's developer can be told what was
//! wrong with them (`get-an-identity clients explain`). A log, and no effect on anybody: a GET may leave it. The page does
//! not wait for it, and is shown whether or not it can be kept. An error that the client is sent is not kept: it has it.
//!
//! Anybody can send requests that are refused, so few are kept, and little of each.

use std::sync::Mutex;

use chrono::Duration;
use identity::budget::Rate;
use identity::client::Client;
use identity::clock::Time;
use identity::key_ring::KeyRing;
use identity::refused_request::{Refusal, RefusedRequest, SEAL_PURPOSE, Sent, Told};

use crate::Provider;
use crate::params::Params;

/// By one server: thirty at once, and ten a minute after that. Of those beyond, the log alone has the reason.
const KEPT: (u32, Duration) = (30, Duration::minutes(3));

/// What is told of as it is. All else may be secret or personal (a code, a state, a hint), or nobody here knows what it is.
const SHOWN: [&str; 11] = [
    "client_id",
    "code_challenge_method",
    "display",
    "max_age",
    "post_logout_redirect_uri",
    "prompt",
    "redirect_uri",
    "resource",
    "response_mode",
    "response_type",
    "scope",
];

/// In characters. An address is compared with those that are registered, so more of it is kept.
const LONGEST_ADDRESS: usize = 1024;
const LONGEST: usize = 200;
const LONGEST_NAME: usize = 40;
const MOST_PARAMETERS: usize = 30;

/// Keeps them, sealed.
#[derive(Debug)]
pub struct Refusals {
    ring: KeyRing,
    /// When the budget is whole again.
    full_at: Mutex<Option<Time>>,
}

impl Refusals {
    pub fn new(ring: KeyRing) -> Refusals {
        Refusals { ring, full_at: Mutex::new(None) }
    }

    fn has_room(&self, now: Time) -> bool {
        let rate = Rate::new(KEPT.0, KEPT.1).expect("some are kept");
        let mut full_at = self.full_at.lock().expect("nothing panics under this lock");
        match rate.take(now, *full_at) {
            Ok(taken) => {
                *full_at = Some(taken);
                true
            }
            Err(_) => false,
        }
    }
}

/// Keeps a request beside the page that is shown meanwhile.
pub(crate) fn keep(provider: &Provider, reference: &str, (client, reason): (Option<&Client>, &str), params: &Params) {
    let now = provider.clock.now();
    if !provider.refusals.has_room(now) {
        tracing::info!(reference, "too many requests were refused for this one to be kept");
        return;
    }
    let refusal = Refusal { reason: reason.to_owned(), sent: sent(params) };
    let json = serde_json::to_vec(&refusal).expect("it is plain data");
    let row = RefusedRequest {
        reference: reference.to_owned(),
        at: now,
        client: client.map(|client| client.id.clone()),
        sealed: provider.refusals.ring.seal(SEAL_PURPOSE, &json, &provider.random),
    };
    let store = provider.store.clone();
    actix_web::rt::spawn(async move {
        let reference = row.reference.clone();
        if let Err(error) = store.transact(move |db| db.refused_requests().keep(&row)).await {
            let error: &(dyn std::error::Error + 'static) = &error;
            tracing::warn!(reference, error, "a refused request could not be kept");
        }
    });
}

fn sent(params: &Params) -> Vec<Sent> {
    let told = params.all().take(MOST_PARAMETERS).map(|(name, values)| Sent {
        name: name.chars().take(LONGEST_NAME).collect(),
        value: match values {
            [value] => told(name, value),
            values => Told::Repeated(values.len()),
        },
    });
    told.collect()
}

fn told(name: &str, value: &str) -> Told {
    let length = value.chars().count();
    if !SHOWN.contains(&name) {
        return Told::Length(length);
    }
    let longest = if name.ends_with("redirect_uri") { LONGEST_ADDRESS } else { LONGEST };
    if length <= longest {
        Told::Whole(value.into())
    } else {
        Told::Start(value.chars().take(longest).collect(), length)
    }
}

#[cfg(test)]
mod tests {
    use identity::key_ring::SealingKey;

    use super::*;

    fn sent_of(query: &str) -> Vec<(String, Told)> {
        sent(&Params::parse(query.as_bytes())).into_iter().map(|sent| (sent.name, sent.value)).collect()
    }

    #[test]
    fn what_may_be_secret_or_is_not_known_is_told_by_its_length() {
        for name in ["state", "nonce", "login_hint", "id_token_hint", "request", "request_uri", "code", "email", "x"] {
            assert_eq!(sent_of(&format!("{name}=s%C3%A9cret")), [(name.into(), Told::Length(6))]);
        }
        assert_eq!(sent_of("scope=openid+trn"), [("scope".into(), Told::Whole("openid trn".into()))]);
        assert_eq!(sent_of("scope=a&scope=b"), [("scope".into(), Told::Repeated(2))]);
    }

    #[test]
    fn however_much_is_sent_little_is_kept() {
        let long = "é".repeat(50_000);
        let query = format!("redirect_uri={long}&scope={long}&{long}=1");
        let told = sent_of(&query);
        assert!(told.contains(&("redirect_uri".into(), Told::Start("é".repeat(LONGEST_ADDRESS), 50_000))));
        assert!(told.contains(&("scope".into(), Told::Start("é".repeat(LONGEST), 50_000))));
        assert!(told.iter().all(|(name, _)| name.chars().count() <= LONGEST_NAME));
        let many: String = (0..1000).map(|number| format!("p{number}=x&")).collect();
        assert_eq!(sent_of(&many).len(), MOST_PARAMETERS);
        let worst: String = SHOWN.iter().map(|name| format!("{name}={}&", "x".repeat(2000))).collect();
        let json =
            serde_json::to_vec(&Refusal { reason: "x".repeat(100), sent: sent(&Params::parse(worst.as_bytes())) });
        assert!(json.unwrap().len() < 6 * 1024);
    }

    #[test]
    fn a_flood_is_kept_in_part_and_more_is_when_it_is_over() {
        let ring = KeyRing::new(vec![SealingKey { id: "test".into(), key: [9; 32] }]).unwrap();
        let refusals = Refusals::new(ring);
        let noon = Time::from_timestamp(1_790_000_000, 0).unwrap();
        let kept = |at: Time| (0..1000).filter(|_| refusals.has_room(at)).count();
        assert_eq!((kept(noon), kept(noon + Duration::minutes(1)), kept(noon + Duration::hours(1))), (30, 10, 30));
    }
}
