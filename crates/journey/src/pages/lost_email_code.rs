//! The code page for somebody who has lost their email address: the code goes to the number that they gave.

use identity::mobile::Mobile;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct LostEmailCode<'a>(pub &'a Mobile);

impl Code for LostEmailCode<'_> {
    const PATH: &'static str = "lost-email-code";
    const TITLE: &'static str = "Check your phone";

    fn proof(&self) -> Proof {
        Proof::Mobile(self.0.clone())
    }
}
