//! Asking support to delete the account, and taking that back while nobody has decided.

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use govuk::form::{Errors, FieldError};
use identity::account::Account;
use identity::event::EventKind;
use identity::matching::Identifiers;
use identity::ticket::{Agent, Decision, Reference, Ticket, TicketId, TicketKind, TicketState};
use serde_json::json;
use store::StoreError;

use super::visitor::{Drawn, Visitor, written};
use crate::Journeys;
use crate::failure::Failure;
use crate::form::Form;
use crate::handlers::{Answer, see_other};
use crate::messages::DeletionAsked;
use crate::scribe::{NotWritten, Scribe};

pub(super) async fn show(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    match journeys.visitor(&request).await? {
        Ok(visitor) => journeys.deletion_page(&visitor, Errors::default()).await,
        Err(turned) => Ok(turned),
    }
}

pub(super) async fn ask(journeys: Data<Journeys>, request: HttpRequest, body: Bytes) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    if Form::read(&body).yes_or_no("understood") != Some(true) {
        let error = FieldError::new("understood", "Select the box to say that you understand");
        return journeys.deletion_page(&visitor, error.into()).await;
    }
    journeys.ask_for_deletion(&visitor).await?;
    Ok(see_other(&visitor.way_to("/delete")))
}

pub(super) async fn withdraw(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    journeys.withdraw_deletion(&visitor).await?;
    Ok(see_other(&visitor.way_to("/delete")))
}

impl Journeys {
    async fn deletion_page(&self, visitor: &Visitor, errors: Errors) -> Result<HttpResponse, Failure> {
        let account = visitor.account.id;
        let open = self.store.read(move |db| db.tickets().open_deletion_of(account)).await?;
        let view = json!({
            "reference": open.as_ref().map(|ticket| ticket.reference.as_str()),
            "asked_at": open.as_ref().map(|ticket| written(ticket.created_at)),
            "withdraw_url": visitor.way_to("/delete/withdraw"),
        });
        let title = if open.is_some() { "You have asked us to delete your account" } else { "Delete your account" };
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        Ok(self.draw_account_page(visitor, Drawn { status, name: "delete", title, errors }, view))
    }

    /// One open ticket an account: who asks twice is heard once.
    async fn ask_for_deletion(&self, visitor: &Visitor) -> Result<(), NotWritten> {
        let scribe = Scribe::new(self.clone(), self.clock.now(), Some(visitor.client.clone()));
        let ticket = self.deletion_of(visitor);
        let account = visitor.account.clone();
        let asked = self.store.transact(move |db| {
            let Some(reference) = scribe.raise(db, &ticket)? else { return Ok(()) };
            let addressee = scribe.addressee(&account);
            let letter = DeletionAsked { addressee, reference: reference.to_string() };
            scribe.letter(db, &letter, &account.email)
        });
        asked.await
    }

    fn deletion_of(&self, visitor: &Visitor) -> Ticket {
        let Account { id, email, official_name, preferred_name, .. } = visitor.account.clone();
        Ticket {
            id: TicketId::new(&self.random),
            reference: Reference::new(&self.random),
            kind: TicketKind::AccountDeletion,
            account: Some(id),
            holder: None,
            interaction: None,
            client: Some(visitor.client.id.clone()),
            contact: email,
            name: official_name,
            preferred_name,
            stated: Identifiers::default(),
            claims_qts: None,
            verdict: None,
            state: TicketState::Open,
            created_at: self.clock.now(),
        }
    }

    /// Whoever comes too late is too late: support has decided.
    async fn withdraw_deletion(&self, visitor: &Visitor) -> Result<(), StoreError> {
        let (account, now) = (visitor.account.id, self.clock.now());
        let scribe = Scribe::new(self.clone(), now, Some(visitor.client.clone()));
        let withdrawn = self.store.transact(move |db| {
            let Some(ticket) = db.tickets().open_deletion_of(account)? else { return Ok(()) };
            if db.tickets().close(ticket.id, &Decision::Withdrawn, &Agent::service(), now)? {
                scribe.event(db, account, EventKind::TicketWithdrawn { reference: ticket.reference })?;
            }
            Ok(())
        });
        withdrawn.await
    }
}
