//! Teaching records: where they come from, loading an extract of them, and inventing one to try the service with.

pub mod import;
pub mod sample;
mod source;

pub use source::source;
