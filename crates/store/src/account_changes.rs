//! What is written of an account at one time, column by column.

use chrono::NaiveDate;
use diesel::prelude::*;
use identity::account::{Matched, RecordLink, RecordSeen};
use identity::date_of_birth::DateOfBirth;

use crate::error::StoreError;
use crate::place::{Place, from_json, to_json};
use crate::schema::accounts;
use crate::time::{Moment, stored, told};

/// What made the record the person's. It goes with the link: a link without it empties both.
#[derive(AsChangeset, Default, Insertable, Queryable, Selectable)]
#[diesel(table_name = accounts, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct MatchedRow {
    match_identifiers: Option<String>,
    matched_at: Option<Moment>,
}

impl MatchedRow {
    pub(crate) fn of(link: Option<&RecordLink>) -> MatchedRow {
        let matched = link.and_then(|link| link.matched.as_ref());
        MatchedRow {
            match_identifiers: matched.map(|matched| to_json(&matched.on)),
            matched_at: matched.map(|matched| stored(matched.at)),
        }
    }

    pub(crate) fn read(self, place: &Place<'_>) -> Result<Option<Matched>, StoreError> {
        match (self.match_identifiers, self.matched_at) {
            (Some(on), Some(at)) => {
                Ok(Some(Matched { on: place.read("match_identifiers", on, from_json)?, at: told(at) }))
            }
            (None, None) => Ok(None),
            _ => Err(place.impossible("half of what made a match")),
        }
    }
}

/// What was last seen of the linked record.
#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = accounts, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct SeenRow {
    record_date_of_birth: Option<NaiveDate>,
    record_prohibited: Option<bool>,
    record_seen_at: Option<Moment>,
}

impl SeenRow {
    pub(crate) fn of(seen: Option<&RecordSeen>) -> SeenRow {
        SeenRow {
            record_date_of_birth: seen.map(|seen| seen.date_of_birth.date()),
            record_prohibited: seen.map(|seen| seen.prohibited),
            record_seen_at: seen.map(|seen| stored(seen.at)),
        }
    }

    pub(crate) fn read(self, place: &Place<'_>) -> Result<Option<RecordSeen>, StoreError> {
        match (self.record_date_of_birth, self.record_prohibited, self.record_seen_at) {
            (Some(date), Some(prohibited), Some(at)) => {
                Ok(Some(RecordSeen { date_of_birth: DateOfBirth::new(date), prohibited, at: told(at) }))
            }
            (None, None, None) => Ok(None),
            _ => Err(place.impossible("half of a sight of a teaching record")),
        }
    }
}

/// To diesel, a field of `None` stays as it is, and one of `Some(None)` becomes NULL.
#[derive(AsChangeset)]
#[diesel(table_name = accounts)]
pub(crate) struct Settlement<'a> {
    pub(crate) lookup_status: &'a str,
    pub(crate) trn: Option<Option<&'a str>>,
    pub(crate) match_level: Option<Option<&'a str>>,
    pub(crate) match_policy: Option<Option<&'a str>>,
    pub(crate) nino: Option<&'a str>,
    pub(crate) updated_at: Moment,
}

/// A middle name that the record does not have is taken away.
#[derive(AsChangeset)]
#[diesel(table_name = accounts)]
pub(crate) struct Assignment<'a> {
    pub(crate) first_name: &'a str,
    pub(crate) middle_name: Option<Option<&'a str>>,
    pub(crate) last_name: &'a str,
    pub(crate) lookup_status: &'a str,
    pub(crate) trn: &'a str,
    pub(crate) match_level: &'a str,
    pub(crate) match_policy: &'a str,
    pub(crate) updated_at: Moment,
}

/// What is left of a deleted account: every field here becomes NULL or empty but the two times.
#[derive(AsChangeset, Default)]
#[diesel(table_name = accounts, treat_none_as_null = true)]
pub(crate) struct Emptied {
    pub(crate) email: &'static str,
    pub(crate) email_canonical: &'static str,
    pub(crate) first_name: &'static str,
    pub(crate) middle_name: Option<String>,
    pub(crate) last_name: &'static str,
    pub(crate) preferred_name: Option<String>,
    pub(crate) date_of_birth: Option<NaiveDate>,
    pub(crate) nino: Option<String>,
    pub(crate) mobile_e164: Option<String>,
    pub(crate) lookup_status: Option<String>,
    pub(crate) trn: Option<String>,
    pub(crate) match_level: Option<String>,
    pub(crate) match_policy: Option<String>,
    pub(crate) match_identifiers: Option<String>,
    pub(crate) matched_at: Option<Moment>,
    pub(crate) record_date_of_birth: Option<NaiveDate>,
    pub(crate) record_prohibited: Option<bool>,
    pub(crate) record_seen_at: Option<Moment>,
    pub(crate) updated_at: Moment,
    pub(crate) deleted_at: Option<Moment>,
}

#[derive(AsChangeset)]
#[diesel(table_name = accounts)]
pub(crate) struct DetailRow<'a> {
    pub(crate) email: Option<&'a str>,
    pub(crate) email_canonical: Option<&'a str>,
    pub(crate) mobile_e164: Option<&'a str>,
    pub(crate) first_name: Option<&'a str>,
    pub(crate) middle_name: Option<Option<&'a str>>,
    pub(crate) last_name: Option<&'a str>,
    pub(crate) preferred_name: Option<&'a str>,
    pub(crate) date_of_birth: Option<NaiveDate>,
    pub(crate) nino: Option<&'a str>,
    pub(crate) updated_at: Moment,
}
