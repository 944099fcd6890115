//! Passkeys: the ceremonies by which one is used or made. The script of the pages asks for a challenge, lets the device
//! answer it, and submits the answer as an ordinary form; without a script nothing of this is there.

pub(crate) mod ceremony;
pub(crate) mod make;
pub(crate) mod offer;
pub(crate) mod sign_in;
mod web_authn;

pub(crate) use web_authn::KeyAnswer;
pub use web_authn::WebAuthn;
