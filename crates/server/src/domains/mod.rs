//! The email domains of schools and training providers, taken from the websites in a register of establishments.

mod import;
mod report;
#[cfg(test)]
mod tests;
mod text;

pub use import::{ImportError, run};
pub use report::Report;
