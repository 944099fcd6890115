//! The teacher reference number, or "I don't know it".

use govuk::form::{Errors, FieldError};
use identity::trn::{Trn, TrnError};

use crate::form::Form;
use crate::page::{Context, Question, kept_in};
use crate::state::Known;
use crate::summary::Row;

pub(crate) struct TrnPage;

impl Question for TrnPage {
    const PATH: &'static str = "trn";
    const TITLE: &'static str = "What is your TRN?";
    const FIELDS: &'static [&'static str] = &["trn"];
    type Answer = Known<Trn>;

    kept_in!(trn);

    fn parse(form: &Form, _: &Context<'_>) -> Result<Known<Trn>, Errors> {
        if form.pressed("unknown") {
            return Ok(Known::Unknown);
        }
        Trn::parse(form.get("trn")).map(Known::Known).map_err(|error| {
            let message = match error {
                TrnError::Missing => "Enter your TRN",
                TrnError::Malformed => "Your TRN must have exactly 7 digits, like 4567814 or RP99/12345",
            };
            FieldError::new("trn", message).into()
        })
    }

    fn fill(trn: &Known<Trn>) -> Form {
        Form::of([("trn", trn.as_option().map_or("", Trn::as_str))])
    }

    fn samples() -> Vec<(&'static str, Known<Trn>)> {
        let trn = Trn::parse("1234567").expect("this is a TRN");
        vec![("a number", Known::Known(trn)), ("not known", Known::Unknown)]
    }

    fn rows(trn: &Known<Trn>) -> Vec<Row> {
        vec![Row::known("TRN", trn.as_option().map(Trn::as_str), "TRN")]
    }
}
