//! The authorization server of OpenID Connect: the endpoints of the specs, their parameters, tokens, claims and errors.
//!
//! Each rule of a spec has one file, which opens with the rule in plain words. This crate must never know how a person
//! signs in, what a page looks like or where configuration comes from. It meets the journey only in a stored
//! *interaction*: it writes what it needs to know, sends the browser there, and takes up the outcome. The few pages that
//! a spec makes it show come in as [`Pages`].

mod access_token;
mod acr;
mod authorization_code;
mod authorize;
mod backchannel_logout;
mod body;
mod claims;
mod client_jwt;
mod client_request;
pub mod cookies;
mod cors;
mod discovery;
mod document;
mod documentation;
mod dpop;
mod end_session;
mod error;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod id_token;
mod introspection;
mod issuer;
mod jwks;
mod keys;
mod pages;
mod params;
mod provider;
mod refusals;
mod register_token;
mod response;
mod revocation;
mod routes;
mod secrets;
mod sha256;
mod subject;
mod token;
mod userinfo;

pub use backchannel_logout::{Round, tell_clients};
pub use client_jwt::{PublishedKeys, check_key_set};
pub use discovery::Discovery;
pub use documentation::{CalendarKey, Documentation};
pub use issuer::{Issuer, NotAnIssuer};
pub use keys::{KeyKeeper, Keys, KeysError, Revoked};
pub use pages::Pages;
pub use provider::{Provider, Settings};
pub use refusals::Refusals;
pub use register_token::register_token;
pub use routes::configure;
pub use secrets::Secrets;
