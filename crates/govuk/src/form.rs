//! What was wrong with a submitted form, in the words that the person reads.

use std::collections::BTreeMap;

use serde::Serialize;

/// One of the three boxes of a date input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DatePart {
    Day,
    Month,
    Year,
}

impl DatePart {
    /// All three, for an error about the date as a whole.
    pub const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Year];

    /// The end of the box's name and id: `day`, `month` or `year`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// One field's fault. The field is named as its component is: a date input by the name that its three boxes share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub field: String,
    pub message: String,
    /// The boxes of a date input that are at fault; empty for any other field.
    pub parts: Vec<DatePart>,
}

impl FieldError {
    /// The fault of a text input, a select or a set of radios.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into(), parts: Vec::new() }
    }

    /// The fault of a date input: `parts` are highlighted, and the summary links to the first of them. An empty
    /// `parts` means the date as a whole.
    pub fn date(field: impl Into<String>, parts: &[DatePart], message: impl Into<String>) -> Self {
        let mut parts = if parts.is_empty() { DatePart::ALL.to_vec() } else { parts.to_vec() };
        parts.sort();
        parts.dedup();
        Self { field: field.into(), message: message.into(), parts }
    }

    /// The id of the input to go to. A set of radios gives its first input the set's own name as id.
    fn target(&self) -> String {
        match self.parts.first() {
            Some(part) => format!("{}-{}", self.field, part.as_str()),
            None => self.field.clone(),
        }
    }
}

/// One line of the error summary: its text, and the address of the input that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorItem {
    pub text: String,
    pub href: String,
}

/// All faults of a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(pub Vec<FieldError>);

impl Errors {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first message for a field.
    pub fn for_field(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == name).map(|error| error.message.as_str())
    }

    /// The lines of the error summary, in the order of the fields.
    pub fn summary(&self) -> Vec<ErrorItem> {
        self.0
            .iter()
            .map(|error| ErrorItem { text: error.message.clone(), href: format!("#{}", error.target()) })
            .collect()
    }

    /// The first fault of each field, as the components look it up by their name.
    pub(crate) fn by_field(&self) -> BTreeMap<String, FieldError> {
        let mut fields = BTreeMap::new();
        for error in &self.0 {
            fields.entry(error.field.clone()).or_insert_with(|| error.clone());
        }
        fields
    }
}

impl From<FieldError> for Errors {
    fn from(error: FieldError) -> Self {
        Self(vec![error])
    }
}

impl FromIterator<FieldError> for Errors {
    fn from_iter<I: IntoIterator<Item = FieldError>>(errors: I) -> Self {
        Self(errors.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_links_each_message_to_its_input_in_order() {
        let errors: Errors = [
            FieldError::new("email", "Enter your email address"),
            FieldError::date("date_of_birth", &[DatePart::Year, DatePart::Month], "Enter a month and a year"),
            FieldError::date("start", &[], "Enter a start date"),
        ]
        .into_iter()
        .collect();
        let hrefs: Vec<String> = errors.summary().into_iter().map(|item| item.href).collect();
        assert_eq!(hrefs, ["#email", "#date_of_birth-month", "#start-day"]);
    }

    #[test]
    fn a_field_shows_its_first_message_only() {
        let errors: Errors = [FieldError::new("trn", "first"), FieldError::new("trn", "second")].into_iter().collect();
        assert_eq!(errors.for_field("trn"), Some("first"));
        assert_eq!(errors.for_field("nino"), None);
        assert_eq!(errors.by_field()["trn"].message, "first");
    }
}
