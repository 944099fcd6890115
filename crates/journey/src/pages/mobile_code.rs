//! The code page that proves the number which the person gave.

use identity::mobile::Mobile;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct MobileCode<'a>(pub &'a Mobile);

impl Code for MobileCode<'_> {
    const PATH: &'static str = "mobile-code";
    const TITLE: &'static str = "Check your phone";

    fn proof(&self) -> Proof {
        Proof::Mobile(self.0.clone())
    }
}
