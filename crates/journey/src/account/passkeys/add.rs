//! One more passkey. It opens the account as its owner's email does, so the session alone is not enough to add one: the
//! person has proved lately who they are.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use identity::errand::Errand;
use identity::passkey::CeremonyOwner;

use super::name;
use crate::Journeys;
use crate::form::Form;
use crate::handlers::{Answer, see_other};
use crate::passkeys::ceremony::{Trouble, no_challenge};
use crate::passkeys::make::{Making, words};
use crate::scribe::Scribe;

/// Somebody who has been signed in for longer proves who they are, and comes back.
pub(super) async fn prove(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    match journeys.visitor(&request).await? {
        Ok(visitor) => {
            let errand = Errand::Passkeys { link: visitor.link.clone() };
            journeys.begin_sign_in(&request, (errand, &visitor.client)).await
        }
        Err(turned) => Ok(turned),
    }
}

/// A challenge for the script. What is no name is told before the device makes a key.
pub(super) async fn challenge(journeys: Data<Journeys>, request: HttpRequest, body: Bytes) -> Answer {
    let visitor = journeys.visitor(&request).await?.ok().filter(|visitor| journeys.proved_lately(visitor));
    let Some(visitor) = visitor else { return Ok(no_challenge(StatusCode::BAD_REQUEST, Trouble::Expired)) };
    if name(&Form::read(&body)).is_err() {
        return Ok(no_challenge(StatusCode::BAD_REQUEST, Trouble::Other));
    }
    let owner = CeremonyOwner::Session(visitor.session.id);
    Ok(journeys.challenge_to_make(&journeys.asker(&request), &visitor.account, owner).await?)
}

/// The form in which the script brings what the device made.
pub(super) async fn submit(journeys: Data<Journeys>, request: HttpRequest, body: Bytes) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let form = Form::read(&body);
    let name = match name(&form) {
        Ok(name) => name,
        Err(errors) => return journeys.passkey_list(&request, &visitor, &form, &errors).await,
    };
    // Whoever took too long since they proved who they are finds the way to do it again on the page.
    if !journeys.proved_lately(&visitor) {
        return Ok(see_other(&visitor.way_to("/passkeys")));
    }
    let making = Making { account: visitor.account.id, owner: CeremonyOwner::Session(visitor.session.id), name };
    let scribe = Scribe::new(journeys.get_ref().clone(), journeys.clock.now(), Some(visitor.client.clone()));
    match journeys.keep_passkey(making, &form, scribe).await? {
        Ok(()) => Ok(see_other(&visitor.way_to("/passkeys?done=added"))),
        Err(trouble) => journeys.passkey_list(&request, &visitor, &form, &trouble.errors(words)).await,
    }
}
