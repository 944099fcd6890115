//! What is wrong with the configuration: every fault says where it stands and which key it is about.

use std::fmt;

/// One fault. It never quotes the value: values can be secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, or the environment variable.
    pub place: String,
    /// The key with its section, as `server.issuer`; empty when the fault is about the whole file.
    pub key: String,
    pub what: String,
}

impl Fault {
    pub fn new(place: impl Into<String>, key: impl Into<String>, what: impl Into<String>) -> Fault {
        Fault { place: place.into(), key: key.into(), what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => write!(f, "{}: {}", self.place, self.what),
            key => write!(f, "{}: {key}: {}", self.place, self.what),
        }
    }
}

/// Says what an error of the `config` crate means, without the value that it is about: that one may be a secret.
pub(crate) fn explain(error: &config::ConfigError) -> String {
    use config::ConfigError;
    match error {
        ConfigError::At { error, .. } => explain(error),
        ConfigError::Type { unexpected, expected, .. } => mistyped(&unexpected.to_string(), expected),
        ConfigError::FileParse { cause, .. } => without_source(&cause.to_string()),
        other => reworded(&other.to_string()),
    }
}

/// The library words the same fault in one way or another, depending on how deep in a type it is met.
fn reworded(text: &str) -> String {
    if let Some((_, word)) = text.split_once(" does not have variant constructor ") {
        return format!("unknown variant `{word}`");
    }
    match text.strip_prefix("invalid type: ").and_then(|fault| fault.split_once(", expected ")) {
        Some((unexpected, expected)) => mistyped(unexpected, &expected.replace("a sequence", "an array")),
        None => text.to_owned(),
    }
}

/// What was found comes as its kind and then the value in quotes.
fn mistyped(unexpected: &str, expected: &str) -> String {
    let kind = unexpected.split(['`', '"']).next().unwrap_or_default().trim();
    format!("is a {kind}, but should be {expected}")
}

/// A message of the TOML parser quotes the line at fault, after a bar; the line stays out.
fn without_source(message: &str) -> String {
    let quoted = |line: &str| line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()).starts_with('|');
    let lines: Vec<&str> = message.lines().filter(|line| !quoted(line)).map(str::trim).collect();
    lines.join(": ")
}
