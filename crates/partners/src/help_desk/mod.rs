//! The help desk's own system.

mod zendesk;

pub use zendesk::{Zendesk, ZendeskSettings};
