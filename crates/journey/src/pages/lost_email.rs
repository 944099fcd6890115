//! Beside the email page and its code page: somebody who can get no email any more signs in with their mobile number.

use govuk::form::Errors;

use crate::form::Form;
use crate::page::{Context, Question};
use crate::pages::mobile::{MobilePage, TypedMobile, parse_mobile, sample};
use crate::state::Answers;

pub(crate) struct LostEmail;

impl Question for LostEmail {
    const PATH: &'static str = "lost-email";
    const TITLE: &'static str = "Sign in with your mobile number";
    const FIELDS: &'static [&'static str] = MobilePage::FIELDS;
    type Answer = TypedMobile;

    fn answer(answers: &Answers) -> Option<&TypedMobile> {
        answers.lost_email.as_ref()
    }

    /// One way to sign in takes the place of another.
    fn keep(answers: &mut Answers, mobile: TypedMobile) {
        answers.lost_email = Some(mobile);
        answers.passkey = None;
        answers.one_login = None;
    }

    fn parse(form: &Form, _: &Context<'_>) -> Result<TypedMobile, Errors> {
        parse_mobile(form)
    }

    fn fill(answer: &TypedMobile) -> Form {
        Form::of([("mobile", &answer.typed)])
    }

    fn samples() -> Vec<(&'static str, TypedMobile)> {
        vec![("a number", sample("07700 900789"))]
    }
}
