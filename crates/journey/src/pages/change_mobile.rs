//! Beside the details of somebody we know: another mobile number for their account, which a code proves.

use govuk::form::Errors;

use crate::form::Form;
use crate::known::KnownAccount;
use crate::page::{Context, Given, Question, kept_in};
use crate::pages::mobile::{MobilePage, TypedMobile, parse_mobile, sample};

pub(crate) struct ChangeMobile<'a> {
    pub account: &'a KnownAccount,
}

impl Question for ChangeMobile<'_> {
    const PATH: &'static str = "change-mobile";
    const TITLE: &'static str = "Change your mobile number";
    const FIELDS: &'static [&'static str] = MobilePage::FIELDS;
    type Answer = TypedMobile;

    kept_in!(change_mobile);

    fn given(&self) -> Given {
        let number = self.account.mobile.as_ref().map(|mobile| Form::of([("mobile", &mobile.to_string())]));
        Given { form: number, ..Given::default() }
    }

    fn parse(form: &Form, _: &Context<'_>) -> Result<TypedMobile, Errors> {
        parse_mobile(form)
    }

    fn fill(answer: &TypedMobile) -> Form {
        Form::of([("mobile", &answer.typed)])
    }

    fn samples() -> Vec<(&'static str, TypedMobile)> {
        vec![("another number", sample("07700 900321"))]
    }
}
