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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preferred_name_is_free_text_tidied() {
        assert_eq!(PreferredName::parse(" Janey   S. 😀 ").unwrap().as_str(), "Janey S. 😀");
        assert_eq!(PreferredName::parse("\t"), Err(NameError::Missing));
        assert_eq!(PreferredName::parse(&"a".repeat(201)), Err(NameError::TooLong));
        assert_eq!(PreferredName::parse("\0"), Err(NameError::Unprintable));
    }
}
