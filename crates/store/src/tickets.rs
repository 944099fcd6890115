//! Tickets. Whoever raises one that is there already is given that one, and whoever closes one first decides it.

use diesel::prelude::*;
use identity::account::AccountId;
use identity::client::ClientId;
use identity::clock::Time;
use identity::email::Email;
use identity::name::{NamePart, PersonName};
use identity::preferred_name::PreferredName;
use identity::ticket::{Agent, Decision, Reference, Ticket, TicketId, TicketKind, TicketState};

use crate::connection::{AnyConnection, MultiBackend};
use crate::constraint::Constraint;
use crate::db::guarded;
use crate::error::StoreError;
use crate::facts::Facts;
use crate::kept::kept;
use crate::place::{Place, from_json, from_word, to_json};
use crate::schema::tickets;
use crate::time::{Moment, stored, told};

/// How often to start over when the ticket that was in the way is closed before it can be read. PostgreSQL alone needs it.
const RAISE_ATTEMPTS: u32 = 20;

pub struct Tickets<'c>(pub(crate) &'c mut AnyConnection, pub(crate) &'c mut Facts);

/// Which tickets a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketFilter {
    Open,
    All,
}

impl Tickets<'_> {
    /// Keeps a ticket, and gives back the one that counts: this one, or that which was there already, an open one that
    /// asks the same about the account or a question of the same interaction about access. Fails with `Unique(TicketReference)` when
    /// another ticket has the reference: draw again.
    pub fn raise(&mut self, ticket: &Ticket) -> Result<Ticket, StoreError> {
        let row = TicketRow::from(ticket);
        let mut attempts = RAISE_ATTEMPTS;
        loop {
            let inserted = guarded(self.0, |connection| {
                kept!(diesel::insert_into(tickets::table).values(&row)).execute(connection)
            });
            match inserted {
                Ok(_) => {
                    self.1.raised(ticket.id);
                    return Ok(ticket.clone());
                }
                Err(StoreError::Unique(rule @ (Constraint::OpenTicket | Constraint::InteractionTicket))) => {
                    match self.in_the_way_of(ticket)? {
                        Some(present) => return Ok(present),
                        None if attempts > 0 => attempts -= 1,
                        None => return Err(StoreError::Unique(rule)),
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn in_the_way_of(&mut self, ticket: &Ticket) -> Result<Option<Ticket>, StoreError> {
        match (ticket.kind, ticket.account, ticket.interaction) {
            (kind @ (TicketKind::RecordSearch | TicketKind::AccountDeletion), Some(account), _) => {
                self.open(account, kind)
            }
            (TicketKind::AccountAccess, _, Some(interaction)) => {
                let row = kept!(
                    tickets::table
                        .filter(tickets::interaction_id.eq(interaction.to_string()))
                        .filter(tickets::kind.eq(TicketKind::AccountAccess.as_str()))
                        .select(TicketRow::as_select())
                )
                .get_result(self.0)
                .optional()?;
                row.map(Ticket::try_from).transpose()
            }
            _ => Ok(None),
        }
    }

    pub fn by_id(&mut self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let row =
            kept!(tickets::table.find(id.to_string()).select(TicketRow::as_select())).get_result(self.0).optional()?;
        row.map(Ticket::try_from).transpose()
    }

    pub fn by_reference(&mut self, reference: &Reference) -> Result<Option<Ticket>, StoreError> {
        let row =
            kept!(tickets::table.filter(tickets::reference.eq(reference.as_str())).select(TicketRow::as_select()))
                .get_result(self.0)
                .optional()?;
        row.map(Ticket::try_from).transpose()
    }

    /// The search for this account's record that is still open.
    pub fn open_of_account(&mut self, account: AccountId) -> Result<Option<Ticket>, StoreError> {
        self.open(account, TicketKind::RecordSearch)
    }

    /// The wish of this account's owner to be deleted, while it is still open.
    pub fn open_deletion_of(&mut self, account: AccountId) -> Result<Option<Ticket>, StoreError> {
        self.open(account, TicketKind::AccountDeletion)
    }

    fn open(&mut self, account: AccountId, kind: TicketKind) -> Result<Option<Ticket>, StoreError> {
        let row = kept!(
            tickets::table
                .filter(tickets::account_id.eq(account.to_string()))
                .filter(tickets::kind.eq(kind.as_str()))
                .filter(tickets::closed_at.is_null())
                .select(TicketRow::as_select())
        )
        .get_result(self.0)
        .optional()?;
        row.map(Ticket::try_from).transpose()
    }

    /// Every ticket that is about this account, the newest first. What others ask about it is not among them.
    pub fn of_account(&mut self, account: AccountId) -> Result<Vec<Ticket>, StoreError> {
        let rows = kept!(
            tickets::table
                .filter(tickets::account_id.eq(account.to_string()))
                .order((tickets::created_at.desc(), tickets::id.desc()))
                .select(TicketRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(Ticket::try_from).collect()
    }

    /// At most `limit` tickets, the newest first; those that follow `after`, when the list goes on from there.
    pub fn list(
        &mut self,
        filter: TicketFilter,
        limit: u32,
        after: Option<&Ticket>,
    ) -> Result<Vec<Ticket>, StoreError> {
        let mut query = tickets::table.select(TicketRow::as_select()).into_boxed::<MultiBackend>();
        if filter == TicketFilter::Open {
            query = query.filter(tickets::closed_at.is_null());
        }
        if let Some(last) = after {
            let (at, id) = (stored(last.created_at), last.id.to_string());
            let older = tickets::created_at.lt(at);
            query = query.filter(older.or(tickets::created_at.eq(at).and(tickets::id.lt(id))));
        }
        let rows: Vec<TicketRow> =
            query.order((tickets::created_at.desc(), tickets::id.desc())).limit(limit.into()).load(self.0)?;
        rows.into_iter().map(Ticket::try_from).collect()
    }

    /// Forgets all other tickets of an account, with what was stated in them.
    pub fn delete_of(&mut self, account: AccountId, but: TicketId) -> Result<(), StoreError> {
        let others =
            tickets::table.filter(tickets::account_id.eq(account.to_string())).filter(tickets::id.ne(but.to_string()));
        if self.1.are_told() {
            for ticket in self.of_account(account)?.into_iter().filter(|ticket| ticket.is_open() && ticket.id != but) {
                let help_desk_id = self.help_desk_id(ticket.id)?;
                self.1.gone(ticket, help_desk_id);
            }
        }
        kept!(diesel::delete(others)).execute(self.0)?;
        Ok(())
    }

    /// True for the first who closes the ticket, and for nobody after.
    pub fn close(&mut self, id: TicketId, decision: &Decision, by: &Agent, at: Time) -> Result<bool, StoreError> {
        let open = tickets::table.find(id.to_string()).filter(tickets::closed_at.is_null());
        let written = kept!(diesel::update(open).set((
            tickets::decision.eq(to_json(decision)),
            tickets::closed_by.eq(by.as_str()),
            tickets::closed_at.eq(stored(at)),
        )))
        .execute(self.0)?;
        if written == 1 {
            self.1.closed(id);
        }
        Ok(written == 1)
    }

    /// What the help desk's own system calls the ticket; nothing while it does not have it.
    pub fn help_desk_id(&mut self, id: TicketId) -> Result<Option<String>, StoreError> {
        let row =
            kept!(tickets::table.find(id.to_string()).select(tickets::help_desk_id)).get_result(self.0).optional()?;
        Ok(row.flatten())
    }

    pub fn note_help_desk_id(&mut self, id: TicketId, help_desk_id: &str) -> Result<(), StoreError> {
        let ticket = tickets::table.find(id.to_string());
        kept!(diesel::update(ticket).set(tickets::help_desk_id.eq(help_desk_id))).execute(self.0)?;
        Ok(())
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = tickets, treat_none_as_default_value = false)]
struct TicketRow {
    id: String,
    reference: String,
    kind: String,
    account_id: Option<String>,
    holder_id: Option<String>,
    interaction_id: Option<String>,
    client_id: Option<String>,
    contact: String,
    first_name: String,
    middle_name: Option<String>,
    last_name: String,
    preferred_name: Option<String>,
    stated: String,
    claims_qts: Option<bool>,
    verdict: Option<String>,
    created_at: Moment,
    decision: Option<String>,
    closed_at: Option<Moment>,
    closed_by: Option<String>,
}

impl From<&Ticket> for TicketRow {
    fn from(ticket: &Ticket) -> TicketRow {
        let (decision, closed_at, closed_by) = match &ticket.state {
            TicketState::Open => (None, None, None),
            TicketState::Closed { decision, at, by } => {
                (Some(to_json(decision)), Some(stored(*at)), Some(by.as_str().into()))
            }
        };
        TicketRow {
            id: ticket.id.to_string(),
            reference: ticket.reference.as_str().into(),
            kind: ticket.kind.as_str().into(),
            account_id: ticket.account.map(|id| id.to_string()),
            holder_id: ticket.holder.map(|id| id.to_string()),
            interaction_id: ticket.interaction.map(|id| id.to_string()),
            client_id: ticket.client.as_ref().map(|client| client.as_str().into()),
            contact: ticket.contact.as_str().into(),
            first_name: ticket.name.first.as_str().into(),
            middle_name: ticket.name.middle.as_ref().map(|name| name.as_str().into()),
            last_name: ticket.name.last.as_str().into(),
            preferred_name: ticket.preferred_name.as_ref().map(|name| name.as_str().into()),
            stated: to_json(&ticket.stated),
            claims_qts: ticket.claims_qts,
            verdict: ticket.verdict.as_ref().map(to_json),
            created_at: stored(ticket.created_at),
            decision,
            closed_at,
            closed_by,
        }
    }
}

impl TryFrom<TicketRow> for Ticket {
    type Error = StoreError;

    fn try_from(row: TicketRow) -> Result<Ticket, StoreError> {
        let place = Place::new("tickets", &row.id);
        let state = match (row.decision, row.closed_at, row.closed_by) {
            (Some(decision), Some(at), Some(by)) => TicketState::Closed {
                decision: place.read("decision", decision, from_json)?,
                at: told(at),
                by: place.read("closed_by", by, |text| Agent::parse(&text))?,
            },
            (None, None, None) => TicketState::Open,
            _ => return Err(place.impossible("half a decision")),
        };
        Ok(Ticket {
            id: place.read("id", row.id.as_str(), str::parse)?,
            reference: place.read("reference", row.reference, |text| Reference::parse(&text))?,
            kind: place.read("kind", row.kind, from_word)?,
            account: place.maybe("account_id", row.account_id, |text| text.parse())?,
            holder: place.maybe("holder_id", row.holder_id, |text| text.parse())?,
            interaction: place.maybe("interaction_id", row.interaction_id, |text| text.parse())?,
            client: place.maybe("client_id", row.client_id, |text| ClientId::parse(&text))?,
            contact: place.read("contact", row.contact, |text| Email::parse(&text))?,
            name: PersonName {
                first: place.read("first_name", row.first_name, NamePart::try_from)?,
                middle: place.maybe("middle_name", row.middle_name, NamePart::try_from)?,
                last: place.read("last_name", row.last_name, NamePart::try_from)?,
            },
            preferred_name: place.maybe("preferred_name", row.preferred_name, |text| PreferredName::parse(&text))?,
            stated: place.read("stated", row.stated, from_json)?,
            claims_qts: row.claims_qts,
            verdict: place.maybe("verdict", row.verdict, from_json)?,
            state,
            created_at: told(row.created_at),
        })
    }
}
