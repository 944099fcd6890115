//! Who is told of what.

use std::fmt;

use identity::webhook::Webhook;

/// One webhook a line. Of an address only the host is shown: the rest may be known to the two of us alone.
#[derive(Debug)]
pub struct List<'w>(pub &'w [Webhook]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("There are no webhooks.");
        }
        write!(f, "{:<24} {:<8} {:<32} EVENTS", "WEBHOOK", "ENABLED", "HOST")?;
        for webhook in self.0 {
            let enabled = if webhook.enabled { "yes" } else { "no" };
            let events: Vec<&str> = webhook.events.iter().map(|event| event.as_str()).collect();
            let host = webhook.endpoint.host_str().unwrap_or("-");
            write!(f, "\n{:<24} {enabled:<8} {host:<32} {}", webhook.name.as_str(), events.join(" "))?;
        }
        Ok(())
    }
}
