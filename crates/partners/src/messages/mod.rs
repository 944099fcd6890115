//! Who takes messages to people: GOV.UK Notify for email and text messages, or any mail server for email.

pub mod notify;
pub mod smtp;
