//! `service_documentation` (OpenID Connect Discovery 1.0, section 3): a page for the developers of services. It says where the
//! endpoints are, what may be kept for how long, and when which key signs.

use std::cmp::Reverse;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::Duration;
use identity::client::SigningAlgorithm;
use identity::clock::Time;
use identity::key_life::{NextStep, next_step};
use identity::signing_key::KeyState;

use crate::{Provider, discovery};

/// What the page tells. All of it is public.
#[derive(Clone, Debug)]
pub struct Documentation {
    pub issuer: String,
    /// By their names in the discovery document, the document itself first.
    pub endpoints: Vec<(String, String)>,
    /// How long the discovery document and the keys may be kept.
    pub cached_for: Duration,
    pub keys: Vec<CalendarKey>,
}

/// A key that is published. Those of an algorithm stand in the order in which they sign.
#[derive(Clone, Debug)]
pub struct CalendarKey {
    pub kid: String,
    pub algorithm: SigningAlgorithm,
    pub state: KeyState,
    pub since: Time,
    /// What happens to it next, and when at the earliest.
    pub next: Option<(NextStep, Time)>,
}

impl Documentation {
    fn of(provider: &Provider) -> Documentation {
        let (times, mut keys) = (&provider.settings.key_times, provider.keys.stored());
        keys.sort_by_key(|key| (key.algorithm, Reverse(key.state), key.created_at));
        let calendar = keys.iter().map(|key| CalendarKey {
            kid: key.kid.clone(),
            algorithm: key.algorithm,
            state: key.state,
            since: key.since(),
            next: next_step(key, &keys, times),
        });
        Documentation {
            issuer: provider.issuer.to_string(),
            endpoints: discovery::addresses(provider),
            cached_for: times.cached_for,
            keys: calendar.collect(),
        }
    }
}

pub(crate) async fn get(provider: Data<Provider>) -> HttpResponse {
    provider.pages.documentation(&Documentation::of(&provider))
}
