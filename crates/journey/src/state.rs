//! What a journey remembers: answers, proofs, findings. A proof names what it proves, and a finding is kept with the
//! look-up that it answers, so changing an answer needs no resets: the old proof and the old finding are irrelevant.

use chrono::Duration;
use identity::account::AccountId;
use identity::address::Address;
use identity::clock::Time;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::mailbox::Kind as Mailbox;
use identity::matching::{Decision, Identifiers, MatchPolicy, StatedName, Verdict};
use identity::mobile::Mobile;
use identity::name::PersonName;
use identity::nino::Nino;
use identity::one_login::{Proved, Subject};
use identity::preferred_name::PreferredName;
use identity::provider::TrainingProvider;
use identity::trn::Trn;
use serde::{Deserialize, Serialize};

use crate::known::{KnownAccount, KnownRecord};
use crate::pages::choose_email::KeptEmail;
use crate::pages::institution_email::EmailChoice;
use crate::pages::landing::Intent;
use crate::pages::mobile::{MobileAnswer, TypedMobile};
use crate::pages::official_name::OfficialName;
use crate::pages::requests::Asking;
use crate::pages::same_person::SaidOfAccounts;

/// How long it stands that the records did not answer before the records are asked again.
const UNSURE_FOR: Duration = Duration::minutes(1);

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct State {
    pub answers: Answers,
    pub proofs: Vec<Proof>,
    pub findings: Vec<Finding>,
    /// The paths of the notices that the person has read.
    pub seen: Vec<String>,
    /// Did this journey end with a new account?
    pub registered: bool,
    /// Since when the records have been too slow for this person to wait for them.
    pub slow_at: Option<Time>,
}

/// An answer that may be "I don't know it".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known<T> {
    Known(T),
    Unknown,
}

impl<T> Known<T> {
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Known::Known(value) => Some(value),
            Known::Unknown => None,
        }
    }
}

/// One field a question. Absent: not asked yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    pub intent: Option<Intent>,
    pub email: Option<Email>,
    /// Whose passkey was shown instead of an address. Only a passkey that was checked is written here, and the next
    /// address takes its place.
    pub passkey: Option<AccountId>,
    /// What GOV.UK One Login proved. It is written here by the way back alone, and the next address takes its place.
    pub one_login: Option<Proved>,
    /// The address given instead of a shared one.
    pub personal_email: Option<Email>,
    pub institution_email: Option<EmailChoice>,
    pub mobile: Option<MobileAnswer>,
    /// The number of somebody who can get no email any more.
    pub lost_email: Option<TypedMobile>,
    /// Addresses that no account had, with which the person creates one all the same.
    pub creates_with: Vec<Email>,
    pub signs_in_instead: Option<bool>,
    /// Numbers whose account is theirs, and such whose account is not.
    pub signs_in_with: Vec<Mobile>,
    pub not_mine: Vec<Mobile>,
    pub official_name: Option<OfficialName>,
    pub preferred_name: Option<PreferredName>,
    pub date_of_birth: Option<DateOfBirth>,
    pub said_of_accounts: Vec<SaidOfAccounts>,
    pub alike_by_mobile: Option<bool>,
    pub has_nino: Option<bool>,
    pub nino: Option<Known<Nino>>,
    pub has_trn: Option<bool>,
    pub trn: Option<Known<Trn>>,
    pub has_qts: Option<bool>,
    pub has_provider: Option<bool>,
    pub provider: Option<Known<TrainingProvider>>,
    /// The answers as they were when the person said that they are right.
    pub checked: Option<Box<Answers>>,
    /// The answers as they were when the person went on although no record was found with them.
    pub no_match: Option<Box<Answers>>,
    pub keep_email: Option<KeptEmail>,
    pub asks_support: Option<bool>,
    /// What somebody we know changes of their details.
    pub change_preferred_name: Option<PreferredName>,
    pub change_name: Option<PersonName>,
    pub change_date_of_birth: Option<DateOfBirth>,
    pub change_email: Option<Email>,
    pub change_mobile: Option<TypedMobile>,
    pub details_seen: Option<bool>,
    /// What they ask support to change of what the record says.
    pub new_official_name: Asking<PersonName>,
    pub new_date_of_birth: Asking<DateOfBirth>,
    pub record_differs_seen: Option<bool>,
}

impl Answers {
    /// What there is to check: all but what is asked afterwards.
    pub fn to_check(&self) -> Answers {
        Answers {
            passkey: None,
            said_of_accounts: Vec::new(),
            alike_by_mobile: None,
            checked: None,
            no_match: None,
            keep_email: None,
            asks_support: None,
            change_preferred_name: None,
            change_name: None,
            change_date_of_birth: None,
            change_email: None,
            change_mobile: None,
            details_seen: None,
            new_official_name: Asking::default(),
            new_date_of_birth: Asking::default(),
            record_differs_seen: None,
            ..self.clone()
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A code that was sent to this address came back.
    Email(Email),
    /// The same of a number.
    Mobile(Mobile),
}

impl Proof {
    /// Where the code goes.
    pub fn address(&self) -> Address {
        match self {
            Proof::Email(email) => email.clone().into(),
            Proof::Mobile(mobile) => mobile.clone().into(),
        }
    }
}

/// A question that only the databases can answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lookup {
    AccountByEmail(Email),
    AccountByMobile(Mobile),
    AccountById(AccountId),
    /// To which account does this GOV.UK One Login lead?
    AccountByOneLogin(Subject),
    /// Whose name and date of birth are these, or like these? The name may be one that they had before.
    AccountsLike(Box<StatedName>, DateOfBirth),
    /// Who has this teaching record already?
    AccountByTrn(Trn),
    Record(Box<Identifiers>, MatchPolicy),
    /// What does this record say today?
    RecordByTrn(Trn),
    /// Whose mailbox is it: one person's, or one that many read?
    Mailbox(Email),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    Account(Option<Box<KnownAccount>>),
    Accounts(Vec<KnownAccount>),
    Verdict(Verdict),
    /// None: the source of the records did not answer, or has no such record.
    Record(Option<KnownRecord>),
    Mailbox(Mailbox),
}

impl Found {
    /// Is it the want of an answer?
    fn is_unsure(&self) -> bool {
        matches!(self, Found::Verdict(Verdict { decision: Decision::Unsure, .. }) | Found::Record(None))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub lookup: Lookup,
    pub found: Found,
    pub at: Time,
}

impl State {
    pub fn has(&self, proof: &Proof) -> bool {
        self.proofs.contains(proof)
    }

    pub fn prove(&mut self, proof: Proof) {
        if !self.has(&proof) {
            self.proofs.push(proof);
        }
    }

    pub fn has_seen(&self, notice: &str) -> bool {
        self.seen.iter().any(|seen| seen == notice)
    }

    pub fn see(&mut self, notice: &str) {
        if !self.has_seen(notice) {
            self.seen.push(notice.into());
        }
    }

    pub fn found(&self, lookup: &Lookup) -> Option<&Found> {
        self.findings.iter().find(|finding| finding.lookup == *lookup).map(|finding| &finding.found)
    }

    /// An account that was found, however it was looked for.
    pub fn account(&self, id: AccountId) -> Option<&KnownAccount> {
        let accounts = self.findings.iter().filter_map(|finding| match &finding.found {
            Found::Account(account) => account.as_deref(),
            _ => None,
        });
        accounts.into_iter().find(|account| account.id == id)
    }

    pub fn keep(&mut self, lookup: Lookup, found: Found, at: Time) {
        self.findings.retain(|finding| finding.lookup != lookup);
        self.findings.push(Finding { lookup, found, at });
    }

    /// Drops what may be true no longer: that the records did not answer, after a while.
    pub fn forget_unsure(&mut self, now: Time) {
        self.findings.retain(|finding| !finding.found.is_unsure() || now - finding.at < UNSURE_FOR);
        self.slow_at = self.slow_at.filter(|since| now - *since < UNSURE_FOR);
    }

    /// Drops every finding about accounts: one of them was contradicted when the journey tried to end.
    pub fn forget_accounts(&mut self) {
        self.findings.retain(|finding| !matches!(finding.found, Found::Account(_) | Found::Accounts(_)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsure_verdict_is_forgotten_after_a_minute_and_a_sure_one_is_kept() {
        let at = Time::from_timestamp(1_700_000_000, 0).unwrap();
        let sure = Verdict { policy: "default/1".into(), decision: Decision::None, explanations: vec![] };
        let lookup = |trn: &str| Lookup::AccountByTrn(Trn::parse(trn).unwrap());
        let mut state = State::default();
        state.keep(lookup("1000001"), Found::Verdict(sure.clone()), at);
        state.keep(lookup("1000002"), Found::Verdict(Verdict { decision: Decision::Unsure, ..sure }), at);
        state.forget_unsure(at + Duration::seconds(59));
        assert_eq!(state.findings.len(), 2);
        state.forget_unsure(at + Duration::seconds(60));
        assert_eq!(state.findings.len(), 1);
        assert!(state.found(&lookup("1000001")).is_some());
    }

    #[test]
    fn not_knowing_survives_being_stored() {
        let answers = Answers { nino: Some(Known::Unknown), ..Answers::default() };
        let stored = serde_json::to_string(&answers).unwrap();
        assert_eq!(serde_json::from_str::<Answers>(&stored).unwrap(), answers);
    }
}
