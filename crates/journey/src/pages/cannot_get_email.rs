//! Beside the code page of an account that holds the person's record: they cannot get emails at its address.

use govuk::form::Errors;

use crate::form::Form;
use crate::page::{Context, Question, kept_in};

pub(crate) struct CannotGetEmail;

impl Question for CannotGetEmail {
    const PATH: &'static str = "cannot-get-email";
    const TITLE: &'static str = "Ask for help with your account";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = bool;

    kept_in!(asks_support);

    fn parse(_: &Form, _: &Context<'_>) -> Result<bool, Errors> {
        Ok(true)
    }

    fn fill(_: &bool) -> Form {
        Form::default()
    }

    fn samples() -> Vec<(&'static str, bool)> {
        vec![("ask support", true)]
    }
}
