//! Requests to change what a teaching record says. An account waits for one of each subject at most, and whoever decides
//! first decides it.

use diesel::prelude::*;
use identity::account::AccountId;
use identity::change_request::{
    ChangeDecision, ChangeRequest, ChangeRequestId, ChangeState, EvidenceFile, Subject, Wanted,
};
use identity::client::ClientId;
use identity::clock::Time;
use identity::evidence::FileName;
use identity::ticket::{Agent, Reference};

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::facts::Facts;
use crate::kept::kept;
use crate::place::{Place, from_json, from_word, to_json};
use crate::schema::change_requests;
use crate::time::{Moment, stored, told};

pub struct ChangeRequests<'c>(pub(crate) &'c mut AnyConnection, pub(crate) &'c mut Facts);

impl ChangeRequests<'_> {
    /// Keeps a request, whose file is kept by now. Fails with `Unique(PendingChange)` when another of its subject waits
    /// for the account, and with `Unique(ChangeReference)` when another has its reference: draw again.
    pub fn create(&mut self, request: &ChangeRequest) -> Result<(), StoreError> {
        let row = RequestRow::from(request);
        guarded(self.0, |connection| {
            kept!(diesel::insert_into(change_requests::table).values(&row)).execute(connection)
        })?;
        self.1.change_asked(request);
        Ok(())
    }

    pub fn by_id(&mut self, id: ChangeRequestId) -> Result<Option<ChangeRequest>, StoreError> {
        let row = kept!(change_requests::table.find(id.to_string()).select(RequestRow::as_select())).get_result(self.0);
        row.optional()?.map(ChangeRequest::try_from).transpose()
    }

    pub fn by_reference(&mut self, reference: &Reference) -> Result<Option<ChangeRequest>, StoreError> {
        let row = kept!(
            change_requests::table
                .filter(change_requests::reference.eq(reference.as_str()))
                .select(RequestRow::as_select())
        )
        .get_result(self.0);
        row.optional()?.map(ChangeRequest::try_from).transpose()
    }

    /// What this account waits for: one of each subject at most.
    pub fn pending_of_account(&mut self, account: AccountId) -> Result<Vec<ChangeRequest>, StoreError> {
        let rows = kept!(
            change_requests::table
                .filter(change_requests::account_id.eq(account.to_string()))
                .filter(change_requests::decided_at.is_null())
                .order(change_requests::subject)
                .select(RequestRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(ChangeRequest::try_from).collect()
    }

    /// All that this account ever asked for, the newest first.
    pub fn of_account(&mut self, account: AccountId) -> Result<Vec<ChangeRequest>, StoreError> {
        let rows = kept!(
            change_requests::table
                .filter(change_requests::account_id.eq(account.to_string()))
                .order((change_requests::created_at.desc(), change_requests::id))
                .select(RequestRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(ChangeRequest::try_from).collect()
    }

    /// Forgets what an account asked for. Nobody names its files any more, so they are swept.
    pub fn delete_of(&mut self, account: AccountId) -> Result<(), StoreError> {
        let requests = change_requests::table.filter(change_requests::account_id.eq(account.to_string()));
        kept!(diesel::delete(requests)).execute(self.0)?;
        Ok(())
    }

    /// At most `limit` requests that nobody has decided, those that have waited longest first.
    pub fn pending(&mut self, limit: u32) -> Result<Vec<ChangeRequest>, StoreError> {
        let rows = kept!(
            change_requests::table
                .filter(change_requests::decided_at.is_null())
                .order((change_requests::created_at, change_requests::id))
                .limit(limit.into())
                .select(RequestRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(ChangeRequest::try_from).collect()
    }

    /// True for the first who decides the request, and for nobody after.
    pub fn decide(
        &mut self,
        id: ChangeRequestId,
        decision: ChangeDecision,
        by: &Agent,
        at: Time,
    ) -> Result<bool, StoreError> {
        let pending = change_requests::table.find(id.to_string()).filter(change_requests::decided_at.is_null());
        let written = kept!(diesel::update(pending).set((
            change_requests::decision.eq(decision.as_str()),
            change_requests::decided_by.eq(by.as_str()),
            change_requests::decided_at.eq(stored(at)),
        )))
        .execute(self.0)?;
        Ok(written == 1)
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = change_requests, treat_none_as_default_value = false)]
struct RequestRow {
    id: String,
    reference: String,
    account_id: String,
    subject: String,
    wanted: String,
    evidence_id: Option<String>,
    evidence_kind: String,
    evidence_name: String,
    evidence_size: i32,
    client_id: Option<String>,
    created_at: Moment,
    decision: Option<String>,
    decided_at: Option<Moment>,
    decided_by: Option<String>,
}

impl From<&ChangeRequest> for RequestRow {
    fn from(request: &ChangeRequest) -> RequestRow {
        let (decision, decided_at, decided_by) = match &request.state {
            ChangeState::Pending => (None, None, None),
            ChangeState::Decided { decision, at, by } => {
                (Some(decision.as_str().into()), Some(stored(*at)), Some(by.as_str().into()))
            }
        };
        let evidence = &request.evidence;
        RequestRow {
            id: request.id.to_string(),
            reference: request.reference.as_str().into(),
            account_id: request.account.to_string(),
            subject: request.wanted.subject().as_str().into(),
            wanted: to_json(&request.wanted),
            evidence_id: evidence.id.map(|id| id.to_string()),
            evidence_kind: evidence.kind.as_str().into(),
            evidence_name: evidence.name.as_str().into(),
            evidence_size: i32::try_from(evidence.size).unwrap_or(i32::MAX),
            client_id: request.client.as_ref().map(|client| client.as_str().into()),
            created_at: stored(request.created_at),
            decision,
            decided_at,
            decided_by,
        }
    }
}

impl TryFrom<RequestRow> for ChangeRequest {
    type Error = StoreError;

    fn try_from(row: RequestRow) -> Result<ChangeRequest, StoreError> {
        let place = Place::new("change_requests", &row.id);
        let state = match (row.decision, row.decided_at, row.decided_by) {
            (Some(decision), Some(at), Some(by)) => ChangeState::Decided {
                decision: place.read("decision", decision, from_word)?,
                at: told(at),
                by: place.read("decided_by", by, |text| Agent::parse(&text))?,
            },
            (None, None, None) => ChangeState::Pending,
            _ => return Err(place.impossible("half a decision")),
        };
        let wanted: Wanted = place.read("wanted", row.wanted, from_json)?;
        let subject: Subject = place.read("subject", row.subject, from_word)?;
        if subject != wanted.subject() {
            return Err(place.impossible("subject"));
        }
        Ok(ChangeRequest {
            id: place.read("id", row.id.as_str(), str::parse)?,
            reference: place.read("reference", row.reference, |text| Reference::parse(&text))?,
            account: place.read("account_id", row.account_id, |text| text.parse())?,
            wanted,
            evidence: EvidenceFile {
                id: place.maybe("evidence_id", row.evidence_id, |text| text.parse())?,
                kind: place.read("evidence_kind", row.evidence_kind, from_word)?,
                name: FileName::from(row.evidence_name),
                size: place.read("evidence_size", row.evidence_size, u32::try_from)?,
            },
            client: place.maybe("client_id", row.client_id, |text| ClientId::parse(&text))?,
            state,
            created_at: told(row.created_at),
        })
    }
}
