//! Where evidence is kept and who looks at it first: two small doors, behind each of which are several real things.

use async_trait::async_trait;
use thiserror::Error;

use super::EvidenceId;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Keeps whole files. A file is there with all its bytes or not at all, whatever happens in between.
#[async_trait]
pub trait EvidenceStore: Send + Sync {
    async fn put(&self, id: EvidenceId, bytes: &[u8]) -> Result<(), EvidenceUnavailable>;

    async fn get(&self, id: EvidenceId) -> Result<Option<Vec<u8>>, EvidenceUnavailable>;

    /// Deletes the file and what is left of a `put` that was cut off. One that is not there is deleted already.
    async fn delete(&self, id: EvidenceId) -> Result<(), EvidenceUnavailable>;

    /// Where whoever has this address gets the file from, for a week: it belongs in no log. Nothing where others cannot come.
    fn address(&self, _id: EvidenceId) -> Option<String> {
        None
    }
}

/// The place where files are kept does not take or give them now.
#[derive(Debug, Error)]
#[error("the files of evidence are unavailable")]
pub struct EvidenceUnavailable(#[source] Cause);

impl EvidenceUnavailable {
    /// Keeps the `cause` for the log; a plain text will do.
    pub fn new(cause: impl Into<Cause>) -> EvidenceUnavailable {
        EvidenceUnavailable(cause.into())
    }
}

/// What a scanner says about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    Clean,
    Infected,
}

/// Looks for viruses. It answers within a time limit of its own, or fails.
#[async_trait]
pub trait Scanner: Send + Sync {
    async fn scan(&self, bytes: &[u8]) -> Result<Scan, ScanFailed>;
}

/// The scanner did not say what it thinks of a file: the file is not kept.
#[derive(Debug, Error)]
pub enum ScanFailed {
    #[error("the scanner did not answer in time")]
    TooSlow,
    #[error("the scanner failed")]
    Broken(#[source] Cause),
}

impl ScanFailed {
    /// Keeps the `cause` for the log; a plain text will do.
    pub fn broken(cause: impl Into<Cause>) -> ScanFailed {
        ScanFailed::Broken(cause.into())
    }
}
