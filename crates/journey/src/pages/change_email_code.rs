//! The code page that proves the address which the person changes to.

use identity::email::Email;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct ChangeEmailCode<'a>(pub &'a Email);

impl Code for ChangeEmailCode<'_> {
    const PATH: &'static str = "change-email-code";
    const TITLE: &'static str = "Check your new email";

    fn proof(&self) -> Proof {
        Proof::Email(self.0.clone())
    }
}
