//! Scenario 1, for somebody who wants to create an account: they proved the address of one, and go on with that.

use identity::email::Email;
use serde_json::json;

use crate::page::{Given, Question, kept_in, only_to_go_on};

pub(crate) struct AccountKnown<'a> {
    pub email: &'a Email,
}

impl Question for AccountKnown<'_> {
    const PATH: &'static str = "account-exists";
    const TITLE: &'static str = "You already have an account";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = bool;

    fn given(&self) -> Given {
        Given::facts([("email", json!(self.email.as_str()))])
    }

    fn sample_given() -> Given {
        Given::facts([("email", json!("asha@example.com"))])
    }

    kept_in!(signs_in_instead);

    only_to_go_on!(bool = true, "sign in");
}
