//! The code page that proves the personal address, given instead of a shared one or of an institution's.

use identity::email::Email;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct PersonalEmailCode<'a>(pub &'a Email);

impl Code for PersonalEmailCode<'_> {
    const PATH: &'static str = "personal-email-code";
    const TITLE: &'static str = "Check your personal email";

    fn proof(&self) -> Proof {
        Proof::Email(self.0.clone())
    }
}
