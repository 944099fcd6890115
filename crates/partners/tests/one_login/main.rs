//! The client of GOV.UK One Login against its simulator: the wire, every untruth, and every way in which a service can fail.

mod contract;
mod faults;
mod untruths;
mod world;
