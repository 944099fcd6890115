//! The code page that proves the address which the person gave.

use identity::email::Email;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct EmailCode<'a>(pub &'a Email);

impl Code for EmailCode<'_> {
    const PATH: &'static str = "email-code";
    const TITLE: &'static str = "Check your email";

    fn proof(&self) -> Proof {
        Proof::Email(self.0.clone())
    }
}
