//! Whoever gets a new official name may want to be called otherwise, too. The answer is the same as that of the page that
//! changes the preferred name alone.

use govuk::form::{Errors, FieldError};
use identity::name::PersonName;
use identity::preferred_name::PreferredName;
use serde_json::{Value, json};

use crate::form::Form;
use crate::known::KnownAccount;
use crate::page::{Context, Given, Question, kept_in};
use crate::pages::change_name::ChangeName;
use crate::pages::preferred_name::PreferredNamePage;

const OTHER: &str = "other";

pub(crate) struct NewPreferredName<'a> {
    pub account: &'a KnownAccount,
    pub name: &'a PersonName,
}

/// What we call them today, then the new names.
fn offered(today: String, name: &PersonName) -> Given {
    let mut names = vec![today];
    for new in [name.short(), name.full()] {
        if !names.contains(&new) {
            names.push(new);
        }
    }
    let hint = |at: usize| if at == 0 { "This is what we call you now" } else { "" };
    let items: Vec<Value> =
        names.iter().enumerate().map(|(at, name)| json!({"value": name, "text": name, "hint": hint(at)})).collect();
    Given::facts([("items", items.into())])
}

impl Question for NewPreferredName<'_> {
    const PATH: &'static str = "new-preferred-name";
    const TITLE: &'static str = "What should we call you from now on?";
    const FIELDS: &'static [&'static str] = &["preferred_name", "other_name"];
    type Answer = PreferredName;

    kept_in!(change_preferred_name);

    fn given(&self) -> Given {
        let KnownAccount { preferred_name, name, .. } = self.account;
        let today = preferred_name.as_ref().map_or_else(|| name.short(), |name| name.as_str().to_owned());
        offered(today, self.name)
    }

    fn sample_given() -> Given {
        let mut names = ChangeName::samples().into_iter().map(|(_, name)| name);
        offered("Asha Bennett".into(), &names.next().expect("there is a sample"))
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<PreferredName, Errors> {
        let (field, typed) = match form.get("preferred_name") {
            "" => return Err(FieldError::new("preferred_name", "Select what we should call you").into()),
            OTHER => ("other_name", form.get("other_name")),
            chosen => ("preferred_name", chosen),
        };
        PreferredNamePage::parse(&Form::of([("preferred_name", typed)]), context).map_err(|Errors(mut errors)| {
            for error in &mut errors {
                error.field = field.into();
            }
            Errors(errors)
        })
    }

    fn fill(name: &PreferredName) -> Form {
        Form::of([("preferred_name", name.as_str())])
    }

    fn samples() -> Vec<(&'static str, PreferredName)> {
        PreferredNamePage::samples()
    }
}
