//! Asks support, with evidence, for a change of what a teaching record says.

use std::sync::Arc;

use identity::account::AccountId;
use identity::change_request::{ChangeRequest, ChangeRequestId, ChangeState, EvidenceFile, Subject, Wanted};
use identity::client::Client;
use identity::event::EventKind;
use identity::evidence::{Evidence, EvidenceFault};
use identity::ticket::Reference;
use store::{Constraint, Db, StoreError};

use crate::Journeys;
use crate::messages::ChangeRequested;
use crate::scribe::{NotWritten, Scribe};

/// What became of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Support decides; the person calls it by this.
    Pending(Reference),
    /// A request of this subject waits already, and this one is not needed.
    AlreadyPending,
    /// The file cannot be taken.
    Refused(EvidenceFault),
}

impl Journeys {
    /// Keeps the file and the request, and tells the person. The service is the one that they came from.
    ///
    /// # Errors
    /// When the database fails, or the letter cannot be written.
    pub async fn ask_for_change(
        &self,
        account: AccountId,
        wanted: Wanted,
        evidence: &Evidence,
        client: Option<Arc<Client>>,
    ) -> Result<Asked, NotWritten> {
        let Some(room) = &self.evidence else { return Ok(Asked::Refused(EvidenceFault::TryLater)) };
        let subject = wanted.subject();
        // Before the scanner is troubled; the index decides when two ask at once.
        let pending = self.store.read(move |db| db.change_requests().pending_of_account(account)).await?;
        if pending.iter().any(|request: &ChangeRequest| request.wanted.subject() == subject) {
            return Ok(Asked::AlreadyPending);
        }
        let file = match room.receive(evidence).await? {
            Ok(file) => file,
            Err(fault) => return Ok(Asked::Refused(fault)),
        };
        let scribe = Scribe::new(self.clone(), self.clock.now(), client.clone());
        let request = self.change_request(account, wanted, file, client.as_deref());
        self.store.transact(move |db| scribe.change_asked_for(db, request)).await
    }

    fn change_request(
        &self,
        account: AccountId,
        wanted: Wanted,
        evidence: EvidenceFile,
        client: Option<&Client>,
    ) -> ChangeRequest {
        ChangeRequest {
            id: ChangeRequestId::new(&self.random),
            reference: Reference::new(&self.random),
            account,
            wanted,
            evidence,
            client: client.map(|client| client.id.clone()),
            state: ChangeState::Pending,
            created_at: self.clock.now(),
        }
    }
}

impl Scribe {
    fn change_asked_for(&self, db: &mut Db<'_>, mut request: ChangeRequest) -> Result<Asked, NotWritten> {
        loop {
            match db.change_requests().create(&request) {
                Ok(()) => break,
                Err(StoreError::Unique(Constraint::PendingChange)) => return Ok(Asked::AlreadyPending),
                // Another request happens to be called the same.
                Err(StoreError::Unique(Constraint::ChangeReference)) => {
                    request.reference = Reference::new(&self.journeys.random);
                }
                Err(error) => return Err(error.into()),
            }
        }
        let (reference, subject) = (request.reference, request.wanted.subject());
        self.event(db, request.account, EventKind::ChangeRequested { reference: reference.clone(), subject })?;
        if let Some(account) = db.accounts().by_id(request.account)? {
            let official_name = subject == Subject::OfficialName;
            let addressee = self.addressee(&account);
            let letter = ChangeRequested { addressee, official_name, reference: reference.to_string() };
            self.letter(db, &letter, &account.email)?;
        }
        Ok(Asked::Pending(reference))
    }
}
