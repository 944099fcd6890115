//! A linked record as it is now: it may have been merged into another, once or more often.

use identity::record::TeachingRecord;
use identity::trn::Trn;

use crate::Journeys;
use crate::follow::Patience;
use crate::journey::MERGES;

#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// The record of the TRN that was looked for.
    pub linked: TeachingRecord,
    /// The same, or the one that it became.
    pub now: TeachingRecord,
}

impl Journeys {
    /// Nothing when the records do not answer in time, or have no such record.
    pub(crate) async fn see(&self, trn: &Trn, patience: &Patience) -> Option<Seen> {
        let linked = self.record(trn, patience).await?;
        let mut now = linked.clone();
        for _ in 0..MERGES {
            let Some(successor) = &now.merged_into else { break };
            now = self.record(successor, patience).await?;
        }
        Some(Seen { linked, now })
    }
}
