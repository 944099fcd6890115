//! The services that we call, each behind a small trait of `identity`: their real clients, and their simulators.
//!
//! It owns the wire of other people's services. It must never know of a page, a table, a rule of identity or the
//! configuration: what a client needs is handed to it, the time included.

pub mod back_channel;
pub mod evidence;
pub mod help_desk;
pub mod http;
pub mod key_sets;
pub mod messages;
pub mod one_login;
pub mod records;
pub mod scanner;
pub mod simulators;
pub mod webhooks;
