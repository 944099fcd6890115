//! A submitted form: fields by name, as text.

use std::collections::BTreeMap;

use actix_web::web::Bytes;
use serde::Serialize;

/// What a person typed, or what a page is filled with. A field that occurs twice counts once, as first sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Form(BTreeMap<String, String>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`.
    pub(crate) fn read(body: &Bytes) -> Form {
        let mut fields = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(body) {
            fields.entry(name.into_owned()).or_insert_with(|| value.into_owned());
        }
        Form(fields)
    }

    pub(crate) fn of<const N: usize>(fields: [(&str, &str); N]) -> Form {
        Form(fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    pub(crate) fn from(fields: BTreeMap<String, String>) -> Form {
        Form(fields)
    }

    /// The field's text; empty when there is no such field.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Was this submit button pressed?
    pub(crate) fn pressed(&self, button: &str) -> bool {
        self.0.contains_key(button)
    }

    pub(crate) fn yes_or_no(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_two_fields_of_one_name_counts() {
        let form = Form::read(&Bytes::from_static(b"email=a%40example.com&email=b&unknown="));
        assert_eq!(form.get("email"), "a@example.com");
        assert!(form.pressed("unknown") && !form.pressed("other"));
        assert_eq!(form.get("nino"), "");
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        let form = Form::read(&Bytes::from_static(b"email=%FF%00&%FE=1&&="));
        assert_eq!(form.get("email"), "\u{fffd}\0");
    }
}
