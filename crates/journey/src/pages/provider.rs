//! Which training provider awarded the QTS: chosen from those that we know, or typed freely.

use govuk::form::{Errors, FieldError};
use identity::provider::{ProviderError, TrainingProvider};

use crate::form::Form;
use crate::page::{Context, Question, Shows, kept_in};
use crate::state::Known;
use crate::summary::Row;

pub(crate) struct ProviderPage;

impl Question for ProviderPage {
    const PATH: &'static str = "provider";
    const TITLE: &'static str = "Where did you get your QTS?";
    const FIELDS: &'static [&'static str] = &["provider"];
    const SHOWS: Shows = Shows::TrainingProviders;
    type Answer = Known<TrainingProvider>;

    kept_in!(provider);

    fn parse(form: &Form, _: &Context<'_>) -> Result<Known<TrainingProvider>, Errors> {
        if form.pressed("unknown") {
            return Ok(Known::Unknown);
        }
        TrainingProvider::parse(form.get("provider")).map(Known::Known).map_err(|error| {
            let message = match error {
                ProviderError::Missing => "Enter the university, SCITT or school that awarded your QTS",
                ProviderError::TooLong => "The name of the university, SCITT or school must be 200 characters or fewer",
                ProviderError::Unprintable => "The name has a character that we cannot read: type it again",
            };
            FieldError::new("provider", message).into()
        })
    }

    fn fill(provider: &Known<TrainingProvider>) -> Form {
        Form::of([("provider", provider.as_option().map_or("", TrainingProvider::as_str))])
    }

    fn samples() -> Vec<(&'static str, Known<TrainingProvider>)> {
        let provider = TrainingProvider::parse("University of Somewhere").expect("this is a name");
        vec![("a name", Known::Known(provider)), ("not known", Known::Unknown)]
    }

    fn rows(provider: &Known<TrainingProvider>) -> Vec<Row> {
        let name = provider.as_option().map(TrainingProvider::as_str);
        vec![Row::known("Where you got your QTS", name, "where you got your QTS")]
    }
}
