//! The list, with the form that adds one more.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use govuk::form::Errors;
use identity::interaction::AuthenticationMethod;
use identity::passkey::{MAX_PER_ACCOUNT, Passkey};
use serde_json::{Value, json};
use store::StoreError;
use url::form_urlencoded;

use super::DONE;
use crate::Journeys;
use crate::account::visitor::{Drawn, Visitor, written};
use crate::failure::Failure;
use crate::form::Form;
use crate::handlers::Answer;
use crate::passkeys::make::{LATELY, suggested_name};

pub(super) async fn show(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    match journeys.visitor(&request).await? {
        Ok(visitor) => {
            let suggested = Form::of([("name", suggested_name(&request).as_str())]);
            journeys.passkey_list(&request, &visitor, &suggested, &Errors::default()).await
        }
        Err(turned) => Ok(turned),
    }
}

impl Journeys {
    pub(super) async fn passkeys_of(&self, visitor: &Visitor) -> Result<Vec<Passkey>, StoreError> {
        let account = visitor.account.id;
        self.store.read(move |db| db.passkeys().of_account(account)).await
    }

    /// Has the visitor proved lately who they are? Not by a number alone: those are handed on, and a passkey would stay.
    pub(super) fn proved_lately(&self, visitor: &Visitor) -> bool {
        let by_number = visitor.session.methods.contains(&AuthenticationMethod::Sms);
        !by_number && self.clock.now() - visitor.session.authenticated_at < LATELY
    }

    /// A page with a form, and with what is wrong with it.
    pub(super) fn passkey_page(
        &self,
        visitor: &Visitor,
        (name, title): (&str, &str),
        view: Value,
        errors: &Errors,
    ) -> HttpResponse {
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        self.draw_account_page(visitor, Drawn { status, name, title, errors: errors.clone() }, view)
    }

    pub(super) async fn passkey_list(
        &self,
        request: &HttpRequest,
        visitor: &Visitor,
        form: &Form,
        errors: &Errors,
    ) -> Result<HttpResponse, Failure> {
        let passkeys = self.passkeys_of(visitor).await?;
        let view = json!({
            "done": done(request.query_string()).filter(|_| errors.is_empty()),
            "passkeys": passkeys.iter().map(|passkey| row(visitor, passkey)).collect::<Vec<_>>(),
            "there_are_any": self.settings.passkeys.is_some(),
            "is_full": passkeys.len() >= MAX_PER_ACCOUNT,
            "lately": self.proved_lately(visitor),
            "form": { "name": form.get("name") },
            "add_url": visitor.way_to("/passkeys"),
            "challenge_url": visitor.way_to("/passkeys/challenge"),
            "prove_url": visitor.way_to("/passkeys/prove"),
        });
        Ok(self.passkey_page(visitor, ("passkeys", "Passkeys"), view, errors))
    }
}

/// What the page before has done.
fn done(query: &str) -> Option<&'static str> {
    let (_, word) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done")?;
    DONE.iter().find(|(done, _)| *done == word).map(|(_, text)| *text)
}

fn row(visitor: &Visitor, passkey: &Passkey) -> Value {
    let name = passkey.name.as_str();
    let last = passkey.last_used_at.map_or_else(|| "Not used yet".into(), |at| format!("Last used on {}", written(at)));
    let action = |path: &str, text: &str| {
        let href = visitor.way_to(&format!("/passkeys/{}/{path}", passkey.id));
        json!({ "href": href, "text": text, "visually_hidden": name })
    };
    json!({
        "key": name,
        "value": format!("Added on {}. {last}.", written(passkey.created_at)),
        "actions": [action("rename", "Rename"), action("remove", "Remove")],
    })
}
