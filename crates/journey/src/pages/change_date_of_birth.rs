//! Beside the details of somebody we know, while no record is linked: their date of birth.

use govuk::form::Errors;
use identity::date_of_birth::DateOfBirth;

use crate::form::Form;
use crate::known::KnownAccount;
use crate::page::{Context, Given, Question, kept_in};
use crate::pages::date_of_birth::DateOfBirthPage;

pub(crate) struct ChangeDateOfBirth<'a> {
    pub account: &'a KnownAccount,
}

impl Question for ChangeDateOfBirth<'_> {
    const PATH: &'static str = "change-date-of-birth";
    const TITLE: &'static str = "Change your date of birth";
    const FIELDS: &'static [&'static str] = DateOfBirthPage::FIELDS;
    type Answer = DateOfBirth;

    kept_in!(change_date_of_birth);

    fn given(&self) -> Given {
        Given { form: self.account.date_of_birth.as_ref().map(Self::fill), ..Given::default() }
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<DateOfBirth, Errors> {
        DateOfBirthPage::parse(form, context)
    }

    fn fill(answer: &DateOfBirth) -> Form {
        DateOfBirthPage::fill(answer)
    }

    fn samples() -> Vec<(&'static str, DateOfBirth)> {
        DateOfBirthPage::samples()
    }
}
