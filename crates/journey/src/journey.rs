//! All sign-in flows, told once. Read top to bottom: what we ask of whom, in which order, and how it ends.

use identity::account::{AccountId, LookupStatus, MatchLevel, RecordLink};
use identity::email::Email;
use identity::matching::{Decision, Identifiers, MatchPolicy, StatedName, Verdict};
use identity::trn::Trn;

use crate::pages::check_answers::CheckAnswers;
use crate::pages::date_of_birth::DateOfBirthPage;
use crate::pages::email::EmailPage;
use crate::pages::email_code::EmailCode;
use crate::pages::has_nino::HasNino;
use crate::pages::has_provider::HasProvider;
use crate::pages::has_qts::HasQts;
use crate::pages::has_trn::HasTrn;
use crate::pages::nino::NinoPage;
use crate::pages::official_name::OfficialNamePage;
use crate::pages::preferred_name::PreferredNamePage;
use crate::pages::provider::ProviderPage;
use crate::pages::record_holder_code::RecordHolderCode;
use crate::pages::trn::TrnPage;
use crate::state::{Found, KnownAccount, Lookup};
use crate::walk::{Walk, Walked};

/// What the walk came to; nobody is signed in before.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    SignIn(AccountId),
    /// A new account, from the answers, with what the search for the record came to (None: it was not wanted).
    Register(Option<Search>),
    /// A known account whose record was looked for only now.
    Settle(AccountId, Search),
}

/// What the search for a teaching record came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    pub status: LookupStatus,
    pub record: Option<RecordLink>,
    pub verdict: Verdict,
}

pub(crate) fn person(w: &mut Walk<'_>) -> Walked<Ending> {
    let email = w.ask(EmailPage)?;
    w.prove(EmailCode(email))?;
    if let Some(account) = account(w, Lookup::AccountByEmail(email.clone()))? {
        return returning(w, account);
    }
    let name = w.ask(OfficialNamePage)?;
    w.ask(PreferredNamePage)?;
    let date_of_birth = w.ask(DateOfBirthPage)?;
    let search = match w.ask.wants_record {
        true => Some(record(w, identifiers(email, name.stated(), Some(*date_of_birth)))?),
        false => None,
    };
    w.ask(CheckAnswers)?;
    if let Some(holder) = holder(w, search.as_ref())? {
        w.prove(RecordHolderCode(&holder.email))?;
        return Ok(Ending::SignIn(holder.id));
    }
    Ok(Ending::Register(search))
}

/// Somebody we know is asked nothing again, but for their record when no service has wanted it before.
fn returning(w: &mut Walk<'_>, account: &KnownAccount) -> Walked<Ending> {
    if !w.ask.wants_record || account.lookup_status.is_some() {
        return Ok(Ending::SignIn(account.id));
    }
    let name = StatedName { current: account.name.clone(), previous: None };
    let search = record(w, identifiers(&account.email, name, account.date_of_birth))?;
    if let Some(holder) = holder(w, Some(&search))? {
        w.prove(RecordHolderCode(&holder.email))?;
        return Ok(Ending::SignIn(holder.id));
    }
    Ok(Ending::Settle(account.id, search))
}

/// Asks for one identifier more at a time, and stops as soon as they point at one record.
fn record(w: &mut Walk<'_>, mut known: Identifiers) -> Walked<Search> {
    let policy = w.ask.match_policy;
    let mut claims_record = false;
    if let Some(found) = matched(w, &known)? {
        return Ok(found);
    }
    if *w.ask(HasNino)? {
        known.nino = w.ask(NinoPage)?.as_option().cloned();
    }
    if let Some(found) = matched(w, &known)? {
        return Ok(found);
    }
    if *w.ask(HasTrn)? {
        claims_record = true;
        known.trn = w.ask(TrnPage)?.as_option().cloned();
    }
    if let Some(found) = matched(w, &known)? {
        return Ok(found);
    }
    if policy == MatchPolicy::Default && *w.ask(HasQts)? {
        claims_record = true;
        if *w.ask(HasProvider)? {
            known.provider = w.ask(ProviderPage)?.as_option().cloned();
        }
    }
    Ok(settled(verdict(w, &known)?, policy, claims_record))
}

fn matched(w: &mut Walk<'_>, known: &Identifiers) -> Walked<Option<Search>> {
    let policy = w.ask.match_policy;
    let verdict = verdict(w, known)?;
    let one = matches!(verdict.decision, Decision::One(_));
    Ok(one.then(|| settled(verdict, policy, false)))
}

fn verdict<'a>(w: &mut Walk<'a>, known: &Identifiers) -> Walked<&'a Verdict> {
    match w.find(Lookup::Record(Box::new(known.clone()), w.ask.match_policy))? {
        Found::Verdict(verdict) => Ok(verdict),
        Found::Account(_) => unreachable!("the shell answers a look-up of the record with a verdict"),
    }
}

/// The verdict table: what a service is told, by the verdict and by whether the person claims a TRN or QTS.
fn settled(verdict: &Verdict, policy: MatchPolicy, claims_record: bool) -> Search {
    let link = |trn: &Trn| RecordLink {
        trn: trn.clone(),
        level: match policy {
            MatchPolicy::Default => MatchLevel::Low,
            MatchPolicy::Strict => MatchLevel::Medium,
        },
        policy: verdict.policy.clone(),
    };
    let (status, record) = match &verdict.decision {
        Decision::One(trn) => (LookupStatus::Found, Some(link(trn))),
        Decision::Several(_) | Decision::Unsure => (LookupStatus::Pending, None),
        Decision::None if claims_record => (LookupStatus::Pending, None),
        Decision::None => (LookupStatus::None, None),
    };
    Search { status, record, verdict: verdict.clone() }
}

/// The account that holds the record already, if there is one.
fn holder<'a>(w: &mut Walk<'a>, search: Option<&Search>) -> Walked<Option<&'a KnownAccount>> {
    match search.and_then(|search| search.record.as_ref()) {
        Some(record) => account(w, Lookup::AccountByTrn(record.trn.clone())),
        None => Ok(None),
    }
}

fn account<'a>(w: &mut Walk<'a>, lookup: Lookup) -> Walked<Option<&'a KnownAccount>> {
    match w.find(lookup)? {
        Found::Account(account) => Ok(account.as_ref()),
        Found::Verdict(_) => unreachable!("the shell answers a look-up of an account with an account"),
    }
}

fn identifiers(
    email: &Email,
    name: StatedName,
    date_of_birth: Option<identity::date_of_birth::DateOfBirth>,
) -> Identifiers {
    Identifiers { email: Some(email.clone()), name: Some(name), date_of_birth, ..Identifiers::default() }
}
