//! For somebody who registers with the address of a school or a training provider: asked once for a personal one.

use govuk::form::{Errors, FieldError};
use identity::email::Email;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::form::Form;
use crate::page::{Context, Given, Question, kept_in};
use crate::pages::email::parse_own_email;
use crate::summary::Row;

pub(crate) struct InstitutionEmail<'a> {
    pub proved: &'a Email,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailChoice {
    Keep,
    Other(Email),
}

impl Question for InstitutionEmail<'_> {
    const PATH: &'static str = "institution-email";
    const TITLE: &'static str = "Do you want to use a personal email address?";
    const FIELDS: &'static [&'static str] = &["use_personal_email", "personal_email"];
    type Answer = EmailChoice;

    kept_in!(institution_email);

    fn given(&self) -> Given {
        Given::facts([("email", json!(self.proved.as_str()))])
    }

    fn sample_given() -> Given {
        Given::facts([("email", json!("a.bennett@school.example"))])
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<EmailChoice, Errors> {
        match form.yes_or_no("use_personal_email") {
            Some(true) => parse_own_email(form, "personal_email", context).map(EmailChoice::Other),
            Some(false) => Ok(EmailChoice::Keep),
            None => {
                let message = "Select yes if you want to use a personal email address";
                Err(FieldError::new("use_personal_email", message).into())
            }
        }
    }

    fn fill(choice: &EmailChoice) -> Form {
        match choice {
            EmailChoice::Keep => Form::of([("use_personal_email", "no")]),
            EmailChoice::Other(email) => Form::of([("use_personal_email", "yes"), ("personal_email", email.as_str())]),
        }
    }

    fn samples() -> Vec<(&'static str, EmailChoice)> {
        let other = Email::parse("asha.own@example.com").expect("this is an address");
        vec![("keep it", EmailChoice::Keep), ("a personal address", EmailChoice::Other(other))]
    }

    fn rows(choice: &EmailChoice) -> Vec<Row> {
        let change = "whether you use a personal email address";
        match choice {
            EmailChoice::Keep => vec![Row::yes_or_no("Use a personal email address?", false, change)],
            EmailChoice::Other(email) => vec![Row::new("Personal email address", email.as_str(), change)],
        }
    }
}
