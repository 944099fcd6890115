//! The values of a letter, made safe to stand in its template: one line each, and marked, so that the markup is never read
//! in them.
//!
//! A name is whatever somebody typed. Marked, it cannot begin a list or a heading, and no part of it becomes a link.

use serde::Serialize;
use serde_json::Value;

/// The marks around a value. Unicode keeps these two for a program's own use, and a value that has one loses it.
pub(super) const OPEN: char = '\u{FDD0}';
pub(super) const CLOSE: char = '\u{FDD1}';

/// The letter's fields, every text in them marked.
pub(super) fn marked(letter: &impl Serialize) -> Value {
    let mut view = serde_json::to_value(letter).expect("a letter is plain data");
    mark(&mut view);
    view
}

fn mark(value: &mut Value) {
    match value {
        Value::String(text) => *text = format!("{OPEN}{}{CLOSE}", one_line(text)),
        Value::Array(values) => values.iter_mut().for_each(mark),
        Value::Object(fields) => fields.values_mut().for_each(mark),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control() && ![OPEN, CLOSE].contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_at_any_depth_is_marked_and_is_one_line() {
        let letter = json!({
            "name": "  A\r\nB\u{2028}C\u{0}\u{85}D ",
            "deep": [{ "text": "x" }],
            "minutes": 10,
            "absent": null,
        });
        let expected = json!({
            "name": "\u{FDD0}A B C D\u{FDD1}",
            "deep": [{ "text": "\u{FDD0}x\u{FDD1}" }],
            "minutes": 10,
            "absent": null,
        });
        assert_eq!(marked(&letter), expected);
    }

    #[test]
    fn a_value_cannot_end_its_own_mark() {
        assert_eq!(marked(&json!("a\u{FDD1}b\u{FDD0}c")), json!("\u{FDD0}abc\u{FDD1}"));
    }
}
