//! Takes files of evidence in: each is scanned, written down, and only then kept. Whatever dies in between leaves a file
//! that no request names, which is swept.

use std::sync::Arc;

use chrono::Duration;
use identity::change_request::EvidenceFile;
use identity::clock::{Clock, Time};
use identity::evidence::{Evidence, EvidenceFault, EvidenceId, EvidenceStore, Scan, Scanner};
use identity::random::Random;
use store::{Store, StoreError};

/// A file without a request after so long has been given up: a request follows its file within a moment.
const UNNAMED: Duration = Duration::days(1);
/// Files that one round of sweeping takes up.
const ROUND: u32 = 100;

/// Where evidence is kept, and who looks at it first.
#[derive(Clone)]
pub struct EvidenceRoom {
    pub files: Arc<dyn EvidenceStore>,
    pub scanner: Arc<dyn Scanner>,
    pub store: Store,
    pub clock: Clock,
    pub random: Random,
}

impl EvidenceRoom {
    /// Keeps a file, or says why not. The request that is to name it has to follow at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn receive(&self, evidence: &Evidence) -> Result<Result<EvidenceFile, EvidenceFault>, StoreError> {
        match self.scanner.scan(&evidence.bytes).await {
            Ok(Scan::Clean) => {}
            Ok(Scan::Infected) => {
                tracing::warn!("a file of evidence is infected, and is not kept");
                return Ok(Err(EvidenceFault::Infected));
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a file of evidence cannot be scanned");
                return Ok(Err(EvidenceFault::TryLater));
            }
        }
        let (id, now) = (EvidenceId::new(&self.random), self.clock.now());
        self.store.transact(move |db| db.evidence_files().expect(id, now)).await?;
        if let Err(error) = self.files.put(id, &evidence.bytes).await {
            tracing::error!(error = &error as &dyn std::error::Error, "a file of evidence cannot be kept");
            return Ok(Err(EvidenceFault::TryLater));
        }
        Ok(Ok(EvidenceFile::of(id, evidence)))
    }

    /// Deletes the files that no request names, and those of requests that were decided before `decided`. Says how many.
    ///
    /// # Errors
    /// When the database fails. A file that cannot be deleted keeps its turn.
    pub async fn sweep(&self, decided: Time) -> Result<usize, StoreError> {
        let unnamed = self.clock.now() - UNNAMED;
        let outlived = self.store.read(move |db| db.evidence_files().outlived(unnamed, decided, ROUND)).await?;
        let mut swept = 0;
        for id in outlived {
            if let Err(error) = self.files.delete(id).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "a file of evidence cannot be deleted");
                break;
            }
            swept += usize::from(self.store.transact(move |db| db.evidence_files().forget(id)).await?);
        }
        Ok(swept)
    }
}
