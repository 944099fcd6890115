//! Where teaching records come from, as the configuration has it.

use std::sync::Arc;

use identity::record::Records;
use identity::secret::Plain;
use partners::http::{Address, NotSetUp};
use partners::records::RecordsApi;
use store::Store;

use crate::config::{self, RecordsFrom};

/// The extract in the database, or the department's API.
///
/// # Errors
/// When the API cannot be called at all.
pub fn source(config: &config::Records, store: &Store) -> Result<Arc<dyn Records>, NotSetUp> {
    Ok(match config.source {
        RecordsFrom::Extract => Arc::new(store.clone()),
        RecordsFrom::Api => {
            let base = config.api_base.url().expect("the configuration takes no API without an address").clone();
            let time_budget = config.api_timeout.duration().to_std().expect("a time limit is not negative");
            Arc::new(RecordsApi::new(Address::new(base, time_budget), Plain::new(config.api_key.expose()))?)
        }
    })
}
