//! The code page for somebody who says that an account is theirs: the code goes to its address.

use identity::email::Email;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct AlikeCode<'a>(pub &'a Email);

impl Code for AlikeCode<'_> {
    const PATH: &'static str = "account-code";
    const TITLE: &'static str = "Check the email of your account";
    const REDACTED: bool = true;

    fn proof(&self) -> Proof {
        Proof::Email(self.0.clone())
    }
}
