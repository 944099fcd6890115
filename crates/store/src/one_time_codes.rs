//! One-time codes: one live code per address and purpose, a budget of tries, used once.

use diesel::prelude::*;
use identity::clock::Time;
use identity::interaction::InteractionId;
use identity::one_time_code::{CodePurpose, MAX_TRIES, OneTimeCode};
use identity::secret::Hashed;
use uuid::Uuid;

use crate::connection::AnyConnection;
use crate::constraint::Constraint;
use crate::db::insert_unless_there;
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
        for _ in 0..ISSUE_ATTEMPTS {
            // Nobody has one, as a rule.
            if insert_unless_there!(self.0, diesel::insert_into(one_time_codes::table).values(&row)) {
                return Ok(());
            }
            self.retire_live(code)?;
        }
        Err(StoreError::Unique(Constraint::LiveOneTimeCode))
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

    /// Counts a try of a wrong code. False when the budget of tries is spent.
    pub fn count_try(&mut self, id: Uuid) -> Result<bool, StoreError> {
        let tried = one_time_codes::tries.eq(one_time_codes::tries + 1);
        let written = kept!(diesel::update(within_budget(id)).set(tried)).execute(self.0)?;
        Ok(written == 1)
    }

    /// Ends a live code by its use, which counts as a try. True for the first who asks, and for nobody after, nor when the
    /// budget of tries is spent: then the right code is as good as a wrong one.
    pub fn mark_used(&mut self, id: Uuid, at: Time) -> Result<bool, StoreError> {
        let live = within_budget(id).filter(one_time_codes::ended_at.is_null());
        let used = (one_time_codes::tries.eq(one_time_codes::tries + 1), one_time_codes::ended_at.eq(stored(at)));
        let written = kept!(diesel::update(live).set(used)).execute(self.0)?;
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

#[diesel::dsl::auto_type(no_type_alias)]
fn within_budget(id: Uuid) -> _ {
    let (id, budget): (String, i32) = (id.to_string(), MAX_TRIES as i32);
    one_time_codes::table.find(id).filter(one_time_codes::tries.lt(budget))
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
