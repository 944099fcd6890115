//! Rows of details: those of the page that plays the answers back, and those of what we hold.

use identity::clock::Time;
use identity::date_of_birth::DateOfBirth;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub key: &'static str,
    pub value: String,
    /// What the "Change" link says to a screen reader after "Change".
    pub change: &'static str,
}

impl Row {
    pub(crate) fn new(key: &'static str, value: impl Into<String>, change: &'static str) -> Row {
        Row { key, value: value.into(), change }
    }

    pub(crate) fn yes_or_no(key: &'static str, yes: bool, change: &'static str) -> Row {
        Row::new(key, if yes { "Yes" } else { "No" }, change)
    }

    pub(crate) fn known(key: &'static str, value: Option<&str>, change: &'static str) -> Row {
        Row::new(key, value.unwrap_or("I don’t know it"), change)
    }
}

/// A detail that we hold, with the page that changes it, if it is to be changed.
pub(crate) fn detail(key: &str, value: impl Into<String>, change: Option<&str>) -> Value {
    let (value, hidden) = (value.into(), key.to_lowercase());
    let actions: Vec<Value> =
        change.iter().map(|href| json!({"href": href, "text": "Change", "visually_hidden": hidden})).collect();
    json!({"key": key, "value": value, "actions": actions})
}

pub(crate) fn day(date: DateOfBirth) -> String {
    date.date().format(DAY).to_string()
}

/// What is said beside a detail while support decides about a change of it.
pub(crate) fn waits_since(asked_at: Time) -> String {
    format!("You asked us to change this on {}. We are checking it", asked_at.format(DAY))
}

const DAY: &str = "%-d %B %Y";
