//! Another name for a passkey, and one passkey less. Each is asked on a page of its own.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use govuk::form::Errors;
use identity::event::EventKind;
use identity::passkey::Passkey;
use serde_json::{Value, json};

use super::name;
use crate::Journeys;
use crate::account::visitor::Visitor;
use crate::failure::Failure;
use crate::form::Form;
use crate::handlers::{Answer, see_other};
use crate::messages::PasskeyRemoved;
use crate::scribe::{NotWritten, Scribe};

const RENAME: (&str, &str) = ("rename-passkey", "Rename your passkey");
const REMOVE: (&str, &str) = ("remove-passkey", "Do you want to remove this passkey?");

pub(super) async fn ask_name(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    Ok(match journeys.visitor_and_passkey(&request, &id).await? {
        Ok((visitor, passkey)) => {
            journeys.passkey_page(&visitor, RENAME, named(passkey.name.as_str()), &Errors::default())
        }
        Err(turned) => turned,
    })
}

pub(super) async fn rename(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>, body: Bytes) -> Answer {
    let (visitor, passkey) = match journeys.visitor_and_passkey(&request, &id).await? {
        Ok(found) => found,
        Err(turned) => return Ok(turned),
    };
    let form = Form::read(&body);
    let name = match name(&form) {
        Ok(name) => name,
        Err(errors) => return Ok(journeys.passkey_page(&visitor, RENAME, named(form.get("name")), &errors)),
    };
    let (account, scribe) = (visitor.account.id, journeys.scribe_for(&visitor));
    let renamed = journeys.store.transact(move |db| {
        if name != passkey.name && db.passkeys().rename(account, passkey.id, &name)? {
            scribe.event(db, account, EventKind::PasskeyRenamed { passkey: passkey.id })?;
        }
        Ok::<_, NotWritten>(())
    });
    renamed.await?;
    Ok(see_other(&visitor.way_to("/passkeys?done=renamed")))
}

pub(super) async fn ask_to_remove(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    Ok(match journeys.visitor_and_passkey(&request, &id).await? {
        Ok((visitor, passkey)) => {
            journeys.passkey_page(&visitor, REMOVE, named(passkey.name.as_str()), &Errors::default())
        }
        Err(turned) => turned,
    })
}

/// Who removes one twice, or in two tabs, has removed it.
pub(super) async fn remove(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    let (visitor, passkey) = match journeys.visitor_and_passkey(&request, &id).await? {
        Ok(found) => found,
        Err(turned) => return Ok(turned),
    };
    let (account, scribe) = (visitor.account.clone(), journeys.scribe_for(&visitor));
    let removed = journeys.store.transact(move |db| {
        if db.passkeys().remove(account.id, passkey.id)? {
            scribe.event(db, account.id, EventKind::PasskeyRemoved { passkey: passkey.id })?;
            let letter = PasskeyRemoved::new(scribe.addressee(&account), &passkey.name);
            scribe.letter(db, &letter, &account.email)?;
        }
        Ok::<_, NotWritten>(())
    });
    removed.await?;
    Ok(see_other(&visitor.way_to("/passkeys?done=removed")))
}

impl Journeys {
    /// What is not, or not any more, a passkey of the visitor leads back to the list.
    async fn visitor_and_passkey(
        &self,
        request: &HttpRequest,
        id: &str,
    ) -> Result<Result<(Visitor, Passkey), HttpResponse>, Failure> {
        let visitor = match self.visitor(request).await? {
            Ok(visitor) => visitor,
            Err(turned) => return Ok(Err(turned)),
        };
        let passkey = self.passkeys_of(&visitor).await?.into_iter().find(|passkey| passkey.id.to_string() == id);
        Ok(match passkey {
            Some(passkey) => Ok((visitor, passkey)),
            None => Err(see_other(&visitor.way_to("/passkeys"))),
        })
    }

    fn scribe_for(&self, visitor: &Visitor) -> Scribe {
        Scribe::new(self.clone(), self.clock.now(), Some(visitor.client.clone()))
    }
}

/// What both pages show.
fn named(name: &str) -> Value {
    json!({ "form": { "name": name } })
}
