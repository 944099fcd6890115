//! One-time codes: one live code per address and purpose, a budget of tries, used once.

use diesel::prelude::*;
use identity::clock::Time;
use identity::interaction::InteractionId;
use identity::one_time_code::{CodePurpose, MAX_TRIES, OneTimeCode};
use identity::secret::Hashed;
use uuid::Uuid;

use crate::connection::AnyConnection;
use crate::constraint::Constraint;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::Place;
use crate::schema::one_time_codes;
use crate::time::{Moment, stored, told};

/// How often to start over when others issue codes to the same address at the same moment. PostgreSQL alone needs it.
const ISSUE_ATTEMPTS: u32 = 20;

pub struct OneTimeCodes<'c>(pub(crate) &'c mut AnyConnection);

impl OneTimeCodes<'_> {
    /// Keeps a new code, and ends the live one of the same address and purpose, whichever journey that was sent for.
    pub fn issue(&mut self, code: &OneTimeCode) -> Result<(), StoreError> {
        let row = CodeRow::from(code);
        let mut attempts = ISSUE_ATTEMPTS;
        loop {
            self.retire_live(code)?;
            if self.insert(&row)? {
                return Ok(());
            }
            // Another transaction issued one after we looked for what to retire.
            if attempts == 0 {
                return Err(StoreError::Unique(Constraint::LiveOneTimeCode));
            }
            attempts -= 1;
        }
    }

    /// False, and nothing inserted, when another one is live.
    fn insert(&mut self, row: &CodeRow) -> Result<bool, StoreError> {
        let insert = diesel::insert_into(one_time_codes::table).values(row);
        let inserted = match self.0 {
            // There is one writer, who has just retired it.
            AnyConnection::Sqlite(_) => kept!(insert).execute(self.0)?,
            AnyConnection::Postgres(postgres) => insert.on_conflict_do_nothing().execute(postgres)?,
        };
        Ok(inserted == 1)
    }

    fn retire_live(&mut self, by: &OneTimeCode) -> Result<(), StoreError> {
        let live = one_time_codes::table
            .filter(one_time_codes::address.eq(&by.address))
            .filter(one_time_codes::purpose.eq(by.purpose.as_str()))
            .filter(one_time_codes::ended_at.is_null());
        kept!(diesel::update(live).set(one_time_codes::ended_at.eq(stored(by.created_at)))).execute(self.0)?;
        Ok(())
    }

    /// The newest code that this journey sent to this address, live or not.
    pub fn latest(
        &mut self,
        interaction: &InteractionId,
        address: &str,
        purpose: CodePurpose,
    ) -> Result<Option<OneTimeCode>, StoreError> {
        let row = kept!(
            one_time_codes::table
                .filter(one_time_codes::interaction_id.eq(interaction.to_string()))
                .filter(one_time_codes::address.eq(address))
                .filter(one_time_codes::purpose.eq(purpose.as_str()))
                .order((one_time_codes::created_at.desc(), one_time_codes::ended_at.is_null().desc()))
                .select(CodeRow::as_select())
        )
        .get_result(self.0)
        .optional()?;
        row.map(OneTimeCode::try_from).transpose()
    }

    /// Counts one try, before anything is compared; how many that makes. Nothing when the budget is spent: then the
    /// code is as good as wrong, even the right one.
    pub fn count_try(&mut self, id: Uuid) -> Result<Option<u32>, StoreError> {
        let budget = i32::try_from(MAX_TRIES).expect("the budget is a small number");
        let within = one_time_codes::table.find(id.to_string()).filter(one_time_codes::tries.lt(budget));
        let counted =
            kept!(diesel::update(within).set(one_time_codes::tries.eq(one_time_codes::tries + 1))).execute(self.0)?;
        if counted == 0 {
            return Ok(None);
        }
        let id = id.to_string();
        let tries: i32 = kept!(one_time_codes::table.find(&id).select(one_time_codes::tries)).get_result(self.0)?;
        Place::new(TABLE, &id).read("tries", tries, u32::try_from).map(Some)
    }

    /// Ends a live code by its use. True for the first who asks, and for nobody after.
    pub fn mark_used(&mut self, id: Uuid, at: Time) -> Result<bool, StoreError> {
        let live = one_time_codes::table.find(id.to_string()).filter(one_time_codes::ended_at.is_null());
        let written = kept!(diesel::update(live).set(one_time_codes::ended_at.eq(stored(at)))).execute(self.0)?;
        Ok(written == 1)
    }

    /// Notes that a code which had expired was replaced without the person asking. True for the first who asks, and for
    /// nobody after.
    pub fn mark_replaced(&mut self, id: Uuid) -> Result<bool, StoreError> {
        let waiting = one_time_codes::table.find(id.to_string()).filter(one_time_codes::replaced.eq(false));
        let written = kept!(diesel::update(waiting).set(one_time_codes::replaced.eq(true))).execute(self.0)?;
        Ok(written == 1)
    }
}

const TABLE: &str = "one_time_codes";

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = one_time_codes, treat_none_as_default_value = false)]
struct CodeRow {
    id: String,
    interaction_id: String,
    address: String,
    purpose: String,
    code_hash: String,
    created_at: Moment,
    expires_at: Moment,
    tries: i32,
    replaced: bool,
    ended_at: Option<Moment>,
}

impl From<&OneTimeCode> for CodeRow {
    fn from(code: &OneTimeCode) -> CodeRow {
        CodeRow {
            id: code.id.to_string(),
            interaction_id: code.interaction.to_string(),
            address: code.address.clone(),
            purpose: code.purpose.as_str().into(),
            code_hash: code.code.as_str().into(),
            created_at: stored(code.created_at),
            expires_at: stored(code.expires_at),
            tries: i32::try_from(code.tries).unwrap_or(i32::MAX),
            replaced: false,
            ended_at: code.ended_at.map(stored),
        }
    }
}

impl TryFrom<CodeRow> for OneTimeCode {
    type Error = StoreError;

    fn try_from(row: CodeRow) -> Result<OneTimeCode, StoreError> {
        let place = Place::new(TABLE, &row.id);
        Ok(OneTimeCode {
            id: place.read("id", row.id.as_str(), str::parse)?,
            interaction: place.read("interaction_id", row.interaction_id, |text| text.parse::<InteractionId>())?,
            address: row.address,
            purpose: place.read("purpose", row.purpose, |text| purpose(&text).ok_or(()))?,
            code: Hashed::from_stored(row.code_hash),
            created_at: told(row.created_at),
            expires_at: told(row.expires_at),
            tries: place.read("tries", row.tries, u32::try_from)?,
            ended_at: row.ended_at.map(told),
        })
    }
}

fn purpose(word: &str) -> Option<CodePurpose> {
    [CodePurpose::SignIn].into_iter().find(|purpose| purpose.as_str() == word)
}
