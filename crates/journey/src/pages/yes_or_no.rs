//! What the pages that take a yes or a no have in common.

use govuk::form::{Errors, FieldError};

use crate::form::Form;

/// A question whose answer is yes or no, kept in the field of its own name.
macro_rules! yes_or_no {
    (
        $(#[$meta:meta])*
        $page:ident, $field:ident,
        path: $path:literal,
        title: $title:literal,
        missing: $missing:literal,
        row: $key:literal, $change:literal
    ) => {
        $(#[$meta])*
        pub(crate) struct $page;

        impl $crate::page::Question for $page {
            const PATH: &'static str = $path;
            const TITLE: &'static str = $title;
            const FIELDS: &'static [&'static str] = &[stringify!($field)];
            type Answer = bool;

            $crate::page::kept_in!($field);

            fn parse(
                form: &$crate::form::Form,
                _: &$crate::page::Context<'_>,
            ) -> Result<bool, govuk::form::Errors> {
                $crate::pages::yes_or_no::parse(form, stringify!($field), $missing)
            }

            fn fill(yes: &bool) -> $crate::form::Form {
                $crate::form::Form::of([(stringify!($field), if *yes { "yes" } else { "no" })])
            }

            fn samples() -> Vec<(&'static str, bool)> {
                vec![("yes", true), ("no", false)]
            }

            fn rows(yes: &bool) -> Vec<$crate::summary::Row> {
                vec![$crate::summary::Row::yes_or_no($key, *yes, $change)]
            }
        }
    };
}

pub(crate) use yes_or_no;

pub(super) fn parse(form: &Form, field: &str, missing: &str) -> Result<bool, Errors> {
    form.yes_or_no(field).ok_or_else(|| FieldError::new(field, missing).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_and_no_are_answers() {
        let parse = |value| parse(&Form::of([("has_nino", value)]), "has_nino", "Select yes");
        assert_eq!(parse("yes"), Ok(true));
        assert_eq!(parse("no"), Ok(false));
        for value in ["", "Yes", "true", "\u{1f642}"] {
            assert_eq!(parse(value).unwrap_err().for_field("has_nino"), Some("Select yes"));
        }
    }
}
