//! The real binary, from outside: its subcommands, what it prints, how it ends.

mod changes;
mod check;
mod clients;
mod domains;
mod keys;
mod logouts;
mod records;
mod serve;
mod tickets;
mod webhook_document;
mod webhooks;
mod world;
