//! Beside the account of the person's number: it is somebody else's, who had the number before or shares it. The person
//! goes on without the number.

use crate::page::{Question, only_to_go_on};
use crate::pages::mobile::MobileAnswer;
use crate::pages::no_account::Confirmed;
use crate::state::Answers;
use crate::summary::Row;

pub(crate) struct NotMyAccount;

impl Question for NotMyAccount {
    const PATH: &'static str = "not-my-account";
    const TITLE: &'static str = "This is not my account";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = Confirmed;

    /// Said of the number that stands.
    fn answer(answers: &Answers) -> Option<&Confirmed> {
        let number = answers.mobile.as_ref().and_then(MobileAnswer::number)?;
        answers.not_mine.contains(number).then_some(&Confirmed)
    }

    fn keep(answers: &mut Answers, _: Confirmed) {
        let number = answers.mobile.as_ref().and_then(MobileAnswer::number).cloned();
        answers.not_mine.extend(number.filter(|number| !answers.not_mine.contains(number)));
    }

    only_to_go_on!(Confirmed = Confirmed, "it is not mine");

    fn rows(_: &Confirmed) -> Vec<Row> {
        vec![Row::new("Account with this mobile number", "Not mine", "whether the account with this number is yours")]
    }
}
