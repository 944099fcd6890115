//! The whole application in process: what is mounted, and what a person or a script gets to see.

mod account;
mod authenticator;
mod evidence;
mod logouts;
mod metrics;
mod notify;
mod outbox;
mod pages;
mod passkey_offers;
mod passkeys;
mod person;
mod receipts;
mod records;
mod refusals;
mod register;
mod services;
mod sign_in;
mod telling;
mod verdicts;
mod world;
