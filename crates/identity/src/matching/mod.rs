//! Which teaching record is this person's? Six identifiers; three that agree with exactly one record are a match.
//!
//! Pure: what was stated, the candidate records and a named policy go in, a verdict with its reasons comes out.

mod decide;
mod explain;
mod identifiers;
mod policy;
mod told;

pub use decide::{Decision, Verdict, decide};
pub use explain::{Agreement, Explanation};
pub use identifiers::{Identifier, Identifiers, StatedName, name_keys};
pub use policy::{MatchPolicy, Policy};
