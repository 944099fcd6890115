//! `[help_desk]`: whether the help desk's own system is told of tickets, and how it is reached.

use serde::Deserialize;

use super::fault::Fault;
use super::layers::Layers;
use super::lifetime::Lifetime;
use super::read::section;
use super::{Endpoint, Secret};

section! {
    pub HelpDesk {
        deliver_to: DeliverTo,
        base_url: Endpoint,
        /// Of the agent whom the token belongs to.
        email: String,
        token: Secret,
        tags: Vec<String>,
        custom_field: CustomField,
        time_budget: Lifetime<1, 15>,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliverTo {
    /// Tickets are seen by `get-an-identity tickets` alone.
    Nowhere,
    Zendesk,
}

/// ID=VALUE, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct CustomField(Option<(u64, String)>);

impl CustomField {
    pub fn pair(&self) -> Option<(u64, String)> {
        self.0.clone()
    }
}

impl TryFrom<String> for CustomField {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() {
            return Ok(CustomField(None));
        }
        let pair = text.split_once('=').and_then(|(id, value)| Some((id.parse().ok()?, value.to_owned())));
        pair.map(|pair| CustomField(Some(pair))).ok_or("should be the number of a field, an equals sign and a value")
    }
}

/// What is missing for what was chosen; and in production, what is not safe.
pub(super) fn refusals(layers: &Layers, is_production: bool) -> Vec<Fault> {
    let Some((DeliverTo::Zendesk, _)) = layers.peek("help_desk", "deliver_to") else { return Vec::new() };
    let mut faults = Vec::new();
    for key in ["base_url", "email", "token"] {
        let Some((text, place)) = layers.peek::<String>("help_desk", key) else { continue };
        if text.is_empty() {
            faults.push(Fault::new(place, format!("help_desk.{key}"), "is needed for Zendesk"));
        } else if key == "base_url" && is_production && text.starts_with("http:") {
            faults.push(Fault::new(place, "help_desk.base_url", "should be https in production"));
        }
    }
    faults
}
