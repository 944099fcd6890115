//! Beside the details of somebody we know: what they would like to be called.

use govuk::form::Errors;
use identity::preferred_name::PreferredName;

use crate::form::Form;
use crate::known::KnownAccount;
use crate::page::{Context, Given, Question, kept_in};
use crate::pages::preferred_name::PreferredNamePage;

pub(crate) struct ChangePreferredName<'a> {
    pub account: &'a KnownAccount,
}

impl Question for ChangePreferredName<'_> {
    const PATH: &'static str = "change-preferred-name";
    const TITLE: &'static str = "Change your preferred name";
    const FIELDS: &'static [&'static str] = PreferredNamePage::FIELDS;
    type Answer = PreferredName;

    kept_in!(change_preferred_name);

    fn given(&self) -> Given {
        Given { form: self.account.preferred_name.as_ref().map(Self::fill), ..Given::default() }
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<PreferredName, Errors> {
        PreferredNamePage::parse(form, context)
    }

    fn fill(answer: &PreferredName) -> Form {
        PreferredNamePage::fill(answer)
    }

    fn samples() -> Vec<(&'static str, PreferredName)> {
        PreferredNamePage::samples()
    }
}
