//! For somebody who says that they have a record, where three identifiers found none: the answers, what usually goes
//! wrong, and the choice between changing one and going on without.

use govuk::form::Errors;

use crate::form::Form;
use crate::page::{Context, Question, Shows};
use crate::pages::check_answers::Checked;
use crate::state::Answers;

pub(crate) struct NoMatch;

impl Question for NoMatch {
    const PATH: &'static str = "no-match";
    const TITLE: &'static str = "We could not find your teaching record";
    const FIELDS: &'static [&'static str] = &[];
    const SHOWS: Shows = Shows::Rows;
    type Answer = Checked;

    /// With other answers the search is another, and so is the choice.
    fn answer(answers: &Answers) -> Option<&Checked> {
        let went_on = answers.no_match.as_deref()?;
        (*went_on == answers.to_check()).then_some(&Checked)
    }

    fn keep(answers: &mut Answers, _: Checked) {
        answers.no_match = Some(Box::new(answers.to_check()));
    }

    fn parse(_: &Form, _: &Context<'_>) -> Result<Checked, Errors> {
        Ok(Checked)
    }

    fn fill(_: &Checked) -> Form {
        Form::default()
    }

    fn samples() -> Vec<(&'static str, Checked)> {
        vec![("continue without a match", Checked)]
    }
}
