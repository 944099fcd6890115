//! Making a passkey for an account, by whoever has just proved that it is theirs. The owner is told by email.

use actix_web::http::StatusCode;
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use identity::account::{Account, AccountId};
use identity::device::Device;
use identity::event::EventKind;
use identity::passkey::{CeremonyOwner, MAX_PER_ACCOUNT, Passkey, PasskeyId, PasskeyName};
use store::{Constraint, Db, StoreError};

use super::WebAuthn;
use super::ceremony::{self, Trouble, no_challenge};
use super::web_authn::{NewKey, Owner};
use crate::Journeys;
use crate::budgets::Asker;
use crate::failure::Failure;
use crate::form::Form;
use crate::messages::PasskeyAdded;
use crate::scribe::{NotWritten, Scribe};

/// Whoever makes a passkey has proved who they are within so long: an open browser that was left alone is not enough.
pub(crate) const LATELY: Duration = Duration::minutes(15);

/// What the passkey of this browser might be called.
pub(crate) fn suggested_name(request: &HttpRequest) -> PasskeyName {
    let header = request.headers().get(USER_AGENT).and_then(|header| header.to_str().ok());
    let device = header.and_then(Device::of_user_agent);
    let name = device.as_ref().map_or("My passkey", Device::as_str);
    PasskeyName::parse(name).expect("what we call a browser is a short name")
}

/// A passkey that is to be.
pub(crate) struct Making {
    pub account: AccountId,
    /// Whose the challenge was.
    pub owner: CeremonyOwner,
    pub name: PasskeyName,
}

impl Journeys {
    /// A challenge for the script of a page on which passkeys are made.
    pub(crate) async fn challenge_to_make(
        &self,
        asker: &Asker,
        account: &Account,
        owner: CeremonyOwner,
    ) -> Result<HttpResponse, StoreError> {
        let Some(web_authn) = &self.settings.passkeys else {
            return Ok(no_challenge(StatusCode::NOT_FOUND, Trouble::Other));
        };
        let id = account.id;
        let others = self.store.read(move |db| db.passkeys().of_account(id)).await?;
        if others.len() >= MAX_PER_ACCOUNT {
            return Ok(no_challenge(StatusCode::BAD_REQUEST, Trouble::Full));
        }
        let preferred = account.preferred_name.as_ref().map(|name| name.as_str().to_owned());
        let owner_of_key = Owner {
            account: id,
            name: account.email.to_string(),
            display_name: preferred.unwrap_or_else(|| account.official_name.short()),
        };
        self.give_challenge(asker, owner, web_authn.registration(&owner_of_key, &others)).await
    }

    /// Keeps what a device made of such a challenge, with the event and the letter.
    pub(crate) async fn keep_passkey(
        &self,
        making: Making,
        form: &Form,
        scribe: Scribe,
    ) -> Result<Result<(), Trouble>, Failure> {
        if let Some(trouble) = Trouble::told(form) {
            return Ok(Err(trouble));
        }
        let (Some(web_authn), Some(ceremony)) = (self.settings.passkeys.clone(), ceremony::of(form)) else {
            return Ok(Err(Trouble::Other));
        };
        let answer = form.get("credential").to_owned();
        let kept = self.store.transact(move |db| {
            let Some(state) = db.passkey_ceremonies().take(ceremony, making.owner, scribe.at())? else {
                return Ok::<_, NotWritten>(Err(Trouble::Expired));
            };
            match checked(db, (&web_authn, &answer, &state), making.account)? {
                Ok(key) => keep(db, making, key, &scribe),
                Err(trouble) => Ok(Err(trouble)),
            }
        });
        Ok(kept.await?)
    }
}

fn checked(
    db: &mut Db<'_>,
    (web_authn, answer, state): (&WebAuthn, &str, &str),
    account: AccountId,
) -> Result<Result<NewKey, Trouble>, StoreError> {
    if db.passkeys().of_account(account)?.len() >= MAX_PER_ACCOUNT {
        return Ok(Err(Trouble::Full));
    }
    Ok(web_authn.register(answer, state).map_err(|_| Trouble::Other))
}

fn keep(db: &mut Db<'_>, making: Making, key: NewKey, scribe: &Scribe) -> Result<Result<(), Trouble>, NotWritten> {
    let Some(account) = db.accounts().by_id(making.account)? else { return Ok(Err(Trouble::Other)) };
    let passkey = Passkey {
        id: PasskeyId::new(&scribe.journeys.random),
        account: account.id,
        credential_id: key.credential_id,
        credential: key.credential,
        name: making.name,
        created_at: scribe.at(),
        last_used_at: None,
    };
    match db.passkeys().add(&passkey) {
        Ok(()) => {}
        Err(StoreError::Unique(Constraint::PasskeyCredential)) => return Ok(Err(Trouble::Existing)),
        Err(error) => return Err(error.into()),
    }
    scribe.event(db, account.id, EventKind::PasskeyAdded { passkey: passkey.id })?;
    let letter = PasskeyAdded::new(scribe.addressee(&account), &passkey.name);
    scribe.letter(db, &letter, &account.email)?;
    Ok(Ok(()))
}

/// What to do about it, where a passkey is made.
pub(crate) fn words(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Cancelled => "Your device did not make a passkey: try again",
        Trouble::Existing => "Your device has a passkey for this account already: you do not need another one on it",
        Trouble::Expired => "Making the passkey took too long: try again",
        Trouble::TooSoon => "There were too many tries: try again in a few minutes",
        Trouble::Full => "You have 20 passkeys, which is as many as you can have: remove one first",
        Trouble::Unknown | Trouble::Copied | Trouble::Other => {
            "We could not use the passkey that your device made: try again, or use another device"
        }
    }
}
