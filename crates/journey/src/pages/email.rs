//! The first question: the address that identifies the person's account.

use govuk::form::{Errors, FieldError};
use identity::email::{Email, EmailError};
use identity::interaction::Ask;

use crate::form::Form;
use crate::page::{Context, Question};
use crate::state::Answers;
use crate::summary::Row;

/// What cannot be written to.
pub(crate) const MALFORMED: &str = "Enter an email address in the correct format, like name@example.com";

pub(crate) struct EmailPage;

impl Question for EmailPage {
    const PATH: &'static str = "email";
    const TITLE: &'static str = "What is your email address?";
    const FIELDS: &'static [&'static str] = &["email"];
    type Answer = Email;

    fn answer(answers: &Answers) -> Option<&Email> {
        answers.email.as_ref()
    }

    /// Whoever gives an address has it.
    fn keep(answers: &mut Answers, email: Email) {
        answers.email = Some(email);
        answers.lost_email = None;
        answers.passkey = None;
        answers.one_login = None;
    }

    fn parse(form: &Form, _: &Context<'_>) -> Result<Email, Errors> {
        parse_email(form)
    }

    fn fill(email: &Email) -> Form {
        Form::of([("email", email.as_str())])
    }

    fn suggest(_: &Answers, ask: &Ask) -> Form {
        ask.login_hint.as_ref().map(Self::fill).unwrap_or_default()
    }

    fn samples() -> Vec<(&'static str, Email)> {
        vec![("an address", Email::parse("asha@example.com").expect("this is an address"))]
    }

    fn rows(email: &Email) -> Vec<Row> {
        vec![Row::new("Email address", email.as_str(), "email address")]
    }
}

/// Reads the field `email`, which more than one page has.
pub(crate) fn parse_email(form: &Form) -> Result<Email, Errors> {
    parse_email_in(form, "email")
}

/// The same from a field of another name.
pub(crate) fn parse_email_in(form: &Form, field: &'static str) -> Result<Email, Errors> {
    Email::parse(form.get(field)).map_err(|error| {
        let message = match error {
            EmailError::Missing => "Enter your email address",
            EmailError::TooLong => "Email address must be 200 characters or fewer",
            EmailError::Malformed => MALFORMED,
        };
        FieldError::new(field, message).into()
    })
}

/// Reads an address that somebody means to keep: not one of a mailbox that several people read.
pub(crate) fn parse_own_email(form: &Form, field: &'static str, context: &Context<'_>) -> Result<Email, Errors> {
    let email = parse_email_in(form, field)?;
    if context.shared_mailboxes.is_shared(&email) {
        let message = "Enter a personal email address, not a shared one, like name@example.com";
        return Err(FieldError::new(field, message).into());
    }
    Ok(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_own_words_and_is_about_the_field() {
        for (typed, words) in [("", "Enter your email"), ("a", "correct format"), (&"a".repeat(201), "200 characters")]
        {
            let errors = parse_email(&Form::of([("email", typed)])).unwrap_err();
            let message = errors.for_field("email").expect("the error is about the field");
            assert!(message.contains(words), "{message}");
        }
    }
}
