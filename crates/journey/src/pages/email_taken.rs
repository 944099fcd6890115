//! Told to somebody who wants to change to an address that they proved, but that another account has.

use identity::email::Email;
use serde_json::json;

use crate::page::{Given, Notice};

pub(crate) struct EmailTaken<'a> {
    pub email: &'a Email,
}

impl Notice for EmailTaken<'_> {
    const PATH: &'static str = "email-taken";
    const TITLE: &'static str = "Another account has this email address";

    fn given(&self) -> Given {
        Given::facts([("email", json!(self.email.as_str()))])
    }

    fn sample_given() -> Given {
        Given::facts([("email", json!("asha@example.org"))])
    }
}
