//! The words and the rules of Get an Identity: what an email address, a name, a TRN, an account or a match *is*.
//!
//! Everything here is pure. This crate must never know of a database, a web page, a file, the wire of another service,
//! the time or chance: those come in as arguments ([`clock`], [`random`]) or stay with whoever calls.

pub mod account;
pub mod address;
pub mod announcer;
pub mod backoff;
pub mod browser_session;
pub mod budget;
pub mod carrier;
pub mod change_request;
pub mod claims_request;
pub mod client;
pub mod client_authentication;
pub mod client_secret;
pub mod clock;
pub mod cookie_names;
pub mod date_of_birth;
pub mod device;
pub mod email;
pub mod errand;
pub mod event;
pub mod evidence;
pub mod follow;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod grant;
pub mod help_desk;
mod id;
pub mod institution_domain;
pub mod interaction;
pub mod key_life;
pub mod key_ring;
pub mod likeness;
pub mod logout_notice;
pub mod mailbox;
pub mod matching;
pub mod message;
pub mod mobile;
pub mod name;
pub mod nino;
pub mod one_login;
pub mod one_time_code;
pub mod outbox;
pub mod passkey;
pub mod preferred_name;
pub mod provider;
pub mod pushed_request;
pub mod random;
pub mod record;
pub mod record_change;
pub mod refresh_token;
pub mod refused_request;
pub mod scope;
pub mod search;
pub mod secret;
pub mod signing_key;
pub mod teller;
mod text;
pub mod ticket;
pub mod trn;
pub mod webhook;
