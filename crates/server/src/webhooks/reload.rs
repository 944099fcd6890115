//! Reading the webhooks again while the server runs. What is told from then on is told to the new ones; what waits is signed
//! with their secrets. A bad edit changes nothing but the log.

use identity::webhook::Webhooks;

use super::of;
use crate::clients::{Follow, Snapshot};
use crate::config::{Profile, WebhookSettings};

/// The webhooks in use, and the files that they were last read from.
#[derive(Debug)]
pub struct Reload {
    settings: WebhookSettings,
    profile: Profile,
    webhooks: Webhooks,
    last: Option<Snapshot>,
}

impl Reload {
    /// For webhooks that were read a moment ago: the first look reads them once more.
    pub fn over(webhooks: Webhooks, settings: &WebhookSettings, profile: Profile) -> Reload {
        Reload { settings: settings.clone(), profile, webhooks, last: None }
    }
}

impl Follow for Reload {
    fn is_automatic(&self) -> bool {
        self.settings.reload
    }

    fn look_again(&mut self, forced: bool) {
        let now = Snapshot::take(&self.settings.directories);
        if self.last.as_ref() == Some(&now) && !forced {
            return;
        }
        match of(&now, self.profile) {
            Ok(webhooks) => {
                tracing::info!(webhooks = webhooks.len(), "the webhooks were read");
                self.webhooks.replace(webhooks);
            }
            Err(faults) => {
                for fault in &faults {
                    tracing::error!(%fault, "the webhooks' files are wrong");
                }
                tracing::error!(faults = faults.len(), "the webhooks stay as they were");
            }
        }
        self.last = Some(now);
    }
}
