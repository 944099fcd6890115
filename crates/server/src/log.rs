//! The log: on standard error, one line an event, without anything personal in it.

use std::panic;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::{Log, LogFormat};

/// The crates whose lines are known to hold nothing personal.
const OURS: [&str; 6] = ["server", "identity", "store", "oidc", "journey", "govuk"];

/// Starts the log of this process, and lets panics go there too, without what they say: that may be about a person.
pub fn start(log: &Log) {
    let level = tracing::Level::from(log.level);
    let strict = level.min(tracing::Level::WARN);
    let filter = OURS.iter().fold(strict.to_string(), |filter, name| format!("{filter},{name}={level}"));
    let lines = fmt().with_env_filter(EnvFilter::new(filter)).with_writer(std::io::stderr).with_ansi(false);
    let started = match log.format {
        LogFormat::Json => lines.json().with_span_list(false).try_init(),
        LogFormat::Text => lines.try_init(),
    };
    // Somebody who started a log before has it; there is only one in a process.
    if started.is_ok() {
        quiet_panics();
    }
}

/// Lets a panic say where it happened and nothing else.
pub(crate) fn quiet_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a thread panicked");
    }));
}
