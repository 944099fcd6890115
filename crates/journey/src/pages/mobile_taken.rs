//! Told to somebody who wants to change to a number that they proved, but that another account has.

use identity::mobile::Mobile;
use serde_json::json;

use crate::page::{Given, Notice};

pub(crate) struct MobileTaken<'a> {
    pub mobile: &'a Mobile,
}

impl Notice for MobileTaken<'_> {
    const PATH: &'static str = "mobile-taken";
    const TITLE: &'static str = "Another account has this mobile number";

    fn given(&self) -> Given {
        Given::facts([("mobile", json!(self.mobile.to_string()))])
    }

    fn sample_given() -> Given {
        Given::facts([("mobile", json!("07700 900123"))])
    }
}
