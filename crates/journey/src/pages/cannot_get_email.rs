//! Beside the code page of an account that holds the person's record: they cannot get emails at its address.

use crate::page::{Question, kept_in, only_to_go_on};

pub(crate) struct CannotGetEmail;

impl Question for CannotGetEmail {
    const PATH: &'static str = "cannot-get-email";
    const TITLE: &'static str = "Ask for help with your account";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = bool;

    kept_in!(asks_support);

    only_to_go_on!(bool = true, "ask support");
}
