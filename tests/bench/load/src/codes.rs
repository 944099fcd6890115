//! One-time codes on their way from the sink to the journeys that wait for them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::timeout;

use crate::failure::Failure;

/// The server hands a code over before it answers, unless the sink was slow.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(crate) struct Codes {
    by_address: RefCell<HashMap<String, String>>,
    came: Notify,
}

impl Codes {
    pub(crate) fn bring(&self, address: &str, code: String) {
        self.by_address.borrow_mut().insert(address.to_ascii_lowercase(), code);
        self.came.notify_waiters();
    }

    /// The code that was sent to an address last. It is taken once.
    pub(crate) async fn take(&self, address: &str) -> Result<String, Failure> {
        let address = address.to_ascii_lowercase();
        loop {
            if let Some(code) = self.by_address.borrow_mut().remove(&address) {
                return Ok(code);
            }
            timeout(PATIENCE, self.came.notified()).await.map_err(|_| Failure::new("no code came"))?;
        }
    }
}
