//! `[smtp]`: a mail server, for those who have no GOV.UK Notify.

use std::num::NonZeroU16;

use partners::messages::smtp::{NoSender, Security, Sender};
use serde::Deserialize;

use super::evidence::Secret;
use super::fault::Fault;
use super::layers::Layers;
use super::read::section;

section! {
    pub Smtp {
        host: String,
        port: NonZeroU16,
        security: SmtpSecurity,
        /// Empty: nobody signs in.
        user: String,
        password: Secret,
        from: From,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    Tls,
    StartTls,
    /// For a server on the same machine; in production refused.
    None,
}

impl SmtpSecurity {
    pub fn security(self) -> Security {
        match self {
            SmtpSecurity::Tls => Security::Tls,
            SmtpSecurity::StartTls => Security::StartTls,
            SmtpSecurity::None => Security::None,
        }
    }
}

/// Whom mails are from, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct From(Option<Sender>);

impl From {
    pub fn sender(&self) -> Option<&Sender> {
        self.0.as_ref()
    }
}

impl TryFrom<String> for From {
    type Error = NoSender;

    fn try_from(text: String) -> Result<Self, NoSender> {
        if text.is_empty() { Ok(From(None)) } else { text.parse().map(|sender| From(Some(sender))) }
    }
}

/// What is missing to send by SMTP, and what is not safe.
pub(super) fn refusals(layers: &Layers, is_production: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut refuse = |key: &str, place: String, what: &str| faults.push(Fault::new(place, format!("smtp.{key}"), what));
    let text = |key: &str| layers.peek::<String>("smtp", key).unwrap_or_default();
    for key in ["host", "from"] {
        if let (value, place) = text(key)
            && value.is_empty()
        {
            refuse(key, place, "is needed to send by SMTP");
        }
    }
    let ((user, _), (password, place)) = (text("user"), text("password"));
    if user.is_empty() != password.is_empty() {
        refuse("password", place, "goes with a user: give both or neither");
    }
    if let Some((SmtpSecurity::None, place)) = layers.peek("smtp", "security") {
        let is_near = ["localhost", "127.0.0.1", "::1"].contains(&text("host").0.as_str());
        if is_production {
            refuse("security", place, "should be tls or starttls in production");
        } else if !is_near {
            refuse("security", place, "should be tls or starttls for a server that is not on this machine");
        }
    }
    faults
}
