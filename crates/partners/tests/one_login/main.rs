//! The client of GOV.UK One Login against its simulator: the wire, every untruth, and every way in which a service can fail.

mod contract;
mod faults;
#[path = "../support/tls.rs"]
mod tls;
mod untruths;
mod world;
