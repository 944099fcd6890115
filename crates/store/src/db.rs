//! What a closure of [`crate::Store::read`] or [`crate::Store::transact`] works with.

use diesel::Connection;
use diesel::result::QueryResult;

use crate::accounts::Accounts;
use crate::browser_sessions::BrowserSessions;
use crate::change_requests::ChangeRequests;
use crate::code_budgets::CodeBudgets;
use crate::connection::AnyConnection;
use crate::elections::Elections;
use crate::error::StoreError;
use crate::events::Events;
use crate::evidence_files::EvidenceFiles;
use crate::facts::Facts;
use crate::grants::Grants;
use crate::housekeeping::Housekeeping;
use crate::institution_domains::InstitutionDomains;
use crate::interactions::Interactions;
use crate::logout_notices::LogoutNotices;
use crate::one_logins::OneLogins;
use crate::one_time_codes::OneTimeCodes;
use crate::outbox::Outbox;
use crate::passkey_ceremonies::PasskeyCeremonies;
use crate::passkeys::Passkeys;
use crate::pushed_requests::PushedRequests;
use crate::record_finders::RecordFinders;
use crate::record_searches::RecordSearches;
use crate::records::TeachingRecords;
use crate::refresh_tokens::RefreshTokens;
use crate::refused_requests::RefusedRequests;
use crate::sealed::Sealed;
use crate::signing_keys::SigningKeys;
use crate::spent_ids::SpentIds;
use crate::tickets::Tickets;
use crate::undeliverable_addresses::UndeliverableAddresses;

/// The database inside one transaction: a door to each family of tables.
pub struct Db<'c> {
    connection: &'c mut AnyConnection,
    pub(crate) facts: Facts,
}

impl<'c> Db<'c> {
    pub(crate) fn new(connection: &'c mut AnyConnection) -> Db<'c> {
        Db { connection, facts: Facts::default() }
    }

    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        self.connection
    }

    pub fn accounts(&mut self) -> Accounts<'_> {
        Accounts(self.connection, &mut self.facts)
    }

    pub fn browser_sessions(&mut self) -> BrowserSessions<'_> {
        BrowserSessions(self.connection)
    }

    pub fn change_requests(&mut self) -> ChangeRequests<'_> {
        ChangeRequests(self.connection, &mut self.facts)
    }

    pub fn code_budgets(&mut self) -> CodeBudgets<'_> {
        CodeBudgets(self.connection)
    }

    pub fn elections(&mut self) -> Elections<'_> {
        Elections(self.connection)
    }

    pub fn events(&mut self) -> Events<'_> {
        Events(self.connection)
    }

    pub fn evidence_files(&mut self) -> EvidenceFiles<'_> {
        EvidenceFiles(self.connection)
    }

    pub fn grants(&mut self) -> Grants<'_> {
        Grants(self.connection)
    }

    pub fn housekeeping(&mut self) -> Housekeeping<'_> {
        Housekeeping(self.connection)
    }

    pub fn institution_domains(&mut self) -> InstitutionDomains<'_> {
        InstitutionDomains(self.connection)
    }

    pub fn interactions(&mut self) -> Interactions<'_> {
        Interactions(self.connection)
    }

    pub fn logout_notices(&mut self) -> LogoutNotices<'_> {
        LogoutNotices(self.connection)
    }

    pub fn one_logins(&mut self) -> OneLogins<'_> {
        OneLogins(self.connection)
    }

    pub fn one_time_codes(&mut self) -> OneTimeCodes<'_> {
        OneTimeCodes(self.connection)
    }

    pub fn outbox(&mut self) -> Outbox<'_> {
        Outbox(self.connection)
    }

    pub fn passkeys(&mut self) -> Passkeys<'_> {
        Passkeys(self.connection)
    }

    pub fn passkey_ceremonies(&mut self) -> PasskeyCeremonies<'_> {
        PasskeyCeremonies(self.connection)
    }

    pub fn pushed_requests(&mut self) -> PushedRequests<'_> {
        PushedRequests(self.connection)
    }

    pub fn record_finders(&mut self) -> RecordFinders<'_> {
        RecordFinders(self.connection)
    }

    pub fn record_searches(&mut self) -> RecordSearches<'_> {
        RecordSearches(self.connection)
    }

    pub fn records(&mut self) -> TeachingRecords<'_> {
        TeachingRecords(self.connection)
    }

    pub fn refresh_tokens(&mut self) -> RefreshTokens<'_> {
        RefreshTokens(self.connection)
    }

    pub fn sealed(&mut self) -> Sealed<'_> {
        Sealed(self.connection)
    }

    pub fn refused_requests(&mut self) -> RefusedRequests<'_> {
        RefusedRequests(self.connection)
    }

    pub fn signing_keys(&mut self) -> SigningKeys<'_> {
        SigningKeys(self.connection)
    }

    pub fn spent_ids(&mut self) -> SpentIds<'_> {
        SpentIds(self.connection)
    }

    pub fn undeliverable_addresses(&mut self) -> UndeliverableAddresses<'_> {
        UndeliverableAddresses(self.connection)
    }

    pub fn tickets(&mut self) -> Tickets<'_> {
        Tickets(self.connection, &mut self.facts)
    }
}

/// Inserts a row unless one with its key is there: true when it was not.
macro_rules! insert_unless_there {
    ($connection:expr, $insert:expr) => {{
        let insert = $insert.on_conflict_do_nothing();
        let inserted = match $connection {
            AnyConnection::Sqlite(sqlite) => insert.execute(sqlite)?,
            AnyConnection::Postgres(postgres) => insert.execute(postgres)?,
        };
        inserted == 1
    }};
}
pub(crate) use insert_unless_there;

/// Runs one statement that may break a unique rule, other than by a key that was drawn at random. In PostgreSQL a statement that
/// fails takes the whole transaction with it, and so has a savepoint of its own; in SQLite it takes nothing but itself.
pub(crate) fn guarded<T>(
    connection: &mut AnyConnection,
    statement: impl FnOnce(&mut AnyConnection) -> QueryResult<T>,
) -> Result<T, StoreError> {
    let done = match connection {
        AnyConnection::Sqlite(_) => statement(connection),
        AnyConnection::Postgres(_) => connection.transaction(statement),
    };
    done.map_err(StoreError::from)
}
