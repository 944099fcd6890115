//! What both ceremonies have in common: a challenge is counted, kept and given out, and its answer comes in a form.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use govuk::form::{Errors, FieldError};
use identity::clock::Time;
use identity::passkey::{CEREMONY_LIFETIME, Ceremony, CeremonyId, CeremonyOwner};
use serde_json::json;
use store::{Db, StoreError};

use super::web_authn::{Challenge, Fault};
use crate::Journeys;
use crate::budgets::{Asker, TooSoon};
use crate::form::Form;
use crate::metrics;

/// The field that every fault is about: the button.
pub(crate) const FIELD: &str = "passkey";

/// Why nobody was signed in, and no passkey was added. Some of it only the browser knows, and says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The person changed their mind, or the device had no passkey, or took too long: browsers do not tell which.
    Cancelled,
    /// The device has one for this account already.
    Existing,
    /// Nobody has this passkey, or not any more.
    Unknown,
    /// The answer came too late, or twice.
    Expired,
    Copied,
    /// The account has as many passkeys as it may.
    Full,
    TooSoon,
    Other,
}

impl Trouble {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Trouble::Cancelled => "cancelled",
            Trouble::Existing => "existing",
            Trouble::Unknown => "unknown",
            Trouble::Expired => "expired",
            Trouble::Copied => "copied",
            Trouble::Full => "full",
            Trouble::TooSoon => "too_soon",
            Trouble::Other => "other",
        }
    }

    /// What the script says in the field `failed`.
    pub(crate) fn told(form: &Form) -> Option<Trouble> {
        let known = [Trouble::Cancelled, Trouble::Existing, Trouble::Expired, Trouble::Full, Trouble::TooSoon];
        match form.get("failed") {
            "" => None,
            failed => Some(known.into_iter().find(|trouble| trouble.as_str() == failed).unwrap_or(Trouble::Other)),
        }
    }

    /// The fault of the form, in the words for this ceremony.
    pub(crate) fn errors(self, words: impl Fn(Trouble) -> &'static str) -> Errors {
        FieldError::new(FIELD, words(self)).into()
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        match fault {
            Fault::Wrong => Trouble::Unknown,
            Fault::Copied => Trouble::Copied,
        }
    }
}

/// The answer to a script that asked for a challenge in vain.
pub(crate) fn no_challenge(status: StatusCode, trouble: Trouble) -> HttpResponse {
    HttpResponse::build(status).insert_header(("Cache-Control", "no-store")).json(json!({ "failed": trouble.as_str() }))
}

/// The ceremony that a form belongs to.
pub(crate) fn of(form: &Form) -> Option<CeremonyId> {
    form.get("ceremony").parse().ok()
}

/// A challenge as it is kept.
pub(crate) fn kept(journeys: &Journeys, owner: CeremonyOwner, state: String, now: Time) -> Ceremony {
    Ceremony { id: CeremonyId::new(&journeys.random), owner, state, expires_at: now + CEREMONY_LIFETIME }
}

impl Journeys {
    /// Keeps a challenge and gives it to the script. It counts as a try: without a challenge nothing can be tried, and
    /// each is good for one.
    pub(crate) async fn give_challenge(
        &self,
        asker: &Asker,
        owner: CeremonyOwner,
        challenge: Challenge,
    ) -> Result<HttpResponse, StoreError> {
        let now = self.clock.now();
        let counts = self.counts_of_challenge(asker, &owner);
        let ceremony = kept(self, owner, challenge.state, now);
        let id = ceremony.id;
        let begin = move |db: &mut Db<'_>| -> Result<Result<(), TooSoon>, StoreError> {
            if let Err(too_soon) = counts.take(db, now)? {
                return Ok(Err(too_soon));
            }
            db.passkey_ceremonies().begin(&ceremony).map(Ok)
        };
        if let Err(too_soon) = self.store.transact(begin).await? {
            metrics::count_refusal(too_soon);
            return Ok(no_challenge(StatusCode::TOO_MANY_REQUESTS, Trouble::TooSoon));
        }
        let given = json!({ "ceremony": id, "options": challenge.options });
        Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(given))
    }
}
