//! Beside the code page of an account that is the person's by their own word: they cannot get emails at its address. The
//! code goes to its number, if it has one; else support has to help.

use identity::mobile::Mobile;
use serde_json::json;

use crate::known::KnownAccount;
use crate::page::{Given, Question, kept_in, only_to_go_on};

pub(crate) struct AlikeNoEmail<'a> {
    pub account: &'a KnownAccount,
}

impl Question for AlikeNoEmail<'_> {
    const PATH: &'static str = "account-no-email";
    const TITLE: &'static str = "Sign in without that email address";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = bool;

    kept_in!(alike_by_mobile);

    fn given(&self) -> Given {
        Given::facts([("mobile", json!(self.account.mobile.as_ref().map(Mobile::redacted)))])
    }

    fn sample_given() -> Given {
        Given::facts([("mobile", json!("*******0123"))])
    }

    only_to_go_on!(bool = true, "send a text");
}
