//! Teaching records, embedded: loading an extract of them, and inventing one to try the service with.

pub mod import;
pub mod sample;
