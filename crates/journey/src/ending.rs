//! What a walk came to; nobody is signed in before.

use identity::account::{AccountId, DetailChanges, LookupStatus, RecordLink};
use identity::change_request::{EvidenceFile, Wanted};
use identity::email::Email;
use identity::matching::{Decision, Identifiers, MatchPolicy, Verdict};
use identity::mobile::Mobile;
use identity::trn::Trn;

#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// A known account, with what this sign-in found out about its record and what the person changed.
    SignIn { account: AccountId, news: Box<News>, changes: Box<DetailChanges>, requests: Vec<Request> },
    /// A new account, from the answers, with what the search for the record came to (None: it was not wanted).
    Register { email: Email, mobile: Option<Mobile>, search: Option<Search>, requests: Vec<Request> },
    /// The account that holds the record is this person's: they proved its address, and keep one of the two.
    Claim { account: AccountId, email: Email, search: Search },
    /// The record belongs to an account whose address they cannot get: nobody is signed in, and support is asked.
    AskSupport { holder: AccountId, email: Email, search: Search },
    /// The client keeps out people with an open prohibition. The account, where there is one.
    Blocked(Option<AccountId>),
    /// Somebody who is signed in changed this of their details; nothing, where it is as it was.
    Change { account: AccountId, changes: Box<DetailChanges>, request: Option<Request> },
}

/// What support is asked to change, and the file that proves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub wanted: Wanted,
    pub evidence: EvidenceFile,
}

/// What the search for a teaching record came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    pub status: LookupStatus,
    pub record: Option<RecordLink>,
    pub verdict: Verdict,
    /// All that was stated when it was decided.
    pub stated: Identifiers,
    pub claims: Claims,
    pub policy: MatchPolicy,
}

/// What the person said about themselves besides the identifiers. Absent: it was not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    pub trn: Option<bool>,
    pub qts: Option<bool>,
}

impl Claims {
    fn any(self) -> bool {
        self.trn == Some(true) || self.qts == Some(true)
    }
}

/// What a sign-in of somebody we know found out about their record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// The record was searched: asked for now, or quietly with what we hold.
    pub search: Option<Search>,
    /// It was searched without asking anything.
    pub quiet: bool,
    /// A search for a stricter service, for somebody whose link was not enough for it.
    pub elevation: Option<Elevation>,
    /// They proved the account's number, and not its address.
    pub by_mobile: Option<Mobile>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Elevation {
    pub verdict: Verdict,
    pub stated: Identifiers,
    /// The link as it is from now on, when the search found the same record.
    pub link: Option<RecordLink>,
}

impl Search {
    /// The verdict table: what a service is told, by the verdict and by whether the person claims a TRN or QTS.
    pub fn settled(verdict: &Verdict, policy: MatchPolicy, stated: &Identifiers, claims: Claims) -> Search {
        let (status, record) = match &verdict.decision {
            Decision::One(trn) => (LookupStatus::Found, Some(RecordLink::searched(trn.clone(), policy))),
            Decision::Several(_) | Decision::Unsure => (LookupStatus::Pending, None),
            Decision::None if claims.any() => (LookupStatus::Pending, None),
            Decision::None => (LookupStatus::None, None),
        };
        Search { status, record, verdict: verdict.clone(), stated: stated.clone(), claims, policy }
    }

    /// Does the person say that there is a record, and there is none?
    pub fn is_contested(&self) -> bool {
        self.verdict.decision == Decision::None && self.claims.any()
    }

    /// Their TRN, when it is another than the one they stated, or they said that they have none.
    pub fn trn_to_tell(&self) -> Option<&Trn> {
        let found = self.record.as_ref().map(|link| &link.trn)?;
        let another = self.stated.trn.as_ref().is_some_and(|stated| stated != found);
        (another || self.claims.trn == Some(false)).then_some(found)
    }

    /// The record was found, but it is another account's, and whose that is has to be found out by support.
    pub fn left_to_support(self) -> Search {
        Search { status: LookupStatus::Pending, record: None, ..self }
    }
}
