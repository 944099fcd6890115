//! Beside the details of somebody we know, while no record is linked: their name.

use govuk::form::Errors;
use identity::name::{NamePart, PersonName};

use crate::form::Form;
use crate::known::KnownAccount;
use crate::page::{Context, Given, Question, kept_in};
use crate::pages::official_name::person_name;

pub(crate) struct ChangeName<'a> {
    pub account: &'a KnownAccount,
}

impl Question for ChangeName<'_> {
    const PATH: &'static str = "change-name";
    const TITLE: &'static str = "Change your name";
    const FIELDS: &'static [&'static str] = &["first_name", "middle_name", "last_name"];
    type Answer = PersonName;

    kept_in!(change_name);

    fn given(&self) -> Given {
        Given::form(Self::fill(&self.account.name))
    }

    fn parse(form: &Form, _: &Context<'_>) -> Result<PersonName, Errors> {
        let mut faults = Vec::new();
        person_name(form, &mut faults).ok_or(Errors(faults))
    }

    fn fill(answer: &PersonName) -> Form {
        Form::of([
            ("first_name", answer.first.as_str()),
            ("middle_name", answer.middle.as_ref().map_or("", NamePart::as_str)),
            ("last_name", answer.last.as_str()),
        ])
    }

    fn samples() -> Vec<(&'static str, PersonName)> {
        let part = |text| NamePart::parse(text).expect("this is a name");
        vec![("another name", PersonName { first: part("Asha"), middle: None, last: part("Bennett-Jones") })]
    }
}
