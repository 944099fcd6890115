//! The GOV.UK One Logins that lead to the account, each with a button that takes it off.

use actix_web::HttpRequest;
use actix_web::web::{Bytes, Data};
use identity::event::EventKind;
use identity::one_login::OneLoginLink;
use serde_json::{Value, json};
use store::StoreError;
use uuid::Uuid;

use super::visitor::written;
use crate::Journeys;
use crate::form::Form;
use crate::handlers::{Answer, see_other};
use crate::messages::OneLoginRemoved;
use crate::scribe::{NotWritten, Scribe};

pub(super) async fn show(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let account = visitor.account.id;
    let links = journeys.store.read(move |db| db.one_logins().of_account(account));
    let links = links.await.map_err(|error: StoreError| error)?;
    let view = json!({ "links": links.iter().map(row).collect::<Vec<_>>() });
    Ok(journeys.account_page(&visitor, ("one-login", "GOV.UK One Login"), view))
}

/// Who takes one off twice has taken it off.
pub(super) async fn unlink(journeys: Data<Journeys>, request: HttpRequest, body: Bytes) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    if let Ok(id) = Form::read(&body).get("link").parse::<Uuid>() {
        let scribe = Scribe::new(journeys.get_ref().clone(), journeys.clock.now(), Some(visitor.client.clone()));
        let account = visitor.account.clone();
        let unlinked = journeys.store.transact(move |db| {
            if db.one_logins().unlink(account.id, id)? {
                scribe.event(db, account.id, EventKind::OneLoginUnlinked)?;
                let letter = OneLoginRemoved { addressee: scribe.addressee(&account) };
                scribe.letter(db, &letter, &account.email)?;
            }
            Ok::<_, NotWritten>(())
        });
        unlinked.await?;
    }
    Ok(see_other(&visitor.way_to("/one-login")))
}

fn row(link: &OneLoginLink) -> Value {
    json!({ "id": link.id, "since": written(link.linked_at), "last": written(link.last_used_at) })
}
