//! What is too short for anything but a test: a rehearsal of months in a minute needs it.

use super::fault::Fault;
use super::layers::Layers;
use super::lifetime::{Lifetime, written};
use super::server::Profile;

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

const MINIMUMS: [(&str, &str, i64); 5] = [
    ("keys", "rotate_every", DAY),
    ("keys", "jwks_max_age", MINUTE),
    ("sessions", "lifetime", MINUTE),
    ("tokens", "access_token", MINUTE),
    ("tokens", "id_token", MINUTE),
];

/// The faults of a configuration whose profile is not the one of the tests.
pub(crate) fn refusals(layers: &Layers) -> Vec<Fault> {
    if layers.peek::<Profile>("server", "profile").is_some_and(|(profile, _)| profile == Profile::Test) {
        return Vec::new();
    }
    let refusal = |(section, key, minimum): (&str, &str, i64)| {
        let (value, place) = layers.peek::<Lifetime<1, { i64::MAX }>>(section, key)?;
        let is_too_short = value.duration().num_seconds() < minimum;
        let what = || format!("should be {} at least, but in a test", written(minimum));
        is_too_short.then(|| Fault::new(place, format!("{section}.{key}"), what()))
    };
    MINIMUMS.into_iter().filter_map(refusal).collect()
}
