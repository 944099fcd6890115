//! The account page: what the teaching record says, what the account says, and the way to change what is theirs.

use actix_web::HttpRequest;
use actix_web::web::Data;
use identity::account::LookupStatus;
use identity::change_request::{ChangeRequest, Subject};
use identity::event::Detail;
use identity::interaction::{InteractionId, Outcome};
use identity::mobile::Mobile;
use serde_json::{Value, json};
use store::StoreError;
use url::form_urlencoded;

use super::visitor::Visitor;
use super::{change, withdraw};
use crate::Journeys;
use crate::handlers::Answer;
use crate::page::Notice;
use crate::pages::email_taken::EmailTaken;
use crate::pages::mobile_taken::MobileTaken;
use crate::pages::requests::key_of;
use crate::state::{Answers, State};
use crate::summary::{day, detail, waits_since};

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
    let id = account.id;
    let held = journeys.store.read(move |db| {
        let pending = db.change_requests().pending_of_account(id)?;
        Ok::<_, StoreError>((pending, !db.one_logins().of_account(id)?.is_empty()))
    });
    let (pending, has_one_login) = held.await?;
    let takes_evidence = journeys.evidence.is_some();
    let record = Recorded { visitor: &visitor, pending: &pending, takes_evidence };
    let view = json!({
        "banner": banner,
        "passkeys": journeys.settings.passkeys.is_some(),
        "has_one_login": has_one_login,
        "record": record.rows(),
        "pending": record.pending(),
        "takes_evidence": takes_evidence,
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
        let Some(Outcome::Changed { account, details, asked }) = &interaction.outcome else { return Ok(None) };
        if *account != visitor.account.id {
            return Ok(None);
        }
        let state: State = serde_json::from_str(&interaction.state).unwrap_or_default();
        let banner = |done: bool, text: String| Some(json!({ "done": done, "text": text }));
        if let Some(reference) = asked {
            let text = format!("You have asked us to change your teaching record. Your reference is {reference}");
            return Ok(banner(true, text));
        }
        let Answers { new_official_name: name, new_date_of_birth: date, .. } = &state.answers;
        if name.checked.is_some() || date.checked.is_some() {
            let text = "We are already checking a change like this, and have not sent another";
            return Ok(banner(false, text.into()));
        }
        Ok(match details.first() {
            Some(detail) => banner(true, format!("You have changed {}", words(*detail))),
            None if [EmailTaken::PATH, MobileTaken::PATH].iter().any(|notice| state.has_seen(notice)) => None,
            None if name.gave_up() || date.gave_up() => banner(false, "You have not asked for a change".into()),
            None => banner(false, "Nothing has changed: your account already says this".into()),
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

/// What comes from the teaching record, and what support has been asked to change of it.
struct Recorded<'a> {
    visitor: &'a Visitor,
    pending: &'a [ChangeRequest],
    takes_evidence: bool,
}

impl Recorded<'_> {
    /// A date of birth that the account has otherwise is shown beside the record's.
    fn rows(&self) -> Vec<Value> {
        let account = &self.visitor.account;
        let Some(link) = &account.record else { return Vec::new() };
        let name_way = self.way(Subject::OfficialName, Detail::Name);
        let mut rows = vec![detail("Name", account.official_name.full(), name_way.as_deref())];
        rows.extend(self.waits(Subject::OfficialName));
        rows.push(detail("Teacher reference number (TRN)", link.trn.as_str(), None));
        let born_way = self.way(Subject::DateOfBirth, Detail::DateOfBirth);
        let on_record = account.record_seen.map(|seen| seen.date_of_birth);
        match (on_record, account.date_of_birth) {
            (Some(record), Some(own)) if record != own => {
                rows.push(detail("Date of birth on your record", day(record), born_way.as_deref()));
                rows.push(detail("Date of birth that you gave us", day(own), None));
            }
            (Some(born), _) | (None, Some(born)) => rows.push(detail("Date of birth", day(born), born_way.as_deref())),
            (None, None) => {}
        }
        rows.extend(self.waits(Subject::DateOfBirth));
        rows
    }

    /// Nobody asks for a change while support decides about one.
    fn way(&self, subject: Subject, detail: Detail) -> Option<String> {
        let may_ask = self.takes_evidence && self.request(subject).is_none();
        may_ask.then(|| self.visitor.way_to(&change::path(detail)))
    }

    fn request(&self, subject: Subject) -> Option<&ChangeRequest> {
        self.pending.iter().find(|request| request.wanted.subject() == subject)
    }

    fn waits(&self, subject: Subject) -> Option<Value> {
        let request = self.request(subject)?;
        Some(detail(key_of(subject), waits_since(request.created_at), None))
    }

    /// What can be taken back.
    fn pending(&self) -> Vec<Value> {
        let view = |request: &ChangeRequest| {
            let what = match request.wanted.subject() {
                Subject::OfficialName => "official name",
                Subject::DateOfBirth => "date of birth",
            };
            json!({
                "what": what,
                "reference": request.reference.as_str(),
                "withdraw_url": self.visitor.way_to(&withdraw::path(request)),
            })
        };
        self.pending.iter().map(view).collect()
    }
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
    let row = |key: &str, value: String, changed| detail(key, value, Some(&visitor.way_to(&change::path(changed))));
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
        rows.push(row("Date of birth", account.date_of_birth.map(day).unwrap_or_default(), Detail::DateOfBirth));
    }
    rows
}
