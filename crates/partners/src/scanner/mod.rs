//! Who looks for viruses: a command of the operator's, or clamd. In development, nobody.

mod clamd;
mod command;

use async_trait::async_trait;
use identity::evidence::{Scan, ScanFailed, Scanner};

pub use clamd::{Clamd, ClamdAddress};
pub use command::Command;

/// Finds everything clean. For development alone.
#[derive(Clone, Copy, Debug)]
pub struct Nobody;

#[async_trait]
impl Scanner for Nobody {
    async fn scan(&self, _bytes: &[u8]) -> Result<Scan, ScanFailed> {
        Ok(Scan::Clean)
    }
}
