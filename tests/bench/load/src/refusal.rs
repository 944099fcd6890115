//! Why nothing is measured at all.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::failure::Failure;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, String),
    #[error("the target does not say its {0}, which this scenario needs")]
    Missing(&'static str),
    #[error("{0} is no address that plain HTTP goes to")]
    NoAddress(String),
    #[error("there have to be {needed} refresh tokens, one for each connection, and the target has {given}")]
    TooFewRefreshTokens { needed: usize, given: usize },
    #[error("there have to be {needed} people, and the file has {given}")]
    TooFewPeople { needed: usize, given: usize },
    #[error("--sink has to say where the server sends its letters to")]
    NoSink,
    #[error("nobody can listen at {0}: {1}")]
    Taken(SocketAddr, String),
    #[error("what the scenario needs beforehand cannot be had: {0}")]
    Unprepared(Failure),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Refusal {
        Refusal::Unprepared(failure)
    }
}
