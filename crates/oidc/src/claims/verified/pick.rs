//! Picking from what is held what was asked for (OpenID Connect for Identity Assurance 1.0, sections 5.4, 5.5 and 5.7).

use identity::claims_request::Element;
use identity::clock::Time;
use serde_json::{Map, Value};

/// What is demanded is not there, or otherwise.
#[derive(Debug, PartialEq)]
pub(super) struct Unmet;

/// Without these an element would be no valid one (OpenID Identity Assurance Schema 1.0, section 5.4).
const REQUIRED: [&str; 3] = ["trust_framework", "type", "check_method"];

pub(super) fn pick(held: &Value, element: &Element, now: Time) -> Result<Value, Unmet> {
    match held {
        Value::Object(held) => parts(held, element, now),
        Value::Array(held) => entries(held, element, now),
        held => leaf(held, element, now),
    }
}

/// Asked for by its name alone, an element comes whole.
fn parts(held: &Map<String, Value>, element: &Element, now: Time) -> Result<Value, Unmet> {
    if element.asked.one_of.is_some() || element.max_age.is_some() || !element.entries.is_empty() {
        return Err(Unmet);
    }
    if element.parts.is_empty() {
        return Ok(Value::Object(held.clone()));
    }
    let mut picked = Map::new();
    for (name, part) in &element.parts {
        match held.get(name) {
            Some(held) => {
                picked.insert(name.clone(), pick(held, part, now)?);
            }
            None if part.is_constrained() => return Err(Unmet),
            None => {}
        }
    }
    let required = held.iter().filter(|(name, _)| REQUIRED.contains(&name.as_str()));
    for (name, value) in required {
        picked.entry(name.clone()).or_insert_with(|| value.clone());
    }
    Ok(Value::Object(picked))
}

/// Those members that are like one of the entries, each cut to that entry.
fn entries(held: &[Value], element: &Element, now: Time) -> Result<Value, Unmet> {
    let one = std::slice::from_ref(element);
    let entries = if element.entries.is_empty() { one } else { &element.entries };
    let like = |held: &Value| entries.iter().find_map(|entry| pick(held, entry, now).ok());
    let picked: Vec<Value> = held.iter().filter_map(like).collect();
    if picked.is_empty() { Err(Unmet) } else { Ok(Value::Array(picked)) }
}

fn leaf(held: &Value, element: &Element, now: Time) -> Result<Value, Unmet> {
    let another = element.parts.values().chain(&element.entries).any(Element::is_constrained);
    let young = element.max_age.is_none_or(|max_age| age(held, now).is_some_and(|age| age <= max_age));
    if another || !young || !element.asked.allows(held) { Err(Unmet) } else { Ok(held.clone()) }
}

/// In seconds; nothing when it is no time.
fn age(held: &Value, now: Time) -> Option<u64> {
    let time: Time = held.as_str()?.parse().ok()?;
    u64::try_from((now - time).num_seconds().max(0)).ok()
}
