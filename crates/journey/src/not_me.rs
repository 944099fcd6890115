//! "This was not me": the link in the letter about a sign-in by mobile number. To look at it does nothing, since programs
//! that scan mail follow every link; the button on its page ends that sign-in and takes the number off the account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use chrono::Duration;
use govuk::Frame;
use identity::account::AccountId;
use identity::clock::Time;
use identity::email::Email;
use identity::event::EventKind;
use identity::interaction::InteractionId;
use identity::mobile::Mobile;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Db;

use crate::Journeys;
use crate::failure::Failure;
use crate::messages::MobileDropped;
use crate::render::Sheet;
use crate::scribe::{NotWritten, Scribe};

const SEAL_PURPOSE: &str = "not me";
const LIFETIME: Duration = Duration::days(30);

/// What the link says, sealed: which sign-in is meant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NotMe {
    pub account: AccountId,
    /// The address that was told, which whoever signed in may have taken off the account.
    pub owner: Email,
    pub interaction: InteractionId,
    pub mobile: Mobile,
    pub signed_in_at: Time,
}

impl NotMe {
    pub(crate) fn sealed(&self, journeys: &Journeys) -> String {
        let json = serde_json::to_vec(self).expect("it is plain data");
        journeys.key_ring.seal(SEAL_PURPOSE, &json, &journeys.random)
    }

    /// Nothing for a link that we did not write, or that is too old.
    fn opened(journeys: &Journeys, token: &str) -> Option<NotMe> {
        let json = journeys.key_ring.open(SEAL_PURPOSE, token).ok()?;
        let not_me: NotMe = serde_json::from_slice(&json).ok()?;
        (journeys.clock.now() - not_me.signed_in_at < LIFETIME).then_some(not_me)
    }

    /// Ends what the sign-in began. False when the account has another number by now: it was done before.
    fn undo(&self, db: &mut Db<'_>, scribe: &Scribe) -> Result<bool, NotWritten> {
        // Whoever signed in so and has not gone on to the service yet cannot do so any more.
        db.interactions().mark_resumed(&self.interaction, scribe.at())?;
        db.browser_sessions().end_begun_at(self.account, self.signed_in_at, scribe.at())?;
        // What services got from it would go on working, for as long as they come back with refresh tokens.
        db.grants().revoke_begun_at(self.account, self.signed_in_at, scribe.at())?;
        // A passkey that was added meanwhile would outlive the number.
        if !db.passkeys().remove_added_since(self.account, self.signed_in_at)?.is_empty() {
            db.browser_sessions().end_all_of(self.account, None, scribe.at())?;
            db.grants().revoke_all_of(self.account, scribe.at())?;
        }
        // And so would a GOV.UK One Login.
        db.one_logins().unlink_linked_since(self.account, self.signed_in_at)?;
        if !db.accounts().drop_mobile(self.account, &self.mobile, scribe.at())? {
            return Ok(false);
        }
        scribe.event(db, self.account, EventKind::MobileDisowned)?;
        if let Some(account) = db.accounts().by_id(self.account)? {
            let letter = MobileDropped { addressee: scribe.addressee(&account), mobile: self.mobile.redacted() };
            scribe.letter(db, &letter, &self.owner)?;
        }
        Ok(true)
    }
}

pub(crate) async fn show(journeys: Data<Journeys>, token: Path<String>) -> HttpResponse {
    match NotMe::opened(&journeys, &token) {
        Some(not_me) => journeys.not_me("not-me", "Tell us that this was not you", &not_me.mobile.redacted()),
        None => journeys.unusable(),
    }
}

pub(crate) async fn submit(journeys: Data<Journeys>, token: Path<String>) -> Result<HttpResponse, Failure> {
    let Some(not_me) = NotMe::opened(&journeys, &token) else { return Ok(journeys.unusable()) };
    let scribe = Scribe::new(journeys.get_ref().clone(), journeys.clock.now(), None);
    let mobile = not_me.mobile.redacted();
    journeys.store.transact(move |db| not_me.undo(db, &scribe)).await?;
    Ok(journeys.not_me("not-me-done", "We have ended that sign-in", &mobile))
}

impl Journeys {
    fn not_me(&self, name: &str, title: &str, mobile: &str) -> HttpResponse {
        let view = json!({ "title": title, "mobile": mobile, "support_email": self.settings.support_email });
        let template = format!("pages/{name}.html");
        self.page(Sheet { status: StatusCode::OK, template: &template, frame: Frame::new(title), client: None }, &view)
    }

    fn unusable(&self) -> HttpResponse {
        let title = "This link does not work any more";
        let view = json!({ "title": title, "support_email": self.settings.support_email });
        let template = "pages/not-me-unusable.html";
        self.page(Sheet { status: StatusCode::NOT_FOUND, template, frame: Frame::new(title), client: None }, &view)
    }
}
