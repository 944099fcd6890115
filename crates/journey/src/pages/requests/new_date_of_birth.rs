//! The date of birth that a document proves, and that the teaching record is to have.

use govuk::form::Errors;
use identity::date_of_birth::DateOfBirth;

use super::Requestable;
use crate::form::Form;
use crate::page::{Context, Given, Question};
use crate::pages::change_date_of_birth::ChangeDateOfBirth;
use crate::state::Answers;

pub(crate) struct NewDateOfBirth {
    pub suggested: Option<DateOfBirth>,
}

impl Question for NewDateOfBirth {
    const PATH: &'static str = <DateOfBirth as Requestable>::PAGE;
    const TITLE: &'static str = "What date of birth should your teaching record have?";
    const FIELDS: &'static [&'static str] = ChangeDateOfBirth::FIELDS;
    type Answer = DateOfBirth;

    fn given(&self) -> Given {
        Given { form: self.suggested.as_ref().map(Self::fill), ..Given::default() }
    }

    fn answer(answers: &Answers) -> Option<&DateOfBirth> {
        answers.new_date_of_birth.wanted.as_ref()
    }

    fn keep(answers: &mut Answers, date: DateOfBirth) {
        answers.new_date_of_birth.want(date);
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<DateOfBirth, Errors> {
        ChangeDateOfBirth::parse(form, context)
    }

    fn fill(date: &DateOfBirth) -> Form {
        ChangeDateOfBirth::fill(date)
    }

    fn samples() -> Vec<(&'static str, DateOfBirth)> {
        let date = chrono::NaiveDate::from_ymd_opt(1984, 5, 13).expect("this is a date");
        vec![("another date", DateOfBirth::new(date))]
    }
}
