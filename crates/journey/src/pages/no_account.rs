//! For somebody who wants to sign in with an address that no account has: to create one, or to correct the address.

use identity::email::Email;
use serde_json::json;

use crate::page::{Given, Question, only_to_go_on};
use crate::state::Answers;

pub(crate) struct NoAccount<'a> {
    pub email: &'a Email,
}

/// Said of one answer, which the state keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Confirmed;

impl Question for NoAccount<'_> {
    const PATH: &'static str = "no-account";
    const TITLE: &'static str = "We do not have an account with this email address";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = Confirmed;

    fn given(&self) -> Given {
        Given::facts([("email", json!(self.email.as_str()))])
    }

    fn sample_given() -> Given {
        Given::facts([("email", json!("asha@example.com"))])
    }

    /// Said of the address that stands; of another it has to be said again.
    fn answer(answers: &Answers) -> Option<&Confirmed> {
        answers.email.as_ref().filter(|email| answers.creates_with.contains(email)).map(|_| &Confirmed)
    }

    fn keep(answers: &mut Answers, _: Confirmed) {
        let email = answers.email.clone().filter(|email| !answers.creates_with.contains(email));
        answers.creates_with.extend(email);
    }

    only_to_go_on!(Confirmed = Confirmed, "create an account");
}
