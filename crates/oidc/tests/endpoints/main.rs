//! The endpoints, in process: a real store, a clock that is moved on by hand, chance from a seed, and browsers and
//! clients that do what theirs do.

mod backchannel_logout;
mod certification;
mod claims_parameter;
mod client_authentication;
mod code_flow;
mod codes;
mod discovery;
mod dpop;
mod end_session;
mod hostile;
mod introspection;
mod key_life;
mod keys;
mod live_sessions;
mod over_the_wire;
mod pairwise;
mod pkce;
mod private_key_jwt;
mod pushed_requests;
mod races;
mod refresh_tokens;
mod request_errors;
mod request_objects;
mod resources;
mod response_modes;
mod resume;
mod revocation;
mod signed_responses;
mod signed_userinfo;
mod single_sign_on;
mod to_account;
mod unavailable;
mod userinfo;
mod world;
