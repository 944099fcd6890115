//! What a service asks for by name: the `claims` parameter (OpenID Connect Core, section 5.5), as it is kept with the
//! request and with the grant that comes of it.

mod verified;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use verified::{Element, VerifiedRequest};

/// What is asked for, by where it is to stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimsRequest {
    pub userinfo: AskedClaims,
    pub id_token: AskedClaims,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskedClaims {
    pub by_name: BTreeMap<String, Asked>,
    /// Each stands for itself (OpenID Connect for Identity Assurance 1.0, section 5.6).
    pub verified: Vec<VerifiedRequest>,
}

/// How one claim is asked for (section 5.5.1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub essential: bool,
    /// Only with one of these values; with any, when there are none here.
    pub one_of: Option<Vec<Value>>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("claims are asked for in another form than that of OpenID Connect Core, section 5.5")]
pub struct NotAClaimsRequest;

impl ClaimsRequest {
    /// Members that the specs do not know are ignored.
    pub fn parse(text: &str) -> Result<ClaimsRequest, NotAClaimsRequest> {
        let parsed: Value = serde_json::from_str(text).map_err(|_| NotAClaimsRequest)?;
        let members = parsed.as_object().ok_or(NotAClaimsRequest)?;
        let asked = |place| match members.get(place) {
            None | Some(Value::Null) => Ok(AskedClaims::default()),
            Some(asked) => AskedClaims::parse(asked.as_object().ok_or(NotAClaimsRequest)?),
        };
        Ok(ClaimsRequest { userinfo: asked("userinfo")?, id_token: asked("id_token")? })
    }
}

impl AskedClaims {
    fn parse(members: &Map<String, Value>) -> Result<AskedClaims, NotAClaimsRequest> {
        let mut asked = AskedClaims::default();
        for (name, member) in members {
            match (name.as_str(), member) {
                ("verified_claims", Value::Array(several)) if !several.is_empty() => {
                    asked.verified = several.iter().map(VerifiedRequest::parse).collect::<Result<_, _>>()?;
                }
                ("verified_claims", one) => asked.verified = vec![VerifiedRequest::parse(one)?],
                _ => {
                    asked.by_name.insert(name.clone(), Asked::parse(member)?);
                }
            }
        }
        Ok(asked)
    }
}

impl Asked {
    fn parse(member: &Value) -> Result<Asked, NotAClaimsRequest> {
        match member {
            Value::Null => Ok(Asked::default()),
            Value::Object(members) => Asked::of(members),
            _ => Err(NotAClaimsRequest),
        }
    }

    /// Where there are both `value` and `values`, the one value is the stricter wish.
    fn of(members: &Map<String, Value>) -> Result<Asked, NotAClaimsRequest> {
        let essential = match members.get("essential") {
            None => false,
            Some(essential) => essential.as_bool().ok_or(NotAClaimsRequest)?,
        };
        let mut one_of = match (members.get("value"), members.get("values")) {
            (Some(value), _) => Some(vec![value.clone()]),
            (None, Some(Value::Array(values))) if !values.is_empty() => Some(values.clone()),
            (None, Some(_)) => return Err(NotAClaimsRequest),
            (None, None) => None,
        };
        if let Some(values) = &mut one_of {
            values.retain(is_exact);
        }
        Ok(Asked { essential, one_of })
    }

    /// Is this a value that will do?
    pub fn allows(&self, value: &Value) -> bool {
        self.one_of.as_ref().is_none_or(|values| values.contains(value))
    }
}

/// A fraction may be read back as its neighbour. No claim of ours has one, so nothing that would do is lost.
fn is_exact(value: &Value) -> bool {
    match value {
        Value::Number(number) => !number.is_f64(),
        Value::Array(members) => members.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parsed(request: &Value) -> Result<ClaimsRequest, NotAClaimsRequest> {
        ClaimsRequest::parse(&request.to_string())
    }

    #[test]
    fn claims_are_asked_for_freely_as_essential_and_by_value() {
        let request = json!({
            "userinfo": { "name": { "essential": true }, "email": null, "x": { "unheard": [1] } },
            "id_token": { "acr": { "values": ["a", "b"] }, "sub": { "value": "zoe" } },
            "elsewhere": 1,
        });
        let ClaimsRequest { userinfo, id_token } = parsed(&request).unwrap();
        assert!(userinfo.by_name["name"].essential && !userinfo.by_name["email"].essential);
        assert!(userinfo.by_name["x"].allows(&json!(7)));
        let (acr, sub) = (&id_token.by_name["acr"], &id_token.by_name["sub"]);
        assert!(acr.allows(&json!("b")) && !acr.allows(&json!("c")));
        assert!(sub.allows(&json!("zoe")) && !sub.allows(&json!("amir")));
        assert_eq!(parsed(&json!({ "userinfo": null })), Ok(ClaimsRequest::default()));
    }

    #[test]
    fn another_shape_than_that_of_the_spec_is_refused() {
        let verified = |verification: Value| {
            let asked = json!({ "verification": verification, "claims": null });
            json!({ "userinfo": { "verified_claims": asked } })
        };
        for request in [
            json!([]),
            json!("name"),
            json!({ "userinfo": [] }),
            json!({ "userinfo": { "name": true } }),
            json!({ "userinfo": { "name": "Zoe" } }),
            json!({ "id_token": { "name": { "essential": "yes" } } }),
            json!({ "id_token": { "acr": { "values": "a" } } }),
            json!({ "id_token": { "acr": { "values": [] } } }),
            json!({ "userinfo": { "verified_claims": null } }),
            json!({ "userinfo": { "verified_claims": [] } }),
            json!({ "userinfo": { "verified_claims": { "claims": null } } }),
            json!({ "userinfo": { "verified_claims": { "verification": { "trust_framework": null } } } }),
            verified(json!({})),
            verified(json!({ "trust_framework": "ours" })),
            verified(json!({ "trust_framework": null, "time": { "max_age": -1 } })),
            verified(json!({ "trust_framework": null, "evidence": null })),
            verified(json!({ "trust_framework": null, "evidence": [] })),
            verified(json!({ "trust_framework": null, "evidence": [{ "type": null }] })),
        ] {
            assert_eq!(parsed(&request), Err(NotAClaimsRequest), "{request}");
        }
        for text in ["", "{", "null", "{\"userinfo\":{}} x"] {
            assert_eq!(ClaimsRequest::parse(text), Err(NotAClaimsRequest), "{text}");
        }
    }

    #[test]
    fn what_is_kept_is_read_back_as_it_was() {
        let request = json!({
            "id_token": { "acr": { "essential": true, "values": ["a"] } },
            "userinfo": { "verified_claims": [{
                "verification": { "trust_framework": { "value": "x" }, "time": { "max_age": 9 },
                    "evidence": [{ "type": { "value": "electronic_record" }, "record": { "type": null } }] },
                "claims": { "trn": null, "name": { "essential": true } },
            }] },
        });
        let request = parsed(&request).unwrap();
        let kept = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<ClaimsRequest>(&kept).unwrap(), request);
        assert_eq!(serde_json::from_str::<ClaimsRequest>("{}").unwrap(), ClaimsRequest::default());
    }

    #[test]
    fn a_number_that_would_not_be_read_back_as_it_was_is_one_that_nothing_equals() {
        let text = r#"{"id_token":{"x":{"values":[9.5e030,[{"y":9.5e030}],7]},"z":{"value":9.5e030}}}"#;
        let request = ClaimsRequest::parse(text).unwrap();
        let kept = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<ClaimsRequest>(&kept).unwrap(), request);
        let ClaimsRequest { id_token, .. } = request;
        assert!(id_token.by_name["x"].allows(&json!(7)) && !id_token.by_name["x"].allows(&json!(9.5e30)));
        assert!(!id_token.by_name["z"].allows(&json!(9.5e30)) && !id_token.by_name["z"].allows(&json!(null)));
    }
}
