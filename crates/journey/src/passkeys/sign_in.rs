//! Signing in with a passkey instead of an address. What it proves enters the walk as an answer of the first page, and
//! everything after that is as it is for a code.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use identity::account::AccountId;
use identity::clock::Time;
use identity::event::EventKind;
use identity::passkey::{CeremonyOwner, Passkey};
use store::{Db, StoreError};

use super::ceremony::{self, Trouble, no_challenge};
use super::{KeyAnswer, WebAuthn};
use crate::Journeys;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::form::Form;
use crate::handlers::{ATTEMPTS, Answer, to_frontier};
use crate::load::Visit;
use crate::metrics;
use crate::page::{Page, Question};
use crate::pages::email::EmailPage;
use crate::scribe::Scribe;
use crate::walk::Progress;

/// A challenge for the script of the first page.
pub(crate) async fn challenge(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    let Some(web_authn) = &journeys.settings.passkeys else {
        return Ok(no_challenge(StatusCode::NOT_FOUND, Trouble::Other));
    };
    let Ok(mut visit) = journeys.visit(&request, &id).await? else {
        return Ok(no_challenge(StatusCode::BAD_REQUEST, Trouble::Expired));
    };
    let progress = journeys.follow(&mut visit).await?;
    if !asks_who(&progress) {
        return Ok(no_challenge(StatusCode::BAD_REQUEST, Trouble::Expired));
    }
    let owner = CeremonyOwner::Interaction(visit.interaction.id);
    Ok(journeys.give_challenge(&visit.asker, owner, web_authn.challenge()).await?)
}

/// The form in which the script brings what the device answered.
pub(crate) async fn submit(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>, body: Bytes) -> Answer {
    let form = Form::read(&body);
    let mut shown = None;
    for _ in 0..ATTEMPTS {
        let mut visit = match journeys.visit(&request, &id).await? {
            Ok(visit) => visit,
            Err(refusal) => return Ok(journeys.refuse(refusal).await?),
        };
        let progress = journeys.follow(&mut visit).await?;
        if !asks_who(&progress) {
            return Ok(to_frontier(&visit, &progress));
        }
        // A challenge is answered once, however often the journey has to be taken up.
        let account = match shown {
            Some(account) => account,
            None => match journeys.shown(&visit, &form).await? {
                Ok(account) => *shown.insert(account),
                Err(trouble) => return journeys.show_trouble(&visit, &progress, trouble).await,
            },
        };
        visit.state.answers.passkey = Some(account);
        visit.state.answers.one_login = None;
        if let Some(answer) = journeys.go_on(visit, false, None).await? {
            return Ok(answer);
        }
    }
    Err(Failure::Busy)
}

/// Is the page on the trail on which people say who they are?
fn asks_who(progress: &Progress<Ending>) -> bool {
    progress.allows(Page::named(EmailPage::PATH))
}

impl Journeys {
    /// Whose passkey was shown.
    async fn shown(&self, visit: &Visit, form: &Form) -> Result<Result<AccountId, Trouble>, StoreError> {
        if let Some(trouble) = Trouble::told(form) {
            return Ok(Err(trouble));
        }
        let (Some(web_authn), Some(id)) = (self.settings.passkeys.clone(), ceremony::of(form)) else {
            return Ok(Err(Trouble::Other));
        };
        let Ok(answer) = KeyAnswer::read(form.get("credential")) else { return Ok(Err(Trouble::Other)) };
        let now = self.clock.now();
        let owner = CeremonyOwner::Interaction(visit.interaction.id);
        let scribe = Scribe::new(self.clone(), now, Some(visit.client.clone()));
        let shown = self
            .store
            .transact(move |db| {
                // The challenge is gone now, whatever comes of it.
                let Some(state) = db.passkey_ceremonies().take(id, owner, now)? else {
                    return Ok(Err(Trouble::Expired));
                };
                let Some(passkey) = db.passkeys().by_credential_id(&answer.credential_id())? else {
                    return Ok(Err(Trouble::Unknown));
                };
                if db.accounts().by_id(passkey.account)?.is_none() {
                    return Ok(Err(Trouble::Unknown));
                }
                used(db, (&web_authn, &answer, &state), &passkey, (&scribe, now))
            })
            .await?;
        metrics::count_passkey(shown.map(drop));
        Ok(shown)
    }

    async fn show_trouble(&self, visit: &Visit, progress: &Progress<Ending>, trouble: Trouble) -> Answer {
        let page = Page::named(EmailPage::PATH);
        self.show(visit, progress, page, Some((&Form::default(), trouble.errors(words)))).await
    }
}

/// Checks a passkey and notes its use. One that may have been copied is noted too, and not accepted.
fn used(
    db: &mut Db<'_>,
    (web_authn, answer, state): (&WebAuthn, &KeyAnswer, &str),
    passkey: &Passkey,
    (scribe, now): (&Scribe, Time),
) -> Result<Result<AccountId, Trouble>, StoreError> {
    let trouble = match web_authn.check(answer, state, passkey) {
        Ok(credential) if db.passkeys().mark_used(passkey, &credential, now)? => return Ok(Ok(passkey.account)),
        // Somebody else used it at this moment, or removed it.
        Ok(_) => Trouble::Expired,
        Err(fault) => fault.into(),
    };
    if trouble == Trouble::Copied {
        scribe.event(db, passkey.account, EventKind::PasskeyCopied { passkey: passkey.id })?;
    }
    Ok(Err(trouble))
}

/// What to do instead.
fn words(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Cancelled => "We did not get a passkey from your device: try again, or enter your email address",
        Trouble::Unknown => "We do not know this passkey: enter your email address to get a code instead",
        Trouble::Expired => "Your passkey took too long: try again, or enter your email address",
        Trouble::Copied => {
            "Somebody may have copied this passkey, so you cannot use it: enter your email address to get a code instead"
        }
        Trouble::TooSoon => "There were too many tries: enter your email address, or try again in a few minutes",
        Trouble::Existing | Trouble::Full | Trouble::Other => {
            "We could not use your passkey: try again, or enter your email address"
        }
    }
}
