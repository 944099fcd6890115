//! The parts, a file for each kind.

pub(crate) mod disk;
pub(crate) mod memory;
pub(crate) mod postgres;
pub(crate) mod secrets;
pub(crate) mod signatures;
pub(crate) mod sqlite;
mod table;
