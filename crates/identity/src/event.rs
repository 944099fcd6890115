//! Events: what happened to whom, when, and through which service; the audit trail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::AccountId;
use crate::client::ClientId;
use crate::clock::Time;
use crate::matching::Verdict;
use crate::ticket::Agent;
use crate::trn::Trn;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EventKind {
    /// The verdict is kept with what agreed, so that support can see why.
    AccountRegistered {
        verdict: Option<Verdict>,
    },
    /// The search that an account had never had, at the first service that wants the record.
    RecordLookedUp {
        verdict: Verdict,
    },
    /// Support found the record that matching could not.
    RecordAssigned {
        trn: Trn,
        by: Agent,
    },
    /// Support looked and says that there is no record.
    RecordDenied {
        by: Agent,
    },
    SignedIn,
    SignedOut,
}

impl EventKind {
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::AccountRegistered { .. } => "account_registered",
            EventKind::RecordLookedUp { .. } => "record_looked_up",
            EventKind::RecordAssigned { .. } => "record_assigned",
            EventKind::RecordDenied { .. } => "record_denied",
            EventKind::SignedIn => "signed_in",
            EventKind::SignedOut => "signed_out",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub id: Uuid,
    pub at: Time,
    pub kind: EventKind,
    pub account: AccountId,
    pub client: Option<ClientId>,
}
