//! Scenario 3: accounts with the person's name and date of birth. One of them may be theirs.

use govuk::form::{Errors, FieldError};
use identity::account::AccountId;
use identity::date_of_birth::DateOfBirth;
use identity::name::PersonName;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::form::Form;
use crate::known::KnownAccount;
use crate::page::{Context, Given, Question};
use crate::state::Answers;
use crate::summary::Row;

pub(crate) struct SamePerson<'a> {
    pub accounts: &'a [KnownAccount],
}

/// What the person said of the accounts with this name and date of birth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SaidOfAccounts {
    name: Option<PersonName>,
    date_of_birth: Option<DateOfBirth>,
    pub which: Which,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    Account(AccountId),
    None,
}

impl SaidOfAccounts {
    fn is_of(&self, answers: &Answers) -> bool {
        let name = answers.official_name.as_ref().map(|official| &official.name);
        self.name.as_ref() == name && self.date_of_birth == answers.date_of_birth
    }
}

fn items(mut accounts: Vec<Value>) -> Value {
    accounts.push(json!({"divider": "or"}));
    accounts.push(json!({"value": "none", "text": "No, create a new account"}));
    accounts.into()
}

impl Question for SamePerson<'_> {
    const PATH: &'static str = "existing-account";
    const TITLE: &'static str = "Is one of these accounts yours?";
    const FIELDS: &'static [&'static str] = &["account"];
    type Answer = Which;

    fn given(&self) -> Given {
        let item = |account: &KnownAccount| json!({"value": account.id.to_string(), "text": account.email.redacted(), "label_classes": "govuk-!-text-break-word"});
        Given::facts([("items", items(self.accounts.iter().map(item).collect()))])
    }

    fn sample_given() -> Given {
        Given::facts([("items", items(vec![json!({"value": "1", "text": "a****@****.com"})]))])
    }

    /// Said with the name and the date of birth that stand.
    fn answer(answers: &Answers) -> Option<&Which> {
        answers.said_of_accounts.iter().find(|said| said.is_of(answers)).map(|said| &said.which)
    }

    fn keep(answers: &mut Answers, which: Which) {
        let name = answers.official_name.as_ref().map(|official| official.name.clone());
        let said = SaidOfAccounts { name, date_of_birth: answers.date_of_birth, which };
        let mut all = std::mem::take(&mut answers.said_of_accounts);
        all.retain(|said| !said.is_of(answers));
        all.push(said);
        answers.said_of_accounts = all;
    }

    fn parse(form: &Form, _: &Context<'_>) -> Result<Which, Errors> {
        let chosen = form.get("account");
        if chosen == "none" {
            return Ok(Which::None);
        }
        let missing = |_| FieldError::new("account", "Select your account, or that you want to create a new one");
        chosen.parse().map(Which::Account).map_err(missing).map_err(Errors::from)
    }

    fn fill(which: &Which) -> Form {
        match which {
            Which::Account(id) => Form::of([("account", &id.to_string())]),
            Which::None => Form::of([("account", "none")]),
        }
    }

    fn samples() -> Vec<(&'static str, Which)> {
        let ids = [5, 6].map(|seed| AccountId::new(&identity::random::Random::seeded(seed)));
        vec![("yes", Which::Account(ids[0])), ("another", Which::Account(ids[1])), ("no", Which::None)]
    }

    fn rows(which: &Which) -> Vec<Row> {
        match which {
            Which::None => vec![Row::new("Existing account", "None of them is mine", "which account is yours")],
            Which::Account(_) => Vec::new(),
        }
    }
}
