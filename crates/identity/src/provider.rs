//! Training providers: the university, SCITT or school that awarded a qualification.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{from_text_fault, plain_letters, text_word, tidy};

/// Why the name of a training provider was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum ProviderError {
    /// Nothing was typed, or nothing that can be seen.
    #[error("the training provider is missing")]
    Missing,
    /// More than 200 characters.
    #[error("the training provider is longer than 200 characters")]
    TooLong,
    /// A control character, such as NUL.
    #[error("the training provider has a character that cannot be printed")]
    Unprintable,
}
from_text_fault!(ProviderError);

/// The name of a training provider, chosen from a list or typed freely: at most 200 characters, tidied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TrainingProvider(String);
text_word!(TrainingProvider, ProviderError);

impl TrainingProvider {
    /// Accepts any text that can be printed.
    pub fn parse(typed: &str) -> Result<Self, ProviderError> {
        Ok(Self(tidy(typed)?))
    }

    /// The name as it was typed, tidied.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two names are of one provider when their keys are equal: case, accents, punctuation and spaces are ignored, and
    /// "&" reads "and". Never empty: a name that is nothing but punctuation stands for itself.
    pub fn key(&self) -> String {
        let spelt_out = plain_letters(&self.0).replace('&', "and");
        let key: String = spelt_out.chars().filter(|c| c.is_alphanumeric()).collect();
        if key.is_empty() { self.0.clone() } else { key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        TrainingProvider::parse(text).unwrap().key()
    }

    #[test]
    fn a_provider_is_the_same_whatever_its_case_accents_punctuation_and_spaces() {
        for (one, other) in [
            ("University of Leeds", "UNIVERSITY  OF LEEDS"),
            ("St. Mary's University, Twickenham", "St Marys University Twickenham"),
            ("Arts & Crafts College", "arts and crafts college"),
            ("Coleg Sir Gâr", "Coleg Sir Gar"),
            ("King’s College (London)", "King's College London"),
        ] {
            assert_eq!(key(one), key(other));
        }
    }

    #[test]
    fn different_providers_have_different_keys() {
        assert_ne!(key("University of Leeds"), key("University of Reading"));
        assert_ne!(key("Leeds SCITT 1"), key("Leeds SCITT 2"));
        assert_ne!(key("!!!"), key("???"));
    }

    #[test]
    fn a_provider_is_refused_when_empty_too_long_or_unprintable() {
        assert_eq!(TrainingProvider::parse(" "), Err(ProviderError::Missing));
        assert_eq!(TrainingProvider::parse(&"a".repeat(201)), Err(ProviderError::TooLong));
        assert_eq!(TrainingProvider::parse("Leeds\0"), Err(ProviderError::Unprintable));
        assert_eq!(TrainingProvider::parse("  University  of Leeds ").unwrap().as_str(), "University of Leeds");
    }
}
