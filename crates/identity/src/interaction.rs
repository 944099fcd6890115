//! An interaction: where the authorization server and the journey meet. The one writes what it needs to know about a
//! person, the other writes the outcome; neither reads what the other keeps for itself.

use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::browser_session::SessionId;
use crate::client::{ClientId, MobileRequirement, TrnRequirement};
use crate::clock::Time;
use crate::email::Email;
use crate::errand::Errand;
use crate::event::Detail;
use crate::id::random_id;
use crate::matching::MatchPolicy;
use crate::secret::Hashed;
use crate::ticket::Reference;

random_id! {
    /// Stands in the path of every page of the journey, so that two tabs do not share a slot. Knowing it is worth nothing
    /// without the cookie of the browser that started.
    InteractionId
}

/// What the authorization server asks of the journey; fixed at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Is the person's teaching record wanted (scope and client together)?
    pub wants_record: bool,
    pub trn: TrnRequirement,
    #[serde(default)]
    pub mobile: MobileRequirement,
    #[serde(default)]
    pub landing_page: bool,
    pub match_policy: MatchPolicy,
    /// Does the client keep out people whom a prohibition bars from teaching?
    pub blocks_prohibited: bool,
    /// Does a search that stays undecided become a ticket for the help desk?
    pub raises_tickets: bool,
    /// Who is signed in with this browser, when nothing but their record is missing: they prove no address again.
    pub session: Option<LiveSession>,
    /// The address to offer on the first page (`login_hint`).
    pub login_hint: Option<Email>,
    /// Can a person send a file that proves a name or a date of birth? The journey says so each time, for as long as
    /// there is a place for files.
    #[serde(skip)]
    pub takes_evidence: bool,
    /// What the person is here for.
    #[serde(default)]
    pub errand: Errand,
}

/// A browser session that was live when the journey began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveSession {
    pub id: SessionId,
    pub account: AccountId,
    pub authenticated_at: Time,
    pub methods: Vec<AuthenticationMethod>,
}

/// How a person proved who they are (RFC 8176, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthenticationMethod {
    /// A one-time code.
    Otp,
    /// It was sent in a text message.
    Sms,
    /// Proof of possession of a key. Whether hardware keeps it (`hwk`) or software (`swk`) only the device knows, and
    /// without an attestation, which we do not ask for, its word is worth nothing.
    Pop,
    /// A test of the user's presence: they touched the device. That it also checked who they are, by a PIN or a
    /// fingerprint, is required of every passkey, but `pin`, `fpt` or `mfa` would say more than we are told.
    User,
    /// More than one factor (`mfa`). Only GOV.UK One Login asks for two, and says so by its `Cl.Cm`; of its own factors it
    /// tells nothing, and there is no word for its having been asked.
    Mfa,
}

impl AuthenticationMethod {
    /// What a passkey proves.
    pub const PASSKEY: [AuthenticationMethod; 2] = [AuthenticationMethod::Pop, AuthenticationMethod::User];

    pub fn as_str(self) -> &'static str {
        match self {
            AuthenticationMethod::Otp => "otp",
            AuthenticationMethod::Sms => "sms",
            AuthenticationMethod::Pop => "pop",
            AuthenticationMethod::User => "user",
            AuthenticationMethod::Mfa => "mfa",
        }
    }
}

/// How a journey ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    SignedIn {
        account: AccountId,
        at: Time,
        methods: Vec<AuthenticationMethod>,
    },
    /// The person proved who they are, but the client requires a TRN and there is none: no authorization_code. The
    /// journey's last page says why; on the wire it is `access_denied` (RFC 6749, section 4.1.2.1).
    WithoutTrn {
        account: AccountId,
    },
    /// The client keeps out people with an open prohibition, and this is one: no authorization_code.
    Blocked,
    /// The person's record belongs to an account that they cannot prove to be theirs: nobody is signed in, and support
    /// finds what they said under this reference.
    AskedSupport {
        reference: Reference,
    },
    /// Somebody who is signed in changed these of their details, or none after all. The account pages say so.
    Changed {
        account: AccountId,
        details: Vec<Detail>,
        /// What support was asked to change calls it by.
        #[serde(default)]
        asked: Option<Reference>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    pub id: InteractionId,
    pub client_id: ClientId,
    /// The keyed hash of the cookie of the browser that started; no other browser may go on.
    pub browser: Hashed,
    pub ask: Ask,
    /// The authorization request as validated, in JSON. Only the authorization server reads it.
    pub authorization: String,
    /// What the person has said so far, in JSON; empty before the first answer. Only the journey reads it.
    pub state: String,
    /// Goes up by one with every write of the state: a writer that read an older one has lost and starts over.
    pub version: i64,
    pub created_at: Time,
    pub outcome: Option<Outcome>,
    /// When the authorization server took the outcome up: it does so once.
    pub resumed_at: Option<Time>,
}
