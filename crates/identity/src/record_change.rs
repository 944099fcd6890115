//! A request to change a teaching record, as the register takes it.

use serde::{Deserialize, Serialize};

use crate::change_request::{ChangeRequestId, Wanted};
use crate::email::Email;
use crate::evidence::FileName;
use crate::trn::Trn;

/// What the outbox keeps of one: the rest is looked up when it goes out, for a person may take it back, and the address of the
/// file works for a while only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeAsked {
    pub request: ChangeRequestId,
}

/// Made by the person whose record it is, with evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordChangeRequest {
    pub trn: Trn,
    /// Where the register may write to the person.
    pub email: Email,
    pub wanted: Wanted,
    pub evidence: FileName,
    /// Where the register gets the file, for as long as this works.
    pub evidence_url: String,
}
