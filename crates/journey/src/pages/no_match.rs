//! For somebody who says that they have a record, where three identifiers found none: the answers, what usually goes
//! wrong, and the choice between changing one and going on without.

use crate::page::{Question, Shows, only_to_go_on};
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

    only_to_go_on!(Checked = Checked, "continue without a match");
}
