//! Beside the code page: another code, to the same address or to a corrected one.

use govuk::form::Errors;
use identity::email::Email;

use crate::form::Form;
use crate::page::{Context, Question};
use crate::pages::email::{EmailPage, parse_email};
use crate::state::Answers;

pub(crate) struct ResendEmailCode;

impl Question for ResendEmailCode {
    const PATH: &'static str = "resend-email-code";
    const TITLE: &'static str = "Get a new code";
    const FIELDS: &'static [&'static str] = EmailPage::FIELDS;
    type Answer = Email;

    fn answer(answers: &Answers) -> Option<&Email> {
        answers.email.as_ref()
    }

    /// Whoever gives an address has it.
    fn keep(answers: &mut Answers, email: Email) {
        answers.email = Some(email);
        answers.lost_email = None;
    }

    fn parse(form: &Form, _: &Context<'_>) -> Result<Email, Errors> {
        parse_email(form)
    }

    fn fill(email: &Email) -> Form {
        EmailPage::fill(email)
    }

    fn samples() -> Vec<(&'static str, Email)> {
        vec![("a corrected address", Email::parse("asha@example.org").expect("this is an address"))]
    }
}
