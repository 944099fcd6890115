//! The binary `get-an-identity`: configuration, wiring, background tasks, telemetry and subcommands.
//!
//! It owns how the parts are put together and run: which settings there are, which routes are mounted, what every
//! answer carries, what the log says. It must never know a rule of identity, a step of a journey, a clause of OAuth or
//! a table: those belong to the crates that it puts together.

mod announcer;
pub mod app;
pub mod changes;
pub mod clients;
pub mod commands;
pub mod config;
pub mod demo_client;
pub mod domains;
pub mod evidence;
pub mod explain;
pub mod help_desk;
pub mod housekeeping;
pub mod keys;
pub mod later;
mod lines;
pub mod log;
pub mod logouts;
pub mod messages;
pub mod one_login;
pub mod outbox;
pub mod records;
pub mod register;
pub mod rekey;
pub mod serve;
pub mod system;
pub mod tickets;
pub mod webhooks;

#[cfg(any(test, feature = "fuzzing"))]
pub use clients::fuzzing;
