//! Which files of evidence there may be. Each is written down before it is kept elsewhere, so that one which no request
//! comes to name is found and swept, whoever died in between.

use diesel::prelude::*;
use identity::clock::Time;
use identity::evidence::EvidenceId;

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::Place;
use crate::schema::{change_requests, evidence_files};
use crate::time::{Moment, stored};

pub struct EvidenceFiles<'c>(pub(crate) &'c mut AnyConnection);

impl EvidenceFiles<'_> {
    /// Writes down that a file is about to be kept under this id.
    pub fn expect(&mut self, id: EvidenceId, at: Time) -> Result<(), StoreError> {
        let row = (evidence_files::id.eq(id.to_string()), evidence_files::created_at.eq(stored(at)));
        guarded(self.0, |connection| {
            kept!(diesel::insert_into(evidence_files::table).values(row)).execute(connection)
        })?;
        Ok(())
    }

    /// At most `limit` files that have outlived their use: those that no request names, expected before `unnamed`, and
    /// those of requests that were decided before `decided`.
    pub fn outlived(&mut self, unnamed: Time, decided: Time, limit: u32) -> Result<Vec<EvidenceId>, StoreError> {
        let is_unnamed = change_requests::id.is_null().and(evidence_files::created_at.lt(stored(unnamed)));
        let is_decided = change_requests::decided_at.lt(stored(decided)).assume_not_null();
        let ids: Vec<String> = kept!(
            evidence_files::table
                .left_join(change_requests::table.on(change_requests::evidence_id.eq(evidence_files::id.nullable())))
                .filter(is_unnamed.or(change_requests::decided_at.is_not_null().and(is_decided)))
                .order((evidence_files::created_at, evidence_files::id))
                .limit(limit.into())
                .select(evidence_files::id)
        )
        .load(self.0)?;
        ids.into_iter().map(|id| Place::new("evidence_files", &id).read("id", id.as_str(), str::parse)).collect()
    }

    /// Forgets a file that has been deleted. What a pending request rests on stays, and the answer is false.
    pub fn forget(&mut self, id: EvidenceId) -> Result<bool, StoreError> {
        let id = id.to_string();
        let names_it = change_requests::table.filter(change_requests::evidence_id.eq(&id));
        let decided = names_it.filter(change_requests::decided_at.is_not_null());
        kept!(diesel::update(decided).set(change_requests::evidence_id.eq(None::<String>))).execute(self.0)?;
        if kept!(names_it.select(change_requests::created_at)).get_result::<Moment>(self.0).optional()?.is_some() {
            return Ok(false);
        }
        kept!(diesel::delete(evidence_files::table.find(&id))).execute(self.0)?;
        Ok(true)
    }
}
