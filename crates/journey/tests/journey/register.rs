//! Where the teaching records of a test are: in the database, as an extract is.

use std::sync::Arc;

use identity::record::{Records, TeachingRecord};
use identity::trn::Trn;
use store::Store;

pub(crate) struct Register(Store);

impl Register {
    pub(crate) fn new(store: &Store) -> Register {
        Register(store.clone())
    }

    pub(crate) fn source(&self) -> Arc<dyn Records> {
        Arc::new(self.0.clone())
    }

    /// It has these from now on, new or as they are now.
    pub(crate) async fn has(&self, records: Vec<TeachingRecord>) {
        self.0.transact(move |db| db.records().upsert(&records)).await.unwrap();
    }

    pub(crate) async fn record(&self, trn: &Trn) -> Option<TeachingRecord> {
        self.0.by_trn(trn).await.unwrap()
    }
}
