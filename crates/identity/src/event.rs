//! Events: what happened to whom, when, and through which service; the audit trail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::AccountId;
use crate::change_request::{ChangeDecision, Subject};
use crate::client::ClientId;
use crate::clock::Time;
use crate::follow::RecordChange;
use crate::matching::Verdict;
use crate::passkey::PasskeyId;
use crate::ticket::{Agent, Reference};
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
    /// A search for a stricter service. Its verdict raised the level of the link, or not.
    LevelSearched {
        verdict: Verdict,
        raised: bool,
    },
    /// The linked record had changed, and the account followed.
    RecordFollowed {
        changes: Vec<RecordChange>,
    },
    /// Somebody who registered with another address proved that this account is theirs.
    AccountClaimed {
        email_changed: bool,
    },
    /// The person changed these of their own details.
    DetailsChanged {
        details: Vec<Detail>,
    },
    /// The owner said that it was not they who signed in with the number: it was taken off, and what they began was ended.
    MobileDisowned,
    /// The self-service portal account of the linked record was unlocked.
    PortalUnlocked,
    /// It was locked, or may have been, and was left as it was.
    PortalLeftLocked {
        reason: LeftLocked,
    },
    /// The help desk was asked to find the record, or to delete the account.
    TicketRaised {
        reference: Reference,
    },
    /// The person does not want the account to be deleted any more.
    TicketWithdrawn {
        reference: Reference,
    },
    /// Support deleted the account.
    AccountDeleted {
        by: Agent,
    },
    /// The person asked, with evidence, for a change of their teaching record.
    ChangeRequested {
        reference: Reference,
        subject: Subject,
    },
    /// Support decided about such a request, or the person took it back.
    ChangeDecided {
        reference: Reference,
        decision: ChangeDecision,
        by: Agent,
    },
    /// A client that keeps out people with an open prohibition kept this one out.
    Blocked,
    SignedIn,
    SignedOut,
    PasskeyAdded {
        passkey: PasskeyId,
    },
    PasskeyRenamed {
        passkey: PasskeyId,
    },
    PasskeyRemoved {
        passkey: PasskeyId,
    },
    /// A GOV.UK One Login leads to the account from now on.
    OneLoginLinked,
    OneLoginUnlinked,
    /// A passkey was refused because there may be two of it.
    PasskeyCopied {
        passkey: PasskeyId,
    },
}

/// A detail that people may change themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    PreferredName,
    Name,
    DateOfBirth,
    Email,
    Mobile,
}

/// Why a portal account was not unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftLocked {
    /// The record has an alert.
    Alert,
    /// The address has been used to find another record.
    OtherRecord,
    /// The source of the records did not answer.
    NoAnswer,
}

impl EventKind {
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::AccountRegistered { .. } => "account_registered",
            EventKind::RecordLookedUp { .. } => "record_looked_up",
            EventKind::RecordAssigned { .. } => "record_assigned",
            EventKind::RecordDenied { .. } => "record_denied",
            EventKind::LevelSearched { .. } => "level_searched",
            EventKind::RecordFollowed { .. } => "record_followed",
            EventKind::AccountClaimed { .. } => "account_claimed",
            EventKind::DetailsChanged { .. } => "details_changed",
            EventKind::MobileDisowned => "mobile_disowned",
            EventKind::PortalUnlocked => "portal_unlocked",
            EventKind::PortalLeftLocked { .. } => "portal_left_locked",
            EventKind::TicketRaised { .. } => "ticket_raised",
            EventKind::TicketWithdrawn { .. } => "ticket_withdrawn",
            EventKind::AccountDeleted { .. } => "account_deleted",
            EventKind::ChangeRequested { .. } => "change_requested",
            EventKind::ChangeDecided { .. } => "change_decided",
            EventKind::Blocked => "blocked",
            EventKind::SignedIn => "signed_in",
            EventKind::SignedOut => "signed_out",
            EventKind::PasskeyAdded { .. } => "passkey_added",
            EventKind::PasskeyRenamed { .. } => "passkey_renamed",
            EventKind::PasskeyRemoved { .. } => "passkey_removed",
            EventKind::OneLoginLinked => "one_login_linked",
            EventKind::OneLoginUnlinked => "one_login_unlinked",
            EventKind::PasskeyCopied { .. } => "passkey_copied",
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

/// A service that a person has signed in to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceUsed {
    pub client: ClientId,
    pub first: Time,
    pub last: Time,
}
