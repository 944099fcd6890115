//! Who somebody says they are.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// As typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    pub subject: String,
    pub email: String,
    /// With spaces between them.
    pub given_names: String,
    pub family_name: String,
    /// One that they had before; empty, where there was none.
    pub previous_family_name: String,
    /// As 1987-04-12.
    pub date_of_birth: String,
}

impl Person {
    /// Somebody with this address, and a subject made from it.
    #[must_use]
    pub fn new(email: &str, (given_names, family_name): (&str, &str), date_of_birth: &str) -> Person {
        let local = email.split('@').next().unwrap_or(email);
        Person {
            subject: format!("urn:fdc:gov.uk:2022:{local}"),
            email: email.into(),
            given_names: given_names.into(),
            family_name: family_name.into(),
            previous_family_name: String::new(),
            date_of_birth: date_of_birth.into(),
        }
    }

    /// The `credentialSubject` of a verifiable credential.
    pub(super) fn credential(&self) -> Value {
        let name = |family: &str| {
            let given = self.given_names.split_whitespace().map(|value| json!({ "value": value, "type": "GivenName" }));
            given.chain([json!({ "value": family, "type": "FamilyName" })]).collect::<Vec<_>>()
        };
        let mut names = vec![json!({ "nameParts": name(&self.family_name) })];
        if !self.previous_family_name.is_empty() {
            names.push(json!({ "nameParts": name(&self.previous_family_name), "validUntil": "2015-06-30" }));
        }
        json!({ "name": names, "birthDate": [{ "value": self.date_of_birth }] })
    }
}
