//! Support is asked, with evidence, for a change of what the teaching record says.

use identity::account::AccountId;
use identity::change_request::{ChangeRequest, ChangeRequestId, ChangeState, Subject};
use identity::event::EventKind;
use identity::ticket::Reference;
use store::{Constraint, Db, StoreError};

use super::{Failed, Last};
use crate::ending::Request;
use crate::messages::ChangeRequested;

impl Last {
    pub(super) fn ask_for_changes(&self, db: &mut Db<'_>, id: AccountId, requests: &[Request]) -> Result<(), Failed> {
        requests.iter().try_for_each(|request| self.ask_for_change(db, id, request).map(drop))
    }

    /// What support calls the request by. Nothing when one of its subject waits already, or when the record says by now
    /// what is asked for.
    pub(super) fn ask_for_change(
        &self,
        db: &mut Db<'_>,
        id: AccountId,
        request: &Request,
    ) -> Result<Option<Reference>, Failed> {
        if self.seen.as_ref().is_some_and(|seen| request.wanted.is_in(&seen.now)) {
            return Ok(None);
        }
        let subject = request.wanted.subject();
        let Some(reference) = self.keep_request(db, self.change_request(id, request))? else { return Ok(None) };
        self.scribe.event(db, id, EventKind::ChangeRequested { reference: reference.clone(), subject })?;
        if let Some(account) = db.accounts().by_id(id)? {
            let official_name = subject == Subject::OfficialName;
            let addressee = self.scribe.addressee(&account);
            let letter = ChangeRequested { addressee, official_name, reference: reference.to_string() };
            self.scribe.letter(db, &letter, &account.email)?;
        }
        Ok(Some(reference))
    }

    /// The index decides when two ask at once.
    fn keep_request(&self, db: &mut Db<'_>, mut request: ChangeRequest) -> Result<Option<Reference>, Failed> {
        loop {
            match db.change_requests().create(&request) {
                Ok(()) => return Ok(Some(request.reference)),
                Err(StoreError::Unique(Constraint::PendingChange)) => return Ok(None),
                // Another request happens to be called the same.
                Err(StoreError::Unique(Constraint::ChangeReference)) => {
                    request.reference = Reference::new(&self.scribe.journeys.random);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn change_request(&self, account: AccountId, request: &Request) -> ChangeRequest {
        let random = &self.scribe.journeys.random;
        ChangeRequest {
            id: ChangeRequestId::new(random),
            reference: Reference::new(random),
            account,
            wanted: request.wanted.clone(),
            evidence: request.evidence.clone(),
            client: Some(&self.client).filter(|client| !client.is_ourselves()).map(|client| client.id.clone()),
            state: ChangeState::Pending,
            created_at: self.at,
        }
    }
}
