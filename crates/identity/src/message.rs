//! Messages that leave for people: written to the outbox with the fact that caused them, delivered from there.

use serde::{Deserialize, Serialize};

/// What goes out. Personal: at rest it is sealed by the key ring, and its `Debug` shows only the template.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub to: String,
    /// The template that it was written from, as `one-time-code`.
    pub template: String,
    /// Empty where the channel has none.
    pub subject: String,
    /// The plain text.
    pub body: String,
    /// The same as HTML. Rows that were sealed before there was any have none.
    #[serde(default)]
    pub html: Option<String>,
    /// The code inside, for the development outbox and for tests.
    pub one_time_code: Option<String>,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({})", self.template)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_was_sealed_before_there_was_html_can_still_be_read() {
        let sealed = r#"{"to":"a@b.uk","template":"t","subject":"s","body":"b","one_time_code":null}"#;
        let message: Message = serde_json::from_str(sealed).unwrap();
        assert_eq!((message.body.as_str(), message.html), ("b", None));
    }
}
