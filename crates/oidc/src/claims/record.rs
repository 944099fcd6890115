//! The scope `trn`, and its older name `dqt:read`: which teaching record is the person's, or why there is none to tell.
//! The status is always told; the TRN only when a record was found, and found well enough for this client.

use identity::account::{Account, LookupStatus};
use identity::client::Client;
use serde::Serialize;

pub(super) const CLAIMS: [&str; 4] = ["trn", "trn_lookup_status", "trn_match_level", "trn_match_policy"];

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Record {
    trn_lookup_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    trn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trn_match_level: Option<&'static str>,
    /// The policy's name and version, as `default/1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    trn_match_policy: Option<String>,
}

impl Record {
    pub(super) fn of(account: &Account, client: &Client) -> Record {
        let link = account.record_for(client.match_policy);
        Record {
            trn_lookup_status: account.lookup_status.unwrap_or(LookupStatus::None).as_str(),
            trn: link.map(|link| link.trn.as_str().into()),
            trn_match_level: link.map(|link| link.level.as_str()),
            trn_match_policy: link.map(|link| link.policy.clone()),
        }
    }
}
