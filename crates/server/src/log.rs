//! The log: on standard error, one line an event, without anything personal in it.

use std::panic;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::{Log, LogFormat};

/// The crates whose lines are known to hold nothing personal.
const OURS: [&str; 6] = ["server", "identity", "store", "oidc", "journey", "govuk"];

/// What this one writes of an answer that it cannot read repeats the answer; the journey says that it does not count.
const SILENT: &str = "webauthn_rs_core";

/// Starts the log of this process, and lets panics go there too, without what they say: that may be about a person.
pub fn start(log: &Log) {
    let lines = fmt()
        .with_env_filter(EnvFilter::new(filter(tracing::Level::from(log.level))))
        .with_writer(std::io::stderr)
        .with_ansi(false);
    let started = match log.format {
        LogFormat::Json => lines.json().with_span_list(false).try_init(),
        LogFormat::Text => lines.try_init(),
    };
    // Somebody who started a log before has it; there is only one in a process.
    if started.is_ok() {
        quiet_panics();
    }
}

fn filter(level: tracing::Level) -> String {
    let strict = level.min(tracing::Level::WARN);
    OURS.iter().fold(format!("{strict},{SILENT}=off"), |filter, name| format!("{filter},{name}={level}"))
}

/// Lets a panic say where it happened and nothing else.
pub(crate) fn quiet_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a thread panicked");
    }));
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn others_are_heard_when_something_is_wrong_and_the_one_that_repeats_what_was_sent_never() {
        let lines = Lines::default();
        let kept = lines.clone();
        let log =
            fmt().with_env_filter(EnvFilter::new(filter(tracing::Level::DEBUG))).with_writer(move || kept.clone());
        tracing::subscriber::with_default(log.finish(), || {
            tracing::debug!(target: "journey", "ours");
            tracing::warn!(target: "other", "a warning");
            tracing::info!(target: "other", "too much");
            tracing::error!(target: "webauthn_rs_core::internals", "an answer");
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains("ours") && text.contains("a warning"), "{text}");
        assert!(!text.contains("too much") && !text.contains("an answer"), "{text}");
    }
}
