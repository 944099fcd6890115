//! What went wrong with one operation. It says at which step, and repeats no secret.

use std::borrow::Cow;
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure(Cow<'static, str>);

impl Failure {
    pub(crate) const fn new(what: &'static str) -> Failure {
        Failure(Cow::Borrowed(what))
    }

    pub(crate) fn of(what: String) -> Failure {
        Failure(Cow::Owned(what))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
