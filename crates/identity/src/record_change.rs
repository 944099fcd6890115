//! A request to change a teaching record, as the register takes it.

use serde::{Deserialize, Serialize};

use crate::change_request::Wanted;
use crate::email::Email;
use crate::evidence::FileName;
use crate::trn::Trn;

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
