//! Scenario 2: somebody who registers proved the number of an account. They go on with that account, unless it is not
//! theirs: numbers are handed on, and shared.

use identity::email::Email;
use serde_json::json;

use crate::page::{Given, Question, only_to_go_on};
use crate::pages::mobile::MobileAnswer;
use crate::pages::no_account::Confirmed;
use crate::state::Answers;

pub(crate) struct MobileKnown<'a> {
    /// The address of the account.
    pub owner: &'a Email,
}

impl Question for MobileKnown<'_> {
    const PATH: &'static str = "mobile-exists";
    const TITLE: &'static str = "You already have an account";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = Confirmed;

    fn given(&self) -> Given {
        Given::facts([("owner", json!(self.owner.redacted()))])
    }

    fn sample_given() -> Given {
        Given::facts([("owner", json!("a****@****.com"))])
    }

    /// Said of the number that stands.
    fn answer(answers: &Answers) -> Option<&Confirmed> {
        let number = answers.mobile.as_ref().and_then(MobileAnswer::number)?;
        answers.signs_in_with.contains(number).then_some(&Confirmed)
    }

    fn keep(answers: &mut Answers, _: Confirmed) {
        let number = answers.mobile.as_ref().and_then(MobileAnswer::number).cloned();
        answers.signs_in_with.extend(number.filter(|number| !answers.signs_in_with.contains(number)));
    }

    only_to_go_on!(Confirmed = Confirmed, "sign in");
}
