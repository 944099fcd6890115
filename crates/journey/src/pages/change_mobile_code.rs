//! The code page that proves the number which the person changes to.

use identity::mobile::Mobile;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct ChangeMobileCode<'a>(pub &'a Mobile);

impl Code for ChangeMobileCode<'_> {
    const PATH: &'static str = "change-mobile-code";
    const TITLE: &'static str = "Check your phone";

    fn proof(&self) -> Proof {
        Proof::Mobile(self.0.clone())
    }
}
