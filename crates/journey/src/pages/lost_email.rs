//! Beside the email page and its code page: somebody who can get no email any more signs in with their mobile number.

use govuk::form::Errors;

use crate::form::Form;
use crate::page::{Context, Question, kept_in};
use crate::pages::mobile::{MobilePage, TypedMobile, parse_mobile, sample};

pub(crate) struct LostEmail;

impl Question for LostEmail {
    const PATH: &'static str = "lost-email";
    const TITLE: &'static str = "Sign in with your mobile number";
    const FIELDS: &'static [&'static str] = MobilePage::FIELDS;
    type Answer = TypedMobile;

    kept_in!(lost_email);

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
