//! The first page of a service that has one: create an account, or sign in. Whoever chooses wrongly reads one page more.

use govuk::form::{Errors, FieldError};
use serde::{Deserialize, Serialize};

use crate::form::Form;
use crate::page::{Context, Question, kept_in};

pub(crate) struct Landing;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    Create,
    SignIn,
}

impl Question for Landing {
    const PATH: &'static str = "start";
    const TITLE: &'static str = "Create an account or sign in";
    const FIELDS: &'static [&'static str] = &["intent"];
    type Answer = Intent;

    kept_in!(intent);

    fn parse(form: &Form, _: &Context<'_>) -> Result<Intent, Errors> {
        match form.get("intent") {
            "create" => Ok(Intent::Create),
            "sign_in" => Ok(Intent::SignIn),
            _ => Err(FieldError::new("intent", "Select whether to create an account or to sign in").into()),
        }
    }

    fn fill(intent: &Intent) -> Form {
        let word = match intent {
            Intent::Create => "create",
            Intent::SignIn => "sign_in",
        };
        Form::of([("intent", word)])
    }

    fn samples() -> Vec<(&'static str, Intent)> {
        vec![("create", Intent::Create), ("sign in", Intent::SignIn)]
    }
}
