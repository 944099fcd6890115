//! For somebody who registers with the address of a mailbox that several people read: another one, of their own.

use govuk::form::Errors;
use identity::email::Email;
use serde_json::json;

use crate::form::Form;
use crate::page::{Context, Given, Question, kept_in};
use crate::pages::email::parse_own_email;
use crate::summary::Row;

pub(crate) struct PersonalEmail<'a> {
    pub instead_of: &'a Email,
}

impl Question for PersonalEmail<'_> {
    const PATH: &'static str = "personal-email";
    const TITLE: &'static str = "Enter a personal email address, not a shared one";
    const FIELDS: &'static [&'static str] = &["email"];
    type Answer = Email;

    kept_in!(personal_email);

    fn given(&self) -> Given {
        Given::facts([("email", json!(self.instead_of.as_str()))])
    }

    fn sample_given() -> Given {
        Given::facts([("email", json!("office@example.com"))])
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<Email, Errors> {
        parse_own_email(form, "email", context)
    }

    fn fill(email: &Email) -> Form {
        Form::of([("email", email.as_str())])
    }

    fn samples() -> Vec<(&'static str, Email)> {
        vec![("an address", Email::parse("asha.own@example.com").expect("this is an address"))]
    }

    fn rows(email: &Email) -> Vec<Row> {
        vec![Row::new("Personal email address", email.as_str(), "personal email address")]
    }
}
