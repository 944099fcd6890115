//! What the person would like to be called: free, and never part of a match.

use govuk::form::{Errors, FieldError};
use identity::interaction::Ask;
use identity::name::NameError;
use identity::preferred_name::PreferredName;

use crate::form::Form;
use crate::page::{Context, Question, kept_in};
use crate::state::Answers;
use crate::summary::Row;

pub(crate) struct PreferredNamePage;

impl Question for PreferredNamePage {
    const PATH: &'static str = "preferred-name";
    const TITLE: &'static str = "What would you like us to call you?";
    const FIELDS: &'static [&'static str] = &["preferred_name"];
    type Answer = PreferredName;

    kept_in!(preferred_name);

    fn parse(form: &Form, _: &Context<'_>) -> Result<PreferredName, Errors> {
        PreferredName::parse(form.get("preferred_name")).map_err(|error| {
            let message = match error {
                NameError::Missing => "Enter the name that you would like us to use",
                NameError::TooLong => "The name that we use must be 200 characters or fewer",
                NameError::Unprintable => "The name has a character that we cannot read: type it again",
            };
            FieldError::new("preferred_name", message).into()
        })
    }

    fn fill(name: &PreferredName) -> Form {
        Form::of([("preferred_name", name.as_str())])
    }

    fn suggest(answers: &Answers, _: &Ask) -> Form {
        let short = answers.official_name.as_ref().map(|official| official.name.short());
        Form::of([("preferred_name", short.as_deref().unwrap_or_default())])
    }

    fn samples() -> Vec<(&'static str, PreferredName)> {
        vec![("a name", PreferredName::parse("Asha").expect("this is a name"))]
    }

    fn rows(name: &PreferredName) -> Vec<Row> {
        vec![Row::new("Preferred name", name.as_str(), "preferred name")]
    }
}
