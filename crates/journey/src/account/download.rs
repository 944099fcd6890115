//! All that we hold about a person, as a file that they and their programs can read. Its shape is in
//! docs/account-pages.md. What is about others (the records that a search compared, the agent who decided) is left out,
//! and so is every secret.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use identity::account::Account;
use identity::browser_session::BrowserSession;
use identity::change_request::{ChangeRequest, ChangeState};
use identity::event::{Event, ServiceUsed};
use identity::one_login::OneLoginLink;
use identity::passkey::Passkey;
use identity::record::TeachingRecord;
use identity::search::RecordSearch;
use identity::ticket::{Ticket, TicketState};
use serde_json::{Value, json};
use store::StoreError;

use super::visitor::Visitor;
use crate::Journeys;
use crate::follow::Patience;
use crate::handlers::Answer;

/// What the database holds beside the account itself.
struct Held {
    sessions: Vec<BrowserSession>,
    events: Vec<Event>,
    tickets: Vec<Ticket>,
    search: Option<RecordSearch>,
    passkeys: Vec<Passkey>,
    one_logins: Vec<OneLoginLink>,
    changes: Vec<ChangeRequest>,
}

pub(super) async fn file(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let all = journeys.all_about(&visitor).await?;
    let text = serde_json::to_string_pretty(&all).expect("it is plain data");
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"get-an-identity.json\""))
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("application/json; charset=utf-8")
        .body(text))
}

impl Journeys {
    async fn all_about(&self, visitor: &Visitor) -> Result<Value, StoreError> {
        let (id, now) = (visitor.account.id, self.clock.now());
        let held = self.store.read(move |db| {
            Ok::<_, StoreError>(Held {
                sessions: db.browser_sessions().live_of(id, now)?,
                events: db.events().of_account(id, u32::MAX)?,
                tickets: db.tickets().of_account(id)?,
                search: db.record_searches().of_account(id)?,
                passkeys: db.passkeys().of_account(id)?,
                one_logins: db.one_logins().of_account(id)?,
                changes: db.change_requests().of_account(id)?,
            })
        });
        let held = held.await?;
        let record = match visitor.account.trn() {
            Some(trn) => self.record(trn, &Patience::new()).await,
            None => None,
        };
        Ok(json!({
            "made_at": now,
            "account": account(&visitor.account),
            "teaching_record": teaching_record(&visitor.account, record.as_ref()),
            "search": held.search.as_ref().map(search),
            "signed_in_on": held.sessions.iter().map(session).collect::<Vec<_>>(),
            "passkeys": held.passkeys.iter().map(passkey).collect::<Vec<_>>(),
            "gov_uk_one_logins": held.one_logins.iter().map(one_login).collect::<Vec<_>>(),
            "services": self.services_of(visitor).await?.iter().map(service).collect::<Vec<_>>(),
            "requests_to_support": held.tickets.iter().map(ticket).collect::<Vec<_>>(),
            "changes_asked_for": held.changes.iter().map(change).collect::<Vec<_>>(),
            "events": held.events.iter().map(event).collect::<Vec<_>>(),
        }))
    }
}

fn account(account: &Account) -> Value {
    json!({
        "id": account.id,
        "email": account.email,
        "mobile": account.mobile,
        "name": account.official_name,
        "preferred_name": account.preferred_name,
        "date_of_birth": account.date_of_birth,
        "national_insurance_number": account.nino,
        "registered_with": account.registered_with,
        "created_at": account.created_at,
        "updated_at": account.updated_at,
        "last_signed_in_at": account.last_signed_in_at,
    })
}

/// What the record says today, where its source answers.
fn teaching_record(account: &Account, record: Option<&TeachingRecord>) -> Value {
    json!({
        "lookup_status": account.lookup_status,
        "link": account.record,
        "date_of_birth_as_last_seen": account.record_seen.map(|seen| seen.date_of_birth),
        "prohibited_as_last_seen": account.record_seen.map(|seen| seen.prohibited),
        "last_seen_at": account.record_seen.map(|seen| seen.at),
        "says": record,
    })
}

fn one_login(link: &OneLoginLink) -> Value {
    json!({ "subject": link.subject, "linked_at": link.linked_at, "last_used_at": link.last_used_at })
}

fn search(search: &RecordSearch) -> Value {
    json!({ "stated": search.stated, "policy": search.policy, "next_at": search.next_at })
}

fn session(session: &BrowserSession) -> Value {
    json!({
        "device": session.device,
        "since": session.authenticated_at,
        "until": session.expires_at,
        "methods": session.methods,
    })
}

fn passkey(passkey: &Passkey) -> Value {
    json!({ "name": passkey.name, "added_at": passkey.created_at, "last_used_at": passkey.last_used_at })
}

fn service(used: &ServiceUsed) -> Value {
    json!({ "client_id": used.client, "first": used.first, "last": used.last })
}

fn ticket(ticket: &Ticket) -> Value {
    let closed_at = match &ticket.state {
        TicketState::Open => None,
        TicketState::Closed { at, .. } => Some(at),
    };
    json!({
        "reference": ticket.reference,
        "kind": ticket.kind,
        "client_id": ticket.client,
        "contact": ticket.contact,
        "name": ticket.name,
        "preferred_name": ticket.preferred_name,
        "stated": ticket.stated,
        "says_they_have_qts": ticket.claims_qts,
        "raised_at": ticket.created_at,
        "closed_at": closed_at,
    })
}

fn change(request: &ChangeRequest) -> Value {
    let decided = match &request.state {
        ChangeState::Pending => Value::Null,
        ChangeState::Decided { decision, at, .. } => json!({ "decision": decision, "at": at }),
    };
    json!({
        "reference": request.reference,
        "client_id": request.client,
        "wanted": request.wanted,
        "file": request.evidence.name,
        "asked_at": request.created_at,
        "decided": decided,
    })
}

/// The kind of an event and what it is about; of a verdict its policy alone, since the rest names the records of others.
fn event(event: &Event) -> Value {
    let mut what = serde_json::to_value(&event.kind).expect("an event is plain data");
    if let Some(told) = what.as_object_mut() {
        told.remove("by");
        if let Some(verdict) = told.remove("verdict").filter(|verdict| !verdict.is_null()) {
            told.insert("policy".into(), verdict["policy"].clone());
        }
    }
    json!({ "at": event.at, "client_id": event.client, "what": what })
}

#[cfg(test)]
mod tests {
    use identity::account::AccountId;
    use identity::clock::Time;
    use identity::event::EventKind;
    use identity::matching::{Decision, Verdict};
    use identity::random::Random;
    use identity::ticket::Agent;
    use identity::trn::Trn;

    use super::*;

    fn told(kind: EventKind) -> String {
        let random = Random::seeded(1);
        let (id, account) = (random.uuid(), AccountId::new(&random));
        event(&Event { id, at: Time::UNIX_EPOCH, kind, account, client: None }).to_string()
    }

    #[test]
    fn neither_the_records_of_others_nor_the_agent_are_told() {
        let trns = vec![Trn::parse("7654321").unwrap(), Trn::parse("7654322").unwrap()];
        let verdict =
            Verdict { policy: "default/1".into(), decision: Decision::Several(trns), explanations: Vec::new() };
        let searched = told(EventKind::AccountRegistered { verdict: Some(verdict) });
        assert!(searched.contains("default/1") && !searched.contains("765432"), "{searched}");
        let by = Agent::parse("Nadia").unwrap();
        let assigned = told(EventKind::RecordAssigned { trn: Trn::parse("1234567").unwrap(), by });
        assert!(assigned.contains("1234567") && !assigned.contains("Nadia"), "{assigned}");
    }
}
