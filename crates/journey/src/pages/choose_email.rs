//! Two addresses are proved, the account's and the one that its owner came with: which is the account's from now on?

use govuk::form::{Errors, FieldError};
use identity::email::Email;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::form::Form;
use crate::page::{Context, Given, Question, kept_in};

pub(crate) struct ChooseEmail<'a> {
    pub proved: &'a Email,
    pub held: &'a Email,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptEmail {
    /// The address that the person came with.
    Proved,
    /// The address that the account has.
    Held,
}

impl Question for ChooseEmail<'_> {
    const PATH: &'static str = "choose-email";
    const TITLE: &'static str = "Which email address do you want to use?";
    const FIELDS: &'static [&'static str] = &["keep_email"];
    type Answer = KeptEmail;

    kept_in!(keep_email);

    fn given(&self) -> Given {
        Given::facts([("proved", json!(self.proved.as_str())), ("held", json!(self.held.as_str()))])
    }

    fn sample_given() -> Given {
        Given::facts([("proved", json!("asha@example.com")), ("held", json!("a.bennett@example.org"))])
    }

    fn parse(form: &Form, _: &Context<'_>) -> Result<KeptEmail, Errors> {
        match form.get("keep_email") {
            "proved" => Ok(KeptEmail::Proved),
            "held" => Ok(KeptEmail::Held),
            _ => Err(FieldError::new("keep_email", "Select the email address that you want to use").into()),
        }
    }

    fn fill(kept: &KeptEmail) -> Form {
        let word = match kept {
            KeptEmail::Proved => "proved",
            KeptEmail::Held => "held",
        };
        Form::of([("keep_email", word)])
    }

    fn samples() -> Vec<(&'static str, KeptEmail)> {
        vec![("the new address", KeptEmail::Proved), ("the account’s address", KeptEmail::Held)]
    }
}
