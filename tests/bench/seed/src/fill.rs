//! Writes to the database while the next people are being made: on PostgreSQL by several connections at once.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use identity::record::TeachingRecord;
use store::{Store, StoreError};

use crate::SeedError;
use crate::registration::Registration;

/// Records in one transaction: enough that a row costs little, few enough that memory stays flat.
const FULL: usize = 2_000;

/// What goes into one transaction.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) records: Vec<TeachingRecord>,
    pub(crate) registrations: Vec<Registration>,
}

impl Batch {
    pub(crate) fn is_full(&self) -> bool {
        self.records.len() >= FULL
    }

    fn write(&self, store: &Store) -> Result<(), StoreError> {
        store.transact_blocking(|db| {
            db.records().upsert(&self.records)?;
            for Registration { account, events } in &self.registrations {
                db.accounts().create(account)?;
                events.iter().try_for_each(|event| db.events().record(event))?;
            }
            Ok(())
        })
    }
}

/// Whatever `make` sends is written, each batch on its own. Ends when all of it is.
pub(crate) fn fill(
    store: &Store,
    writers: usize,
    make: impl FnOnce(SyncSender<Batch>) -> Result<(), SeedError>,
) -> Result<(), SeedError> {
    let (sender, receiver) = sync_channel(writers);
    let receiver = Arc::new(Mutex::new(receiver));
    std::thread::scope(|scope| {
        let write = |receiver: Arc<Mutex<Receiver<Batch>>>| scope.spawn(move || write_all(store, &receiver));
        let writing: Vec<_> = (0..writers).map(|_| write(receiver.clone())).collect();
        // Once no writer is left that would receive anything, nothing more can be sent.
        drop(receiver);
        let made = make(sender);
        for writer in writing {
            writer.join().expect("a writer does not panic")?;
        }
        made
    })
}

fn write_all(store: &Store, batches: &Mutex<Receiver<Batch>>) -> Result<(), StoreError> {
    loop {
        let next = batches.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = next else { return Ok(()) };
        batch.write(store)?;
    }
}
