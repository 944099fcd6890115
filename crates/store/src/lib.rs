//! What is kept, and where: diesel over SQLite and PostgreSQL, and nothing else here knows diesel.
//!
//! [`Store::read`] and [`Store::transact`] run a closure on a [`Db`]: one blocking hop, one transaction, domain types
//! in and out. The resource comes first and the verb second: `db.accounts().by_email(&email)`.
//!
//! This crate must never know of a web page, a protocol or a rule of the journey; nor of the time, which comes in with
//! what is written. Whatever differs between the two databases is decided in here and never outside.

mod account_changes;
mod accounts;
mod bare;
mod browser_sessions;
mod change_requests;
mod code_budgets;
mod connection;
mod constraint;
mod db;
mod elections;
mod error;
mod events;
mod evidence_files;
mod facts;
mod grants;
mod housekeeping;
mod institution_domains;
mod interactions;
mod kept;
mod likeness;
mod logout_notices;
mod migrations;
mod one_logins;
mod one_time_codes;
mod outbox;
mod passkey_ceremonies;
mod passkeys;
mod place;
mod pool;
mod pushed_requests;
mod record_finders;
mod record_searches;
mod records;
mod refresh_tokens;
mod refused_requests;
mod schema;
mod sealed;
mod signing_keys;
mod size;
mod spent_ids;
mod store;
mod tickets;
mod time;
mod transaction;
mod undeliverable_addresses;
mod unseen_records;
mod url;
mod writer;

pub use accounts::Accounts;
pub use browser_sessions::BrowserSessions;
pub use change_requests::ChangeRequests;
pub use code_budgets::{CodeBudgets, Taken};
pub use constraint::Constraint;
pub use db::Db;
pub use elections::Elections;
pub use error::StoreError;
pub use events::Events;
pub use evidence_files::EvidenceFiles;
pub use grants::Grants;
pub use housekeeping::Housekeeping;
pub use institution_domains::InstitutionDomains;
pub use interactions::Interactions;
pub use logout_notices::LogoutNotices;
pub use one_logins::OneLogins;
pub use one_time_codes::OneTimeCodes;
pub use outbox::{Depth, Outbox};
pub use passkey_ceremonies::PasskeyCeremonies;
pub use passkeys::Passkeys;
pub use pool::PoolSettings;
pub use pushed_requests::PushedRequests;
pub use record_finders::RecordFinders;
pub use record_searches::RecordSearches;
pub use records::{TeachingRecords, Upserted};
pub use refresh_tokens::RefreshTokens;
pub use refused_requests::RefusedRequests;
pub use sealed::{Sealed, SealedColumn, SealedRow};
pub use signing_keys::SigningKeys;
pub use spent_ids::SpentIds;
pub use store::Store;
pub use tickets::{TicketFilter, Tickets};
pub use undeliverable_addresses::UndeliverableAddresses;
pub use unseen_records::Turn;
pub use url::{DatabaseUrl, DatabaseUrlError};

/// Counts commits of what was written: `store_commits_total`. On SQLite one may hold the work of several who waited.
pub const COMMITS: &str = "store_commits_total";
