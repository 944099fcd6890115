//! What happened to the way in by GOV.UK One Login. The owner is told, who may not have done it.

use serde::Serialize;

use super::{Addressee, Letter};

#[derive(Debug, Serialize)]
pub struct OneLoginAdded {
    #[serde(flatten)]
    pub addressee: Addressee,
}

impl Letter for OneLoginAdded {
    const NAME: &'static str = "one-login-added";
}

#[derive(Debug, Serialize)]
pub struct OneLoginRemoved {
    #[serde(flatten)]
    pub addressee: Addressee,
}

impl Letter for OneLoginRemoved {
    const NAME: &'static str = "one-login-removed";
}
