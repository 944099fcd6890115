//! The name that a document proves, and that the teaching record is to have.

use govuk::form::Errors;
use identity::name::PersonName;

use super::Requestable;
use crate::form::Form;
use crate::page::{Context, Given, Question};
use crate::pages::change_name::ChangeName;
use crate::state::Answers;

pub(crate) struct NewOfficialName<'a> {
    pub suggested: &'a PersonName,
}

impl Question for NewOfficialName<'_> {
    const PATH: &'static str = <PersonName as Requestable>::PAGE;
    const TITLE: &'static str = "What is your new official name?";
    const FIELDS: &'static [&'static str] = ChangeName::FIELDS;
    type Answer = PersonName;

    fn given(&self) -> Given {
        Given::form(Self::fill(self.suggested))
    }

    fn answer(answers: &Answers) -> Option<&PersonName> {
        answers.new_official_name.wanted.as_ref()
    }

    fn keep(answers: &mut Answers, name: PersonName) {
        answers.new_official_name.want(name);
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<PersonName, Errors> {
        ChangeName::parse(form, context)
    }

    fn fill(name: &PersonName) -> Form {
        ChangeName::fill(name)
    }

    fn samples() -> Vec<(&'static str, PersonName)> {
        ChangeName::samples()
    }
}
