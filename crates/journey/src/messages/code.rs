//! The code that proves an address. Whoever reads it may have nothing to do with us, so it greets nobody and says nothing
//! that somebody else typed.

use identity::secret::Plain;
use serde::Serialize;

use super::{Letter, Text, tell};

#[derive(Debug, Serialize)]
pub struct OneTimeCode {
    #[serde(serialize_with = "tell::exposed")]
    pub code: Plain,
    /// How long it works.
    pub minutes: i64,
    pub client_name: String,
}

impl Letter for OneTimeCode {
    const NAME: &'static str = "one-time-code";

    fn one_time_code(&self) -> Option<&Plain> {
        Some(&self.code)
    }
}

impl Text for OneTimeCode {}
