//! The browsers that the person is signed in with, each with a button that signs it out.

use actix_web::HttpRequest;
use actix_web::web::{Bytes, Data};
use identity::browser_session::BrowserSession;
use identity::event::EventKind;
use identity::interaction::AuthenticationMethod;
use serde_json::{Value, json};
use store::StoreError;

use super::visitor::{Visitor, written};
use crate::Journeys;
use crate::form::Form;
use crate::handlers::{Answer, see_other};
use crate::scribe::Scribe;

pub(super) async fn show(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let (account, now) = (visitor.account.id, journeys.clock.now());
    let live = journeys.store.read(move |db| db.browser_sessions().live_of(account, now));
    let live = live.await.map_err(|error: StoreError| error)?;
    let (this, others): (Vec<_>, Vec<_>) = live.into_iter().partition(|session| session.id == visitor.session.id);
    let (this, others): (Vec<Value>, Vec<Value>) = (this.iter().map(row).collect(), others.iter().map(row).collect());
    let view = json!({ "this": this, "others": others });
    Ok(journeys.account_page(&visitor, ("devices", "Devices that you are signed in on"), view))
}

/// Signs out one of the others, or all of them. This one has a page of its own for that.
pub(super) async fn sign_out(journeys: Data<Journeys>, request: HttpRequest, body: Bytes) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let form = Form::read(&body);
    if form.pressed("all_others") {
        journeys.end_other_sessions(&visitor).await?;
    } else if let Ok(id) = form.get("device").parse()
        && id != visitor.session.id
    {
        journeys.end_session(&visitor, id).await?;
    }
    Ok(see_other(&visitor.way_to("/devices")))
}

impl Journeys {
    async fn end_other_sessions(&self, visitor: &Visitor) -> Result<(), StoreError> {
        let (account, kept, now) = (visitor.account.id, visitor.session.id, self.clock.now());
        let scribe = Scribe::new(self.clone(), now, Some(visitor.client.clone()));
        let end = self.store.transact(move |db| {
            for _ in 0..db.browser_sessions().end_all_of(account, Some(kept), now)? {
                scribe.event(db, account, EventKind::SignedOut)?;
            }
            Ok(())
        });
        end.await
    }
}

fn row(session: &BrowserSession) -> Value {
    json!({
        "id": session.id.to_string(),
        "name": session.device.as_ref().map_or("A browser that we do not know", |device| device.as_str()),
        "since": written(session.authenticated_at),
        "how": how(&session.methods),
    })
}

/// How the person proved who they are.
fn how(methods: &[AuthenticationMethod]) -> &'static str {
    if methods.contains(&AuthenticationMethod::Pop) {
        "a passkey"
    } else if methods.contains(&AuthenticationMethod::Mfa) {
        "GOV.UK One Login"
    } else if methods.contains(&AuthenticationMethod::Sms) {
        "a code by text message"
    } else {
        "a code by email"
    }
}
