//! `[records]`: where teaching records come from, and the job that repeats searches and lets accounts follow theirs.

use serde::Deserialize;

use super::fault::Fault;
use super::layers::Layers;
use super::lifetime::Lifetime;
use super::read::section;
use super::{Endpoint, KeepIn, Secret};

section! {
    pub Records {
        source: RecordsFrom,
        api_base: Endpoint,
        api_key: Secret,
        /// A person waits 5 seconds at most, for all that a request asks of the records.
        api_timeout: Lifetime<1, 5>,
        /// Does the register hear of requests for a change?
        tell_changes: bool,
        enabled: bool,
        interval: Lifetime<1, 86_400>,
        /// How old the last look at a linked record may be.
        follow_after: Lifetime<60, { 30 * 86_400 }>,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordsFrom {
    /// What was imported into our own database.
    Extract,
    Api,
}

/// What is missing for the API; and in production, what is not safe.
pub(super) fn refusals(layers: &Layers, is_production: bool) -> Vec<Fault> {
    let mut faults: Vec<Fault> = changes_refused(layers).into_iter().collect();
    let Some((RecordsFrom::Api, _)) = layers.peek("records", "source") else { return faults };
    for key in ["api_base", "api_key"] {
        let Some((text, place)) = layers.peek::<String>("records", key) else { continue };
        if text.is_empty() {
            faults.push(Fault::new(place, format!("records.{key}"), "is needed for records by API"));
        } else if key == "api_base" && is_production && text.starts_with("http:") {
            faults.push(Fault::new(place, "records.api_base", "should be https in production"));
        }
    }
    faults
}

/// The register gets a file of evidence from a bucket, by an address that we sign.
fn changes_refused(layers: &Layers) -> Option<Fault> {
    let (true, place) = layers.peek::<bool>("records", "tell_changes")? else { return None };
    let by_api = matches!(layers.peek("records", "source"), Some((RecordsFrom::Api, _)));
    let in_bucket = matches!(layers.peek("evidence", "keep_in"), Some((KeepIn::Bucket, _)));
    let what = "needs records by API, and evidence in a bucket";
    (!by_api || !in_bucket).then(|| Fault::new(place, "records.tell_changes", what))
}
