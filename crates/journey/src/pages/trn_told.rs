//! Told to somebody who stated another TRN than the one that we found, or said that they have none.

use identity::trn::Trn;
use serde_json::json;

use crate::page::{Given, Notice};

pub(crate) struct TrnTold<'a> {
    pub trn: &'a Trn,
    pub stated: Option<&'a Trn>,
}

impl Notice for TrnTold<'_> {
    const PATH: &'static str = "your-trn";
    const TITLE: &'static str = "We have found your TRN";

    fn given(&self) -> Given {
        let stated = self.stated.map(Trn::as_str).unwrap_or_default();
        Given::facts([("trn", json!(self.trn.as_str())), ("stated", json!(stated))])
    }

    fn sample_given() -> Given {
        Given::facts([("trn", json!("1234567")), ("stated", json!("7654321"))])
    }
}
