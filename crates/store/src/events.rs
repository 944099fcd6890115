//! Events: the audit trail. They are added and read, never changed.

use diesel::dsl::{max, min};
use diesel::prelude::*;
use identity::account::AccountId;
use identity::client::ClientId;
use identity::event::{Event, EventKind, ServiceUsed};

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::{Place, from_json, to_json};
use crate::schema::events;
use crate::time::{Moment, stored, told};

pub struct Events<'c>(pub(crate) &'c mut AnyConnection);

impl Events<'_> {
    pub fn record(&mut self, event: &Event) -> Result<(), StoreError> {
        let row = EventRow::from(event);
        kept!(diesel::insert_into(events::table).values(&row)).execute(self.0)?;
        Ok(())
    }

    /// At most `limit` events of an account, the newest first.
    pub fn of_account(&mut self, account: AccountId, limit: u32) -> Result<Vec<Event>, StoreError> {
        let rows = kept!(
            events::table
                .filter(events::account_id.eq(account.to_string()))
                .order((events::happened_at.desc(), events::id.desc()))
                .limit(limit.into())
                .select(EventRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(Event::try_from).collect()
    }

    /// The services that an account has signed in to. The one that was used last comes first.
    pub fn services_of(&mut self, account: AccountId) -> Result<Vec<ServiceUsed>, StoreError> {
        let rows: Vec<(Option<String>, Option<Moment>, Option<Moment>)> = kept!(
            events::table
                .filter(events::account_id.eq(account.to_string()))
                .filter(events::kind.eq(EventKind::SignedIn.name()))
                .filter(events::client_id.is_not_null())
                .group_by(events::client_id)
                .select((events::client_id, min(events::happened_at), max(events::happened_at)))
        )
        .load(self.0)?;
        let whole = |(client, first, last)| Some((client?, first?, last?));
        let read = |(client, first, last): (String, Moment, Moment)| {
            let place = Place::new("events", &client);
            let id = place.read("client_id", client.as_str(), ClientId::parse)?;
            Ok(ServiceUsed { client: id, first: told(first), last: told(last) })
        };
        let mut used: Vec<ServiceUsed> =
            rows.into_iter().filter_map(whole).map(read).collect::<Result<_, StoreError>>()?;
        used.sort_by(|one, other| other.last.cmp(&one.last).then_with(|| one.client.cmp(&other.client)));
        Ok(used)
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct EventRow {
    id: String,
    happened_at: Moment,
    kind: String,
    account_id: String,
    client_id: Option<String>,
    detail: String,
}

impl From<&Event> for EventRow {
    fn from(event: &Event) -> EventRow {
        EventRow {
            id: event.id.to_string(),
            happened_at: stored(event.at),
            kind: event.kind.name().into(),
            account_id: event.account.to_string(),
            client_id: event.client.as_ref().map(|client| client.as_str().into()),
            detail: to_json(&event.kind),
        }
    }
}

impl TryFrom<EventRow> for Event {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Event, StoreError> {
        let place = Place::new("events", &row.id);
        Ok(Event {
            id: place.read("id", row.id.as_str(), str::parse)?,
            at: told(row.happened_at),
            kind: place.read("detail", row.detail, from_json)?,
            account: place.read("account_id", row.account_id.as_str(), str::parse)?,
            client: place.maybe("client_id", row.client_id, |text| ClientId::parse(&text))?,
        })
    }
}
