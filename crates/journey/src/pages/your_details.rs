//! What we hold about somebody we know, to be looked at before they go on. What is theirs to change has a link.

use govuk::form::Errors;
use identity::account::DetailChanges;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::mobile::Mobile;
use identity::name::PersonName;
use serde_json::{Value, json};

use crate::ending::News;
use crate::form::Form;
use crate::known::KnownAccount;
use crate::page::{Context, Given, Question, kept_in};

pub(crate) struct YourDetails<'a> {
    pub account: &'a KnownAccount,
    pub news: &'a News,
    pub changes: &'a DetailChanges,
    /// Another address that they came with, and proved.
    pub proved: Option<&'a Email>,
    pub shows_trn: bool,
}

impl YourDetails<'_> {
    fn trn(&self) -> Option<&str> {
        let found = self.news.search.as_ref().and_then(|search| search.record.as_ref());
        found.or(self.account.record.as_ref()).map(|link| link.trn.as_str())
    }

    fn rows(&self) -> Vec<Value> {
        let YourDetails { account, changes, .. } = self;
        let linked = self.trn().is_some();
        let name = changes.name.as_ref().unwrap_or(&account.name);
        let preferred = changes.preferred_name.as_ref().or(account.preferred_name.as_ref());
        let born = changes.date_of_birth.or(account.date_of_birth);
        let email = changes.email.as_ref().unwrap_or(&account.email);
        let mobile = changes.mobile.as_ref().or(account.mobile.as_ref());
        let theirs = |path| (!linked).then_some(path);
        let preferred = preferred.map_or_else(|| name.short(), |name| name.as_str().to_owned());
        let mut rows = vec![
            row("Name", PersonName::full(name), theirs("change-name")),
            row("Preferred name", preferred, Some("change-preferred-name")),
            row("Date of birth", born.map(written).unwrap_or_default(), theirs("change-date-of-birth")),
            row("Email address", email.to_string(), Some("change-email")),
            row("Mobile number", mobile.map_or_else(|| "None".into(), Mobile::to_string), Some("change-mobile")),
        ];
        if self.shows_trn {
            rows.push(row("Teacher reference number (TRN)", self.trn().unwrap_or("Not found yet"), None));
        }
        rows
    }
}

fn written(date: DateOfBirth) -> String {
    date.date().format("%-d %B %Y").to_string()
}

fn row(key: &str, value: impl Into<String>, change: Option<&str>) -> Value {
    let (value, hidden) = (value.into(), key.to_lowercase());
    let actions: Vec<Value> =
        change.iter().map(|path| json!({"href": path, "text": "Change", "visually_hidden": hidden})).collect();
    json!({"key": key, "value": value, "actions": actions})
}

impl Question for YourDetails<'_> {
    const PATH: &'static str = "your-details";
    const TITLE: &'static str = "Your details";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = bool;

    kept_in!(details_seen);

    fn given(&self) -> Given {
        let linked = self.shows_trn && self.trn().is_some();
        let unchanged = self.changes.email.is_none();
        let proved = self.proved.filter(|_| unchanged).map(Email::as_str);
        let lost_email = self.news.by_mobile.is_some() && proved.is_none() && unchanged;
        Given::facts([
            ("rows", self.rows().into()),
            ("linked", linked.into()),
            ("proved", json!(proved)),
            ("lost_email", lost_email.into()),
        ])
    }

    fn sample_given() -> Given {
        let rows =
            vec![row("Name", "Asha Bennett", None), row("Email address", "asha@example.com", Some("change-email"))];
        let proved = json!("asha.new@example.com");
        Given::facts([("rows", rows.into()), ("linked", true.into()), ("proved", proved), ("lost_email", true.into())])
    }

    fn parse(_: &Form, _: &Context<'_>) -> Result<bool, Errors> {
        Ok(true)
    }

    fn fill(_: &bool) -> Form {
        Form::default()
    }

    fn samples() -> Vec<(&'static str, bool)> {
        vec![("continue", true)]
    }
}
