//! Plays the answers back before anything is made of them. It does not know the questions: each page on the trail
//! gives its own row.

use crate::page::{Question, Shows, only_to_go_on};
use crate::state::Answers;

pub(crate) struct CheckAnswers;

/// The person said that the answers are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Checked;

impl Question for CheckAnswers {
    const PATH: &'static str = "check-answers";
    const TITLE: &'static str = "Check your answers";
    const FIELDS: &'static [&'static str] = &[];
    const SHOWS: Shows = Shows::Rows;
    type Answer = Checked;

    /// Answers that were changed since have not been checked.
    fn answer(answers: &Answers) -> Option<&Checked> {
        let checked = answers.checked.as_deref()?;
        (*checked == answers.to_check()).then_some(&Checked)
    }

    fn keep(answers: &mut Answers, _: Checked) {
        answers.checked = Some(Box::new(answers.to_check()));
    }

    only_to_go_on!(Checked = Checked, "they are right");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_changed_after_the_check_has_to_be_checked_again() {
        let mut answers = Answers { has_nino: Some(true), ..Answers::default() };
        CheckAnswers::keep(&mut answers, Checked);
        assert_eq!(CheckAnswers::answer(&answers), Some(&Checked));
        answers.has_nino = Some(false);
        assert_eq!(CheckAnswers::answer(&answers), None);
    }
}
