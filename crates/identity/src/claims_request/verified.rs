//! Asking for claims with how they were verified (OpenID Connect for Identity Assurance 1.0, sections 5.3 to 5.5).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Asked, NotAClaimsRequest};

/// One set of claims, and what has to be true and is to be told of how they were verified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifiedRequest {
    pub verification: Element,
    pub claims: BTreeMap<String, Asked>,
}

/// What is asked of one element of `verification`, down to its smallest part. Only what is asked for by name is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Element {
    pub asked: Asked,
    /// Of a time: it may be no more seconds ago.
    pub max_age: Option<u64>,
    pub parts: BTreeMap<String, Element>,
    /// Of a list: its members have to be like one of these.
    pub entries: Vec<Element>,
}

impl VerifiedRequest {
    pub(super) fn parse(member: &Value) -> Result<VerifiedRequest, NotAClaimsRequest> {
        let members = member.as_object().ok_or(NotAClaimsRequest)?;
        let verification = members.get("verification").ok_or(NotAClaimsRequest)?;
        let verification = Element::of(verification.as_object().ok_or(NotAClaimsRequest)?)?;
        let claims = match members.get("claims").ok_or(NotAClaimsRequest)? {
            Value::Null => BTreeMap::new(),
            Value::Object(claims) => {
                let asked = |(name, claim): (&String, &Value)| Ok((name.clone(), Asked::parse(claim)?));
                claims.iter().map(asked).collect::<Result<_, _>>()?
            }
            _ => return Err(NotAClaimsRequest),
        };
        let evidence_is_sound = verification.parts.get("evidence").is_none_or(Element::is_of_types);
        let sound = verification.parts.contains_key("trust_framework") && evidence_is_sound;
        if sound { Ok(VerifiedRequest { verification, claims }) } else { Err(NotAClaimsRequest) }
    }
}

impl Element {
    fn parse(member: &Value) -> Result<Element, NotAClaimsRequest> {
        match member {
            Value::Null => Ok(Element::default()),
            Value::Object(members) => Element::of(members),
            Value::Array(entries) => {
                let entries = entries.iter().map(Element::parse).collect::<Result<_, _>>()?;
                Ok(Element { entries, ..Element::default() })
            }
            _ => Err(NotAClaimsRequest),
        }
    }

    fn of(members: &Map<String, Value>) -> Result<Element, NotAClaimsRequest> {
        let mut element = Element { asked: Asked::of(members)?, ..Element::default() };
        for (name, member) in members {
            match name.as_str() {
                "essential" | "value" | "values" | "purpose" => {}
                "max_age" => element.max_age = Some(member.as_u64().ok_or(NotAClaimsRequest)?),
                _ => {
                    element.parts.insert(name.clone(), Element::parse(member)?);
                }
            }
        }
        Ok(element)
    }

    /// Evidence is asked for by one type each (section 5.4.1).
    fn is_of_types(&self) -> bool {
        let has_type = |entry: &Element| {
            let types = entry.parts.get("type").and_then(|of| of.asked.one_of.as_ref());
            types.is_some_and(|types| types.len() == 1)
        };
        !self.entries.is_empty() && self.entries.iter().all(has_type)
    }

    /// Does it ask for more than to be told what there is?
    pub fn is_constrained(&self) -> bool {
        self.asked.one_of.is_some()
            || self.max_age.is_some()
            || self.parts.values().chain(&self.entries).any(Element::is_constrained)
    }
}
