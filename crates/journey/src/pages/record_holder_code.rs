//! The code page for somebody whose teaching record belongs to an account with another address: the code goes there.

use identity::email::Email;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct RecordHolderCode<'a>(pub &'a Email);

impl Code for RecordHolderCode<'_> {
    const PATH: &'static str = "record-holder-code";
    const TITLE: &'static str = "You already have an account";
    const REDACTED: bool = true;

    fn proof(&self) -> Proof {
        Proof::Email(self.0.clone())
    }
}
