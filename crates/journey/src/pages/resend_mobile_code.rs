//! Beside the code page: another code, to the same number or to a corrected one.

use govuk::form::Errors;

use crate::form::Form;
use crate::page::{Context, Question, kept_in};
use crate::pages::mobile::{MobileAnswer, MobilePage, parse_mobile, sample};

pub(crate) struct ResendMobileCode;

impl Question for ResendMobileCode {
    const PATH: &'static str = "resend-mobile-code";
    const TITLE: &'static str = "Get a new code";
    const FIELDS: &'static [&'static str] = MobilePage::FIELDS;
    type Answer = MobileAnswer;

    kept_in!(mobile);

    fn parse(form: &Form, _: &Context<'_>) -> Result<MobileAnswer, Errors> {
        parse_mobile(form).map(MobileAnswer::Number)
    }

    fn fill(answer: &MobileAnswer) -> Form {
        MobilePage::fill(answer)
    }

    fn samples() -> Vec<(&'static str, MobileAnswer)> {
        vec![("a corrected number", MobileAnswer::Number(sample("07700 900456")))]
    }
}
