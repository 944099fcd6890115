//! Signing out of this browser's session.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use govuk::Frame;
use identity::browser_session::SessionId;
use identity::cookie_names;
use identity::errand::ACCOUNT;
use identity::event::EventKind;
use serde_json::json;
use store::StoreError;

use super::visitor::Visitor;
use crate::Journeys;
use crate::handlers::{Answer, see_other, with_cookie};
use crate::render::Sheet;
use crate::scribe::Scribe;

pub(super) async fn ask(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    Ok(match journeys.visitor(&request).await? {
        Ok(visitor) => journeys.account_page(&visitor, ("sign-out", "Do you want to sign out?"), json!({})),
        Err(turned) => turned,
    })
}

pub(super) async fn sign_out(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    journeys.end_session(&visitor, visitor.session.id).await?;
    let cookie = Cookie::build(cookie_names::session(journeys.settings.secure_cookies), "")
        .path("/")
        .secure(journeys.settings.secure_cookies)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::ZERO)
        .finish();
    let address = match &visitor.link {
        Some(link) => link.sign_out_uri.to_string(),
        None => format!("{ACCOUNT}/signed-out"),
    };
    Ok(with_cookie(see_other(&address), &cookie))
}

pub(super) async fn signed_out(journeys: Data<Journeys>) -> HttpResponse {
    let title = "You have signed out";
    let (client, view) = (journeys.ourselves(), json!({ "title": title, "account_url": ACCOUNT }));
    let template = "account/signed-out.html";
    let sheet = Sheet { status: StatusCode::OK, template, frame: Frame::new(title), client: Some(&client) };
    journeys.page(sheet, &view)
}

impl Journeys {
    /// Ends a session of the visitor's own, and does nothing where it is not or no longer one.
    pub(super) async fn end_session(&self, visitor: &Visitor, id: SessionId) -> Result<(), StoreError> {
        let (account, now) = (visitor.account.id, self.clock.now());
        let scribe = Scribe::new(self.clone(), now, Some(visitor.client.clone()));
        let end = self.store.transact(move |db| {
            if db.browser_sessions().live_of(account, now)?.iter().any(|session| session.id == id) {
                db.browser_sessions().end(id, now)?;
                scribe.event(db, account, EventKind::SignedOut)?;
            }
            Ok(())
        });
        end.await
    }
}
