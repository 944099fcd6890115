//! For somebody who lost their email address, and proved a number that no account has: support, or another address.

use crate::page::{Question, only_to_go_on};
use crate::pages::no_account::Confirmed;
use crate::state::Answers;

pub(crate) struct LostEmailUnknown;

impl Question for LostEmailUnknown {
    const PATH: &'static str = "no-account-with-mobile";
    const TITLE: &'static str = "We do not have an account with this mobile number";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = Confirmed;

    /// Whoever goes on does so without the number: this page is never answered.
    fn answer(_: &Answers) -> Option<&Confirmed> {
        None
    }

    fn keep(answers: &mut Answers, _: Confirmed) {
        answers.lost_email = None;
    }

    only_to_go_on!(Confirmed = Confirmed, "use an email address");
}
