//! The same for somebody who cannot get emails there: the code goes to the number of the account.

use identity::mobile::Mobile;

use crate::page::Code;
use crate::state::Proof;

pub(crate) struct AlikeMobileCode<'a>(pub &'a Mobile);

impl Code for AlikeMobileCode<'_> {
    const PATH: &'static str = "account-mobile-code";
    const TITLE: &'static str = "Check the phone of your account";
    const REDACTED: bool = true;

    fn proof(&self) -> Proof {
        Proof::Mobile(self.0.clone())
    }
}
