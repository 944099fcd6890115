//! The webhooks: read from their files, checked as a whole, read again when the files change.

mod file;
mod list;
mod reload;
#[cfg(test)]
mod tests;

use identity::webhook::Webhook;

pub use list::List;
pub use reload::Reload;

use crate::clients::Snapshot;
use crate::config::{Fault, Profile, WebhookSettings};

/// Reads every webhook.
///
/// # Errors
/// Everything that is wrong in any of the files, at once.
pub fn load(settings: &WebhookSettings, profile: Profile) -> Result<Vec<Webhook>, Vec<Fault>> {
    of(&Snapshot::take(&settings.directories), profile)
}

/// Every webhook of a snapshot.
fn of(snapshot: &Snapshot, profile: Profile) -> Result<Vec<Webhook>, Vec<Fault>> {
    let (mut faults, mut webhooks) = (Vec::new(), Vec::<Webhook>::new());
    for (path, text) in snapshot.texts(&mut faults) {
        let Some(webhook) = file::parse(path, text, profile, &mut faults) else { continue };
        if webhooks.iter().any(|other| other.name == webhook.name) {
            faults.push(Fault::new(path.display().to_string(), "", "another file has the same name"));
        }
        webhooks.push(webhook);
    }
    if faults.is_empty() { Ok(webhooks) } else { Err(faults) }
}
