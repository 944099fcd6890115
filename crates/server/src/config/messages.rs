//! `[messages]`: who takes emails and text messages to people.

use serde::Deserialize;

use super::fault::Fault;
use super::layers::Layers;
use super::lifetime::Lifetime;
use super::read::section;
use super::{notify, smtp};

section! {
    pub Messages {
        email: EmailBy,
        sms: SmsBy,
        /// How long handing one over may take.
        time_limit: Lifetime<1, 15>,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmailBy {
    /// They stay in the outbox: in production refused.
    Outbox,
    Notify,
    Smtp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmsBy {
    /// They stay in the outbox: in production refused.
    Outbox,
    Notify,
    /// No number can be sent a code.
    None,
}

/// What is missing for what was chosen; and in production, what reaches nobody.
pub(super) fn refusals(layers: &Layers, is_production: bool) -> Vec<Fault> {
    let email = layers.peek::<EmailBy>("messages", "email");
    let sms = layers.peek::<SmsBy>("messages", "sms");
    let mut faults = Vec::new();
    if let Some((EmailBy::Outbox, place)) = &email
        && is_production
    {
        let what = "should be notify or smtp in production: people would wait for codes that never come";
        faults.push(Fault::new(place, "messages.email", what));
    }
    if let Some((SmsBy::Outbox, place)) = &sms
        && is_production
    {
        let what = "should be notify or none in production: people would wait for codes that never come";
        faults.push(Fault::new(place, "messages.sms", what));
    }
    let by_notify = (
        email.as_ref().is_some_and(|(by, _)| *by == EmailBy::Notify),
        sms.as_ref().is_some_and(|(by, _)| *by == SmsBy::Notify),
    );
    faults.extend(notify::refusals(layers, by_notify, is_production));
    if email.is_some_and(|(by, _)| by == EmailBy::Smtp) {
        faults.extend(smtp::refusals(layers, is_production));
    }
    faults
}
