//! What a run comes to: one line of JSON.

use serde::Serialize;

use crate::measure::{Pace, Tally};
use crate::scenarios::{Measured, Scenario};

#[derive(Serialize)]
pub struct Report<'a> {
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
    /// How many of a file of people came; the next run passes them over.
    people: usize,
}

impl<'a> Report<'a> {
    pub fn new(target: &'a str, scenario: Scenario, pace: Pace, measured: Measured) -> Report<'a> {
        let Measured { tally, verified, people } = measured;
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
            people,
        }
    }

    /// With one failure the whole run counts for nothing.
    pub fn is_void(&self) -> bool {
        self.failures > 0 || self.operations == 0
    }
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
