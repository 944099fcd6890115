//! Taking a request to change the record back while support has not decided.

use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use identity::change_request::{ChangeDecision, ChangeRequest, ChangeRequestId};
use identity::event::EventKind;
use identity::ticket::Agent;

use super::visitor::Visitor;
use crate::Journeys;
use crate::handlers::{Answer, see_other};
use crate::scribe::{NotWritten, Scribe};

/// Under the address of the account.
pub(super) fn path(request: &ChangeRequest) -> String {
    format!("/requests/{}/withdraw", request.id)
}

pub(super) async fn submit(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    if let Ok(id) = id.parse() {
        journeys.withdraw(&visitor, id).await?;
    }
    Ok(see_other(&visitor.way_to("")))
}

impl Journeys {
    /// Nothing happens where support was quicker, or where it is somebody else's request.
    async fn withdraw(&self, visitor: &Visitor, id: ChangeRequestId) -> Result<(), NotWritten> {
        let (account, at) = (visitor.account.id, self.clock.now());
        let scribe = Scribe::new(self.clone(), at, Some(visitor.client.clone()));
        self.store
            .transact(move |db| {
                let request = db.change_requests().by_id(id)?.filter(|request| request.account == account);
                let Some(request) = request else { return Ok(()) };
                let (decision, by) = (ChangeDecision::Withdrawn, Agent::service());
                if db.change_requests().decide(id, decision, &by, at)? {
                    let kind = EventKind::ChangeDecided { reference: request.reference, decision, by };
                    scribe.event(db, account, kind)?;
                }
                Ok(())
            })
            .await
    }
}
