//! Every kind of result that a look-up can have, as samples.

use identity::account::{AccountId, LookupStatus, RecordLink};
use identity::change_request::Subject;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::errand::Errand;
use identity::interaction::Ask;
use identity::mailbox::Kind as Mailbox;
use identity::matching::{Decision, MatchPolicy, Policy, Verdict};
use identity::mobile::Mobile;
use identity::name::{NamePart, PersonName};
use identity::one_login::{self, Proved, VerifiedIdentity};
use identity::random::Random;
use identity::trn::Trn;

use crate::known::{KnownAccount, KnownRecord, PendingChange, Standing};
use crate::pages::landing::Intent;
use crate::state::{Found, Lookup, State};

type Results = Vec<(&'static str, Found)>;

/// What a look-up asks, in the words of the diagram.
pub(super) fn question(lookup: &Lookup) -> &'static str {
    match lookup {
        Lookup::AccountByEmail(_) => "Whose address is this?",
        Lookup::AccountByMobile(_) => "Whose number is this?",
        Lookup::AccountsLike(..) => "Whose name and date of birth are these?",
        Lookup::AccountByOneLogin(_) => "Whose GOV.UK One Login is it?",
        Lookup::AccountById(_) => "Whose session or passkey is it?",
        Lookup::AccountByTrn(_) => "Who holds this record?",
        Lookup::Record(..) => "Do three agree with one record?",
        Lookup::RecordByTrn(_) => "What does the record say now?",
        Lookup::Mailbox(_) => "Whose mailbox is it?",
    }
}

/// Results that say something new: what branches a journey without regard to the rest of it is tried in one kind of
/// request, and what can only stay as it is stays.
pub(super) fn of(lookup: &Lookup, ask: &Ask, state: &State) -> Results {
    match lookup {
        Lookup::AccountByEmail(email) if email.as_str() == FIRST => {
            [vec![("nobody’s", Found::Account(None))], known(email, ask)].concat()
        }
        Lookup::AccountByEmail(email) => {
            let other = KnownAccount { email: email.clone(), ..account(2) };
            vec![("nobody’s", Found::Account(None)), ("an account’s", found(other))]
        }
        // Where nobody asks for a record there are few other branches.
        Lookup::AccountByMobile(_) | Lookup::AccountsLike(..) if ask.wants_record => {
            let none =
                if matches!(lookup, Lookup::AccountsLike(..)) { Found::Accounts(vec![]) } else { Found::Account(None) };
            vec![("nobody’s", none)]
        }
        // Where no account has it, the way goes on as if it had never been asked for: one such way is enough.
        Lookup::AccountByMobile(mobile) if state.answers.intent == Some(Intent::Create) && lost_email(state) => {
            vec![("an account’s", found(KnownAccount { mobile: Some(mobile.clone()), ..account(4) }))]
        }
        Lookup::AccountByMobile(mobile) => {
            let owner = KnownAccount { mobile: Some(mobile.clone()), ..account(4) };
            vec![("nobody’s", Found::Account(None)), ("an account’s", found(owner))]
        }
        Lookup::AccountsLike(..) => {
            let mobile = Mobile::parse("07700 900555").expect("this is a number");
            let with_mobile = KnownAccount { mobile: Some(mobile), ..account(5) };
            let both = Found::Accounts(vec![with_mobile, account(6)]);
            vec![("nobody’s", Found::Accounts(vec![])), ("those of accounts", both)]
        }
        Lookup::AccountByOneLogin(_) => {
            vec![("nobody’s", Found::Account(None)), ("an account’s", found(account(1)))]
        }
        Lookup::AccountById(_) => known(&account(1).email, ask),
        Lookup::AccountByTrn(_) => vec![("nobody", Found::Account(None)), ("another account", found(account(3)))],
        Lookup::Record(_, policy) => verdicts(*policy, state),
        Lookup::RecordByTrn(trn) => records(trn, ask),
        Lookup::Mailbox(_) if ask.wants_record => vec![("one person’s", Found::Mailbox(Mailbox::Personal))],
        Lookup::Mailbox(_) => vec![
            ("one person’s", Found::Mailbox(Mailbox::Personal)),
            ("a shared one", Found::Mailbox(Mailbox::Shared)),
            ("an institution’s", Found::Mailbox(Mailbox::Institution)),
        ],
    }
}

fn lost_email(state: &State) -> bool {
    state.answers.lost_email.is_some()
}

/// The sample address of the first page.
const FIRST: &str = "asha@example.com";

/// Somebody we know: with a record, without, and before anybody looked for one.
fn known(email: &Email, ask: &Ask) -> Results {
    let of = |lookup_status, record| {
        found(KnownAccount { email: email.clone(), lookup_status, record, searched_with: None, ..account(1) })
    };
    let pending = ("an account’s, no record found so far", of(Some(LookupStatus::Pending), None));
    if !ask.wants_record && !matches!(ask.errand, Errand::Change { .. }) {
        return vec![("an account’s", of(None, None)), pending];
    }
    let link = RecordLink::searched(trn("1234567"), MatchPolicy::Default);
    let linked = of(Some(LookupStatus::Found), Some(link));
    let mut results =
        vec![("an account’s", linked.clone()), pending, ("an account’s, record never looked for", of(None, None))];
    if let (true, Found::Account(Some(account))) = (ask.takes_evidence, linked) {
        let asked_for = PendingChange { subject: Subject::OfficialName, asked_at: super::at() };
        let waiting = KnownAccount { pending: vec![asked_for], ..*account };
        results.push(("an account’s, a change of the name asked for", found(waiting)));
    }
    results
}

/// Two records that reach three still do so when more is stated; and records that do not answer are tried once.
fn verdicts(policy: MatchPolicy, state: &State) -> Results {
    let label = Policy::named(policy).label();
    let verdict = |decision| Found::Verdict(Verdict { policy: label.clone(), decision, explanations: Vec::new() });
    let last = state.findings.iter().rev().find_map(|finding| match &finding.found {
        Found::Verdict(verdict) => Some(&verdict.decision),
        _ => None,
    });
    let one = ("one", verdict(Decision::One(trn("1234567"))));
    let none = ("none", verdict(Decision::None));
    let several = ("several", verdict(Decision::Several(vec![trn("1234567"), trn("7654321")])));
    let no_answer = ("no answer", verdict(Decision::Unsure));
    match last {
        Some(Decision::Several(_)) => vec![several],
        Some(Decision::Unsure) => vec![none, no_answer],
        Some(Decision::One(_)) => vec![one, several],
        Some(Decision::None) | None => vec![one, none, several, no_answer],
    }
}

/// Only what makes a difference to this request.
fn records(of: &Trn, ask: &Ask) -> Results {
    let KnownAccount { name, date_of_birth, .. } = account(1);
    let as_stated = KnownRecord {
        name,
        date_of_birth: date_of_birth.expect("this account has one"),
        standing: Standing::Current,
        has_qts: true,
        prohibited: false,
    };
    let record = |standing, has_qts, prohibited| {
        Found::Record(Some(KnownRecord { standing, has_qts, prohibited, ..as_stated.clone() }))
    };
    let mut results =
        vec![("it is current", record(Standing::Current, true, false)), ("no answer", Found::Record(None))];
    if ask.match_policy == MatchPolicy::Default {
        results.push(("it has no QTS", record(Standing::Current, false, false)));
    }
    if ask.takes_evidence {
        let name =
            PersonName { last: NamePart::parse("Bennett-Gray").expect("this is a name"), ..as_stated.name.clone() };
        let date_of_birth = DateOfBirth::new(chrono::NaiveDate::MIN);
        let other = KnownRecord { name, date_of_birth, ..as_stated.clone() };
        results.push(("it has another name and date of birth", Found::Record(Some(other))));
    }
    if ask.blocks_prohibited {
        results.push(("a prohibition is open", record(Standing::Current, true, true)));
        if *of == trn("1234567") {
            results.push(("it became another", record(Standing::ReplacedBy(trn("7654321")), true, false)));
        }
    }
    results
}

fn found(account: KnownAccount) -> Found {
    Found::Account(Some(Box::new(account)))
}

/// Somebody who comes by GOV.UK One Login, with an identity.
pub(super) fn proved() -> Proved {
    let KnownAccount { name, date_of_birth, .. } = account(1);
    let date_of_birth = date_of_birth.expect("this account has one");
    Proved {
        subject: one_login::Subject::parse("urn:fdc:gov.uk:2022:sample").expect("this is a subject"),
        email: Some(Email::parse(FIRST).expect("this is an address")),
        identity: Some(VerifiedIdentity { name, previous_names: Vec::new(), date_of_birth }),
    }
}

pub(super) fn account(seed: u64) -> KnownAccount {
    let part = |text| NamePart::parse(text).expect("this is a name");
    KnownAccount {
        id: AccountId::new(&Random::seeded(seed)),
        email: Email::parse(&format!("holder{seed}@example.com")).expect("this is an address"),
        mobile: None,
        name: PersonName { first: part("Asha"), middle: None, last: part("Bennett") },
        preferred_name: None,
        date_of_birth: chrono::NaiveDate::from_ymd_opt(1985, 3, 14).map(DateOfBirth::new),
        nino: None,
        lookup_status: None,
        record: None,
        prohibited: false,
        recorded_date_of_birth: chrono::NaiveDate::from_ymd_opt(1985, 3, 14).map(DateOfBirth::new),
        searched_with: None,
        pending: Vec::new(),
    }
}

fn trn(text: &str) -> Trn {
    Trn::parse(text).expect("this is a TRN")
}
