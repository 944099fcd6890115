//! Where the teaching records of a test are: at a simulator of the department's API.

use std::sync::Arc;
use std::time::Duration;

use identity::record::{Records, TeachingRecord};
use identity::secret::Plain;
use identity::trn::Trn;
use partners::http::Address;
use partners::records::RecordsApi;
use partners::simulators::Switch;
use partners::simulators::records::{RecordsServer, SAMPLE_KEY};
use store::Store;

pub(crate) struct Register(RecordsServer);

impl Register {
    pub(crate) fn new(_: &Store) -> Register {
        Register(RecordsServer::start(([127, 0, 0, 1], 0).into(), Switch::default(), SAMPLE_KEY, []).unwrap())
    }

    pub(crate) fn source(&self) -> Arc<dyn Records> {
        let address = Address::new(self.0.url(), Duration::from_secs(4));
        Arc::new(RecordsApi::new(address, Plain::new(SAMPLE_KEY)).unwrap())
    }

    /// It has these from now on, new or as they are now.
    pub(crate) async fn has(&self, records: Vec<TeachingRecord>) {
        self.0.has(records);
    }

    pub(crate) async fn record(&self, trn: &Trn) -> Option<TeachingRecord> {
        self.0.record(trn)
    }
}
