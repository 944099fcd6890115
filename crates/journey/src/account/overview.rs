//! The account page: what the teaching record says, what the account says, and the way to change what is theirs.

use actix_web::HttpRequest;
use actix_web::web::Data;
use identity::account::{Account, LookupStatus};
use identity::date_of_birth::DateOfBirth;
use identity::event::Detail;
use identity::interaction::{InteractionId, Outcome};
use identity::mobile::Mobile;
use serde_json::{Value, json};
use store::StoreError;
use url::form_urlencoded;

use super::change;
use super::visitor::Visitor;
use crate::Journeys;
use crate::handlers::Answer;
use crate::page::Notice;
use crate::pages::email_taken::EmailTaken;
use crate::pages::mobile_taken::MobileTaken;
use crate::state::State;

pub(super) async fn show(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let banner = match change_that_was_made(request.query_string()) {
        Some(id) => journeys.what_was_changed(&visitor, id).await?,
        None => None,
    };
    let account = &visitor.account;
    let view = json!({
        "banner": banner,
        "passkeys": journeys.settings.passkeys.is_some(),
        "record": record_rows(account),
        "search": account.record.is_none().then(|| search(account.lookup_status)),
        "account": account_rows(&visitor),
    });
    Ok(journeys.account_page(&visitor, ("account", "Your account"), view))
}

/// The errand that they come from.
fn change_that_was_made(query: &str) -> Option<InteractionId> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "done")?.1.parse().ok()
}

impl Journeys {
    /// What to say of a change that the visitor has just made. Nothing where it is not one of theirs, or where the
    /// errand has told them already why nothing came of it.
    async fn what_was_changed(&self, visitor: &Visitor, id: InteractionId) -> Result<Option<Value>, StoreError> {
        let found = self.store.read(move |db| db.interactions().by_id(&id)).await?;
        let Some(interaction) = found else { return Ok(None) };
        let Some(Outcome::Changed { account, details }) = &interaction.outcome else { return Ok(None) };
        if *account != visitor.account.id {
            return Ok(None);
        }
        let state: State = serde_json::from_str(&interaction.state).unwrap_or_default();
        Ok(match details.first() {
            Some(detail) => Some(json!({ "done": true, "text": format!("You have changed {}", words(*detail)) })),
            None if [EmailTaken::PATH, MobileTaken::PATH].iter().any(|notice| state.has_seen(notice)) => None,
            None => Some(json!({ "done": false, "text": "Nothing has changed: your account already says this" })),
        })
    }
}

fn words(detail: Detail) -> &'static str {
    match detail {
        Detail::PreferredName => "your preferred name",
        Detail::Name => "your name",
        Detail::DateOfBirth => "your date of birth",
        Detail::Email => "your email address",
        Detail::Mobile => "your mobile number",
    }
}

/// What comes from the teaching record. A date of birth that the account has otherwise is shown beside the record's.
fn record_rows(account: &Account) -> Vec<Value> {
    let Some(link) = &account.record else { return Vec::new() };
    let mut rows = vec![
        json!({ "key": "Name", "value": account.official_name.full() }),
        json!({ "key": "Teacher reference number (TRN)", "value": link.trn.as_str() }),
    ];
    let on_record = account.record_seen.map(|seen| seen.date_of_birth);
    match (on_record, account.date_of_birth) {
        (Some(record), Some(own)) if record != own => {
            rows.push(json!({ "key": "Date of birth on your record", "value": written(record) }));
            rows.push(json!({ "key": "Date of birth that you gave us", "value": written(own) }));
        }
        (Some(born), _) | (None, Some(born)) => rows.push(json!({ "key": "Date of birth", "value": written(born) })),
        (None, None) => {}
    }
    rows
}

fn search(status: Option<LookupStatus>) -> &'static str {
    match status {
        None => "None of the services that you have used needed your teaching record, so we have not looked for it.",
        Some(LookupStatus::Pending) => "We have not found your teaching record yet. We are still looking.",
        Some(_) => "We have not found a teaching record for you.",
    }
}

fn account_rows(visitor: &Visitor) -> Vec<Value> {
    let account = &visitor.account;
    let row = |key: &str, value: String, detail| {
        let href = visitor.way_to(&change::path(detail));
        let hidden = key.to_lowercase();
        json!({ "key": key, "value": value, "actions": [{ "href": href, "text": "Change", "visually_hidden": hidden }] })
    };
    let preferred = account.preferred_name.as_ref();
    let preferred = preferred.map_or_else(|| account.official_name.short(), |name| name.as_str().to_owned());
    let mobile = account.mobile.as_ref().map_or_else(|| "None".to_owned(), Mobile::to_string);
    let mut rows = vec![
        row("Preferred name", preferred, Detail::PreferredName),
        row("Email address", account.email.to_string(), Detail::Email),
        row("Mobile number", mobile, Detail::Mobile),
    ];
    if account.record.is_none() {
        rows.insert(0, row("Name", account.official_name.full(), Detail::Name));
        let born = account.date_of_birth.map(written).unwrap_or_default();
        rows.push(row("Date of birth", born, Detail::DateOfBirth));
    }
    rows
}

fn written(date: DateOfBirth) -> String {
    date.date().format("%-d %B %Y").to_string()
}
