//! Beside the details of somebody we know: another address for their account, which a code proves.

use govuk::form::Errors;
use identity::email::Email;

use crate::form::Form;
use crate::known::KnownAccount;
use crate::page::{Context, Given, Question, kept_in};
use crate::pages::email::{EmailPage, parse_own_email};

pub(crate) struct ChangeEmail<'a> {
    pub account: &'a KnownAccount,
    /// Another address that they have proved already.
    pub proved: Option<&'a Email>,
}

impl Question for ChangeEmail<'_> {
    const PATH: &'static str = "change-email";
    const TITLE: &'static str = "Change your email address";
    const FIELDS: &'static [&'static str] = EmailPage::FIELDS;
    type Answer = Email;

    kept_in!(change_email);

    fn given(&self) -> Given {
        Given::form(Self::fill(self.proved.unwrap_or(&self.account.email)))
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<Email, Errors> {
        parse_own_email(form, "email", context)
    }

    fn fill(answer: &Email) -> Form {
        EmailPage::fill(answer)
    }

    fn samples() -> Vec<(&'static str, Email)> {
        vec![("another address", Email::parse("asha.new@example.com").expect("this is an address"))]
    }
}
