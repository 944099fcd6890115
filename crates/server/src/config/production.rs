//! What the production profile refuses: everything that is only safe while nobody real signs in.

use super::fault::Fault;
use super::layers::{Layers, toml};
use super::server::{Issuer, Profile};
use super::{evidence, help_desk, messages, one_login, records};

/// The files whose secrets everybody knows.
const SAMPLES: [&str; 2] =
    [include_str!("../../../../config/development.toml"), include_str!("../../../../config/test.toml")];

/// The faults of a configuration that says that it is for production; for any other, those of settings that contradict each
/// other.
pub(crate) fn refusals(layers: &Layers) -> Vec<Fault> {
    // A profile that cannot be read is a fault of its own; the strictest is assumed until it can.
    let profile = layers.peek::<Profile>("server", "profile");
    let is_production = profile.is_none_or(|(profile, _)| profile == Profile::Production);
    let mut faults = evidence::refusals(layers, is_production);
    faults.extend(one_login::refusals(layers, is_production));
    faults.extend(messages::refusals(layers, is_production));
    faults.extend(help_desk::refusals(layers, is_production));
    faults.extend(records::refusals(layers, is_production));
    if !is_production {
        return faults;
    }
    if let Some((issuer, place)) = layers.peek::<Issuer>("server", "issuer")
        && !issuer.is_https()
    {
        faults.push(Fault::new(place, "server.issuer", "should be https in production"));
    }
    for key in ["outbox", "prefill_one_time_codes"] {
        if let Some((true, place)) = layers.peek("development", key) {
            faults.push(Fault::new(place, format!("development.{key}"), "is never on in production"));
        }
    }
    faults.extend(sample_secrets(layers));
    faults
}

fn sample_secrets(layers: &Layers) -> Vec<Fault> {
    let known: Vec<String> = SAMPLES.iter().flat_map(|text| sample_keys(text)).collect();
    let mut faults = Vec::new();
    let mut refuse = |place: String, key: &str| {
        faults.push(Fault::new(place, key, "is a sample that everybody knows: make your own"));
    };
    if let Some((key, place)) = layers.peek::<String>("secrets", "hash_key")
        && known.contains(&key)
    {
        refuse(place, "secrets.hash_key");
    }
    if let Some((keys, place)) = layers.peek::<Vec<String>>("secrets", "sealing_keys")
        && keys.iter().any(|key| known.iter().any(|known| key_of(key) == key_of(known)))
    {
        refuse(place, "secrets.sealing_keys");
    }
    faults
}

fn key_of(text: &str) -> &str {
    text.split_once(':').map_or(text, |(_, key)| key)
}

/// The secrets in a sample file, whatever they are used for here.
fn sample_keys(text: &str) -> Vec<String> {
    let mut sections = toml(text).expect("the samples are compiled in, and a test reads them");
    let secrets = sections.remove("secrets").and_then(|secrets| secrets.into_table().ok()).unwrap_or_default();
    let lists = secrets.into_values().map(|value| value.clone().into_array().unwrap_or_else(|_| vec![value]));
    lists.flatten().filter_map(|value| value.into_string().ok()).collect()
}
