//! Interactions. Every write of the state names the version that it was made from, and loses when it is not the last.

use diesel::prelude::*;
use identity::client::ClientId;
use identity::clock::Time;
use identity::interaction::{Interaction, InteractionId, Outcome};
use identity::secret::Hashed;

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::{Place, from_json, to_json};
use crate::schema::interactions;
use crate::time::{Moment, stored, told};

pub struct Interactions<'c>(pub(crate) &'c mut AnyConnection);

impl Interactions<'_> {
    pub fn create(&mut self, interaction: &Interaction) -> Result<(), StoreError> {
        let row = InteractionRow::from(interaction);
        kept!(diesel::insert_into(interactions::table).values(&row)).execute(self.0)?;
        Ok(())
    }

    pub fn by_id(&mut self, id: &InteractionId) -> Result<Option<Interaction>, StoreError> {
        let row = kept!(interactions::table.find(id.to_string()).select(InteractionRow::as_select()))
            .get_result(self.0)
            .optional()?;
        row.map(Interaction::try_from).transpose()
    }

    /// Replaces the state, and adds one to the version. False when somebody else wrote since `expected_version` was
    /// read, or when the journey has ended: read again and start over.
    pub fn save_state(&mut self, id: &InteractionId, expected_version: i64, state: &str) -> Result<bool, StoreError> {
        let written = kept!(
            diesel::update(unfinished(id, expected_version))
                .set((interactions::state.eq(state), interactions::version.eq(expected_version + 1)))
        )
        .execute(self.0)?;
        Ok(written == 1)
    }

    /// [`Interactions::save_state`] for the last time, with how the journey ended.
    pub fn finish(
        &mut self,
        id: &InteractionId,
        expected_version: i64,
        state: &str,
        outcome: &Outcome,
    ) -> Result<bool, StoreError> {
        let written = kept!(diesel::update(unfinished(id, expected_version)).set((
            interactions::state.eq(state),
            interactions::version.eq(expected_version + 1),
            interactions::outcome.eq(to_json(outcome)),
        )))
        .execute(self.0)?;
        Ok(written == 1)
    }

    /// Takes the outcome up. True for the first who asks, once there is an outcome, and for nobody after.
    pub fn mark_resumed(&mut self, id: &InteractionId, at: Time) -> Result<bool, StoreError> {
        let ready = interactions::table
            .find(id.to_string())
            .filter(interactions::outcome.is_not_null())
            .filter(interactions::resumed_at.is_null());
        let written = kept!(diesel::update(ready).set(interactions::resumed_at.eq(stored(at)))).execute(self.0)?;
        Ok(written == 1)
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn unfinished(id: &InteractionId, version: i64) -> _ {
    let id: String = id.to_string();
    interactions::table.find(id).filter(interactions::version.eq(version)).filter(interactions::outcome.is_null())
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = interactions, treat_none_as_default_value = false)]
struct InteractionRow {
    id: String,
    client_id: String,
    browser_hash: String,
    ask: String,
    authorization_request: String,
    state: String,
    version: i64,
    created_at: Moment,
    outcome: Option<String>,
    resumed_at: Option<Moment>,
}

impl From<&Interaction> for InteractionRow {
    fn from(interaction: &Interaction) -> InteractionRow {
        InteractionRow {
            id: interaction.id.to_string(),
            client_id: interaction.client_id.as_str().into(),
            browser_hash: interaction.browser.as_str().into(),
            ask: to_json(&interaction.ask),
            authorization_request: interaction.authorization.clone(),
            state: interaction.state.clone(),
            version: interaction.version,
            created_at: stored(interaction.created_at),
            outcome: interaction.outcome.as_ref().map(to_json),
            resumed_at: interaction.resumed_at.map(stored),
        }
    }
}

impl TryFrom<InteractionRow> for Interaction {
    type Error = StoreError;

    fn try_from(row: InteractionRow) -> Result<Interaction, StoreError> {
        let place = Place::new("interactions", &row.id);
        Ok(Interaction {
            id: place.read("id", row.id.as_str(), str::parse)?,
            client_id: place.read("client_id", row.client_id, |text| ClientId::parse(&text))?,
            browser: Hashed::from_stored(row.browser_hash),
            ask: place.read("ask", row.ask, from_json)?,
            authorization: row.authorization_request,
            state: row.state,
            version: row.version,
            created_at: told(row.created_at),
            outcome: place.maybe("outcome", row.outcome, from_json)?,
            resumed_at: row.resumed_at.map(told),
        })
    }
}
