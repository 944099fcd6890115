//! The email domains of schools and training providers. Imports add to them, and nothing is ever taken away.

use diesel::prelude::*;
use identity::email::Email;
use identity::institution_domain::InstitutionDomain;
use identity::mailbox::{Kind, SharedMailboxes};

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::schema::institution_domains;

/// PostgreSQL takes 65,535 values in a statement.
const ROWS_PER_STATEMENT: usize = 2_000;

pub struct InstitutionDomains<'c>(pub(crate) &'c mut AnyConnection);

impl InstitutionDomains<'_> {
    /// Adds those that are not there yet; how many that was. A domain may occur twice in `domains`.
    pub fn insert(&mut self, domains: &[InstitutionDomain]) -> Result<usize, StoreError> {
        let mut new = 0;
        for chunk in domains.chunks(ROWS_PER_STATEMENT) {
            let rows: Vec<_> = chunk.iter().map(|domain| institution_domains::domain.eq(domain.as_str())).collect();
            // What is there already is passed over in the words of each database.
            new += match self.0 {
                AnyConnection::Sqlite(sqlite) => {
                    diesel::insert_or_ignore_into(institution_domains::table).values(rows).execute(sqlite)?
                }
                AnyConnection::Postgres(postgres) => diesel::insert_into(institution_domains::table)
                    .values(rows)
                    .on_conflict_do_nothing()
                    .execute(postgres)?,
            };
        }
        Ok(new)
    }

    /// Whether this very domain is known, in its canonical form ([`Email::domain`]). What is under it is not.
    pub fn contains(&mut self, domain: &str) -> Result<bool, StoreError> {
        let found = diesel::select(diesel::dsl::exists(institution_domains::table.find(domain)));
        Ok(found.get_result(self.0)?)
    }

    pub fn count(&mut self) -> Result<u64, StoreError> {
        let count: i64 = institution_domains::table.count().get_result(self.0)?;
        Ok(count.unsigned_abs())
    }

    /// Whose an address is, as far as it shows.
    pub fn mailbox_kind(&mut self, email: &Email, shared: &SharedMailboxes) -> Result<Kind, StoreError> {
        Ok(Kind::of(email, shared, self.contains(email.domain())?))
    }
}
