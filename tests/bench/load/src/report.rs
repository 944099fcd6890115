//! What a run comes to: one line of JSON.

use serde::Serialize;

use crate::measure::{Pace, Tally};
use crate::scenarios::{Measured, Scenario};

#[derive(Serialize)]
pub(crate) struct Report<'a> {
    target: &'a str,
    scenario: String,
    connections: usize,
    seconds: f64,
    operations: u64,
    failures: u64,
    failure_samples: Vec<String>,
    per_second: f64,
    p50_us: u64,
    p99_us: u64,
    max_us: u64,
    requests: u64,
    load_cpu_share: f64,
    id_tokens_verified: u64,
}

impl<'a> Report<'a> {
    pub(crate) fn new(target: &'a str, scenario: Scenario, pace: Pace, measured: Measured) -> Report<'a> {
        let Measured { tally, verified } = measured;
        let Tally { operations, requests, failures, failure_samples, cpu_share } = tally;
        let seconds = pace.window.as_secs_f64();
        Report {
            target,
            scenario: scenario.name(),
            connections: pace.connections,
            seconds,
            operations: operations.count(),
            failures,
            failure_samples,
            per_second: rounded(operations.count() as f64 / seconds, 10.0),
            p50_us: operations.percentile(50),
            p99_us: operations.percentile(99),
            max_us: operations.max(),
            requests,
            load_cpu_share: rounded(cpu_share, 1000.0),
            id_tokens_verified: verified,
        }
    }

    /// With one failure the whole run counts for nothing.
    pub(crate) fn is_void(&self) -> bool {
        self.failures > 0 || self.operations == 0
    }
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
