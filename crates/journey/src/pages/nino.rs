//! The National Insurance number, or "I don't know it".

use govuk::form::{Errors, FieldError};
use identity::nino::{Nino, NinoError};

use crate::form::Form;
use crate::page::{Context, Question, kept_in};
use crate::state::Known;
use crate::summary::Row;

pub(crate) struct NinoPage;

impl Question for NinoPage {
    const PATH: &'static str = "nino";
    const TITLE: &'static str = "What is your National Insurance number?";
    const FIELDS: &'static [&'static str] = &["nino"];
    type Answer = Known<Nino>;

    kept_in!(nino);

    fn parse(form: &Form, _: &Context<'_>) -> Result<Known<Nino>, Errors> {
        if form.pressed("unknown") {
            return Ok(Known::Unknown);
        }
        Nino::parse(form.get("nino")).map(Known::Known).map_err(|error| {
            let message = match error {
                NinoError::Missing => "Enter your National Insurance number",
                NinoError::Malformed => "Enter a National Insurance number in the correct format, like QQ 12 34 56 C",
            };
            FieldError::new("nino", message).into()
        })
    }

    fn fill(nino: &Known<Nino>) -> Form {
        Form::of([("nino", nino.as_option().map_or("", Nino::as_str))])
    }

    fn samples() -> Vec<(&'static str, Known<Nino>)> {
        let nino = Nino::parse("AB123456C").expect("this is a National Insurance number");
        vec![("a number", Known::Known(nino)), ("not known", Known::Unknown)]
    }

    fn rows(nino: &Known<Nino>) -> Vec<Row> {
        vec![Row::known("National Insurance number", nino.as_option().map(Nino::as_str), "National Insurance number")]
    }
}
