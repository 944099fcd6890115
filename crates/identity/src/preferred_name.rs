//! Preferred names: what somebody likes to be called. Free text, which no document has to prove.

use serde::{Deserialize, Serialize};

use crate::name::NameError;
use crate::text::{text_word, tidy};

/// A preferred name: at most 200 characters, tidied. It never counts in a match.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PreferredName(String);
text_word!(PreferredName, NameError);

impl PreferredName {
    /// Accepts any text that can be printed.
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        Ok(Self(tidy(typed)?))
    }

    /// The name as it was typed, tidied.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
