//! A row of the page that plays the answers back.

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
