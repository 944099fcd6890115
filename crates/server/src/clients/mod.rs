//! The relying services: read from their files, checked as a whole, read again when the files change.

mod check;
pub(crate) mod file;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod reload;
mod samples;
mod sector;
mod snapshot;
#[cfg(test)]
mod tests;
pub(crate) mod uri;

use identity::client::Client;

pub use reload::{Follow, Reload, Seen, follow};
pub use samples::sample_secrets;
pub use snapshot::Snapshot;

use crate::config::{ClientSettings, Fault, Profile};

/// Reads every client.
///
/// # Errors
/// Everything that is wrong in any of the files, at once.
pub fn load(settings: &ClientSettings, profile: Profile) -> Result<Vec<Client>, Vec<Fault>> {
    Snapshot::take(&settings.directories).clients(profile)
}
