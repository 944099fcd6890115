//! All sign-in flows, told once. Read top to bottom: what we ask of whom, in which order, and how it ends.

pub(crate) mod details;
pub(crate) mod look_ups;
mod recognised;
pub(crate) mod requests;

use identity::account::RecordLink;
use identity::client::MobileRequirement;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::mailbox::Kind as Mailbox;
use identity::matching::{Decision, Identifiers, MatchPolicy, StatedName};
use identity::mobile::Mobile;

use self::details::{changes, new_address};
use self::look_ups::{account, barred, holder, identifiers, mailbox, record_now, settled, verdict};
use self::recognised::{by_one_login, by_passkey, still_signed_in};
use self::requests::{corrections, may_ask, requests};
use crate::ending::{Claims, Elevation, Ending, News, Search};
use crate::known::KnownAccount;
use crate::pages::account_known::AccountKnown;
use crate::pages::alike_code::AlikeCode;
use crate::pages::alike_mobile_code::AlikeMobileCode;
use crate::pages::alike_no_email::AlikeNoEmail;
use crate::pages::cannot_get_email::CannotGetEmail;
use crate::pages::check_answers::CheckAnswers;
use crate::pages::choose_email::{ChooseEmail, KeptEmail};
use crate::pages::date_of_birth::DateOfBirthPage;
use crate::pages::elevate::Elevate;
use crate::pages::email::EmailPage;
use crate::pages::email_code::EmailCode;
use crate::pages::has_nino::HasNino;
use crate::pages::has_provider::HasProvider;
use crate::pages::has_qts::HasQts;
use crate::pages::has_trn::HasTrn;
use crate::pages::institution_email::{EmailChoice, InstitutionEmail};
use crate::pages::landing::{Intent, Landing};
use crate::pages::lost_email::LostEmail;
use crate::pages::lost_email_code::LostEmailCode;
use crate::pages::lost_email_unknown::LostEmailUnknown;
use crate::pages::mobile::MobilePage;
use crate::pages::mobile_code::MobileCode;
use crate::pages::mobile_known::MobileKnown;
use crate::pages::nino::NinoPage;
use crate::pages::no_account::NoAccount;
use crate::pages::no_match::NoMatch;
use crate::pages::not_my_account::NotMyAccount;
use crate::pages::official_name::OfficialNamePage;
use crate::pages::personal_email::PersonalEmail;
use crate::pages::personal_email_code::PersonalEmailCode;
use crate::pages::preferred_name::PreferredNamePage;
use crate::pages::provider::ProviderPage;
use crate::pages::record_holder_code::RecordHolderCode;
use crate::pages::same_person::{SamePerson, Which};
use crate::pages::trn::TrnPage;
use crate::pages::trn_told::TrnTold;
use crate::pages::your_details::YourDetails;
use crate::state::{Found, Lookup};
use crate::walk::{Stop, Walk, Walked};

/// So many merges of records are followed; a register in which two were merged into each other leads nowhere.
pub(crate) const MERGES: usize = 5;

pub(crate) fn person(w: &mut Walk<'_>) -> Walked<Ending> {
    if let Some(account) = still_signed_in(w)? {
        return returning(w, account, None);
    }
    let intent = if w.ask.landing_page { Some(*w.ask(Landing)?) } else { None };
    if let Some(mobile) = w.may_ask(LostEmail) {
        return without_email(w, &mobile.number);
    }
    if let Some(account) = by_passkey(w)? {
        return returning(w, account, None);
    }
    if let Some(account) = by_one_login(w)? {
        return returning(w, account, None);
    }
    let email = w.ask(EmailPage)?;
    w.prove(EmailCode(email))?;
    if let Some(account) = account(w, Lookup::AccountByEmail(email.clone()))? {
        return known_by_email(w, account, intent);
    }
    if intent == Some(Intent::SignIn) {
        w.ask(NoAccount { email })?;
    }
    match lasting_address(w, email)? {
        Address::OfAccount(account) => known_by_email(w, account, intent),
        Address::New(email) => newcomer(w, email),
    }
}

/// Whoever wanted to create an account is told that they have one.
fn known_by_email(w: &mut Walk<'_>, account: &KnownAccount, intent: Option<Intent>) -> Walked<Ending> {
    if intent == Some(Intent::Create) {
        w.ask(AccountKnown { email: &account.email })?;
    }
    returning(w, account, None)
}

/// Somebody who can get no email any more. A code goes to the number whether or not an account has it.
fn without_email(w: &mut Walk<'_>, mobile: &Mobile) -> Walked<Ending> {
    w.prove(LostEmailCode(mobile))?;
    match account(w, Lookup::AccountByMobile(mobile.clone()))? {
        Some(account) => returning(w, account, Some(mobile)),
        None => w.ask(LostEmailUnknown).and(Err(Stop::Here)),
    }
}

/// Somebody we do not know says who they are, and gets an account, unless one is theirs already.
fn newcomer(w: &mut Walk<'_>, email: &Email) -> Walked<Ending> {
    let mobile = match own_mobile(w)? {
        Number::New(mobile) => Some(mobile),
        Number::None => None,
        Number::OfAccount(account) => return returning(w, account, account.mobile.as_ref()),
    };
    let name = w.ask_unless_verified(OfficialNamePage)?;
    w.ask(PreferredNamePage)?;
    let date_of_birth = w.ask_unless_verified(DateOfBirthPage)?;
    if let Some((account, by_mobile)) = same_person(w, name.stated(), *date_of_birth)? {
        return returning(w, account, by_mobile);
    }
    let register =
        |search, requests| Ending::Register { email: email.clone(), mobile: mobile.cloned(), search, requests };
    if !w.ask.wants_record {
        w.ask(CheckAnswers)?;
        return Ok(register(None, Vec::new()));
    }
    let search = record(w, identifiers(email, name.stated(), Some(*date_of_birth)))?;
    checked(w, &search)?;
    let mut requests = Vec::new();
    if let Some(link) = &search.record {
        if barred(w, &link.trn, false)? {
            return Ok(Ending::Blocked(None));
        }
        if let Some(holder) = account(w, Lookup::AccountByTrn(link.trn.clone()))? {
            return claim(w, email, holder, search);
        }
        requests = corrections(w, link, (&name.name, Some(*date_of_birth)))?;
    }
    told(w, &search)?;
    Ok(register(Some(search), requests))
}

enum Number<'a> {
    New(&'a Mobile),
    None,
    OfAccount(&'a KnownAccount),
}

/// A number leads to its owner's account, unless the person says that somebody else is meant: numbers are handed on.
fn own_mobile<'a>(w: &mut Walk<'a>) -> Walked<Number<'a>> {
    let answer = w.ask(MobilePage { requirement: w.ask.mobile })?;
    // The service may want one of somebody who went on without it in another tab.
    let Some(mobile) = answer.number() else {
        return if w.ask.mobile == MobileRequirement::Required { Err(Stop::Here) } else { Ok(Number::None) };
    };
    w.prove(MobileCode(mobile))?;
    let Some(owner) = account(w, Lookup::AccountByMobile(mobile.clone()))? else { return Ok(Number::New(mobile)) };
    if w.may_ask(NotMyAccount).is_some() {
        return Ok(Number::None);
    }
    w.ask(MobileKnown { owner: &owner.email })?;
    Ok(Number::OfAccount(owner))
}

type OwnAccount<'a> = (&'a KnownAccount, Option<&'a Mobile>);

/// The account of this name and date of birth that the person says is theirs, once they have proved its address, or the
/// number that it has.
fn same_person<'a>(w: &mut Walk<'a>, name: StatedName, born: DateOfBirth) -> Walked<Option<OwnAccount<'a>>> {
    let accounts = match w.find(Lookup::AccountsLike(Box::new(name), born))? {
        Found::Accounts(accounts) => accounts,
        other => unreachable!("the shell answers a look-up of accounts with accounts: {other:?}"),
    };
    if accounts.is_empty() {
        return Ok(None);
    }
    let Which::Account(chosen) = *w.ask(SamePerson { accounts })? else { return Ok(None) };
    // What is not among them was not offered.
    let account = accounts.iter().find(|account| account.id == chosen).ok_or(Stop::Here)?;
    let Some(mobile) = &account.mobile else {
        w.offer(AlikeNoEmail { account });
        w.prove(AlikeCode(&account.email))?;
        return Ok(Some((account, None)));
    };
    if w.may_ask(AlikeNoEmail { account }).is_some() {
        w.prove(AlikeMobileCode(mobile))?;
        return Ok(Some((account, Some(mobile))));
    }
    w.prove(AlikeCode(&account.email))?;
    Ok(Some((account, None)))
}

/// Somebody we know is asked nothing again. They see what we hold, and may change what is theirs.
/// `by_mobile` is the number that they proved instead of the address.
fn returning(w: &mut Walk<'_>, account: &KnownAccount, by_mobile: Option<&Mobile>) -> Walked<Ending> {
    let mut news = News { by_mobile: by_mobile.cloned(), ..News::default() };
    if let Some(link) = &account.record
        && barred(w, &link.trn, account.prohibited)?
    {
        return Ok(Ending::Blocked(Some(account.id)));
    }
    if w.ask.wants_record {
        match (&account.record, account.lookup_status) {
            (Some(link), _) => {
                if !link.is_enough_for(w.ask.match_policy) {
                    news.elevation = Some(elevate(w, account, link)?);
                }
            }
            (None, None) => match first_search(w, account)? {
                Searched::Settled(search) => news.search = Some(*search),
                Searched::Ended(ending) => return Ok(*ending),
            },
            (None, Some(_)) => {
                news.search = search_quietly(w, account)?;
                news.quiet = true;
            }
        }
        let found = news.search.as_ref().and_then(|search| search.record.as_ref());
        if let Some(found) = found
            && barred(w, &found.trn, false)?
        {
            return Ok(Ending::Blocked(Some(account.id)));
        }
    }
    let requests = match news.search.as_ref().and_then(|search| search.record.as_ref()) {
        Some(found) => corrections(w, found, (&account.name, account.date_of_birth))?,
        None => requests(w, account)?,
    };
    let changes = changes(w, account, &news)?;
    w.ask(YourDetails {
        account,
        news: &news,
        changes: &changes,
        requests: &requests,
        may_ask: &may_ask(w, account),
        proved: new_address(w, account),
        shows_trn: w.ask.wants_record,
    })?;
    Ok(Ending::SignIn { account: account.id, news: Box::new(news), changes: Box::new(changes), requests })
}

enum Address<'a> {
    New(&'a Email),
    OfAccount(&'a KnownAccount),
}

/// A new account should have an address that its owner does not share, and does not lose with their job.
fn lasting_address<'a>(w: &mut Walk<'a>, proved: &'a Email) -> Walked<Address<'a>> {
    let other = match mailbox(w, proved)? {
        Mailbox::Personal => return Ok(Address::New(proved)),
        Mailbox::Shared => w.ask(PersonalEmail { instead_of: proved })?,
        Mailbox::Institution => match w.ask(InstitutionEmail { proved })? {
            EmailChoice::Keep => return Ok(Address::New(proved)),
            EmailChoice::Other(other) => other,
        },
    };
    w.prove(PersonalEmailCode(other))?;
    let account = account(w, Lookup::AccountByEmail(other.clone()))?;
    Ok(account.map_or(Address::New(other), Address::OfAccount))
}

/// Asks for one identifier more at a time, and stops as soon as they point at one record.
fn record(w: &mut Walk<'_>, mut known: Identifiers) -> Walked<Search> {
    let mut claims = Claims::default();
    if let Some(found) = matched(w, &mut known, &mut claims)? {
        return Ok(found);
    }
    if *w.ask(HasNino)? {
        known.nino = w.ask(NinoPage)?.as_option().cloned();
    }
    if let Some(found) = matched(w, &mut known, &mut claims)? {
        return Ok(found);
    }
    claims.trn = Some(*w.ask(HasTrn)?);
    if claims.trn == Some(true) {
        known.trn = w.ask(TrnPage)?.as_option().cloned();
    }
    if let Some(found) = matched(w, &mut known, &mut claims)? {
        return Ok(found);
    }
    if w.ask.match_policy == MatchPolicy::Default {
        qts(w, &mut known, &mut claims)?;
    }
    settled(w, &known, claims)
}

/// The one record that three agree with. When it has no QTS date and the person may have QTS all the same, there may be
/// a second one, which the training provider would bring to light.
fn matched(w: &mut Walk<'_>, known: &mut Identifiers, claims: &mut Claims) -> Walked<Option<Search>> {
    let Decision::One(trn) = &verdict(w, known)?.decision else { return Ok(None) };
    if w.ask.match_policy == MatchPolicy::Default && record_now(w, trn)?.is_some_and(|record| !record.has_qts) {
        qts(w, known, claims)?;
    }
    settled(w, known, *claims).map(Some)
}

fn qts(w: &mut Walk<'_>, known: &mut Identifiers, claims: &mut Claims) -> Walked<()> {
    claims.qts = Some(*w.ask(HasQts)?);
    if claims.qts == Some(true) && *w.ask(HasProvider)? {
        known.provider = w.ask(ProviderPage)?.as_option().cloned();
    }
    Ok(())
}

/// The answers are played back before anything is made of them; to somebody who says that there is a record and whom we
/// did not find, with the reasons that this usually has.
fn checked(w: &mut Walk<'_>, search: &Search) -> Walked<()> {
    if search.is_contested() { w.ask(NoMatch).map(drop) } else { w.ask(CheckAnswers).map(drop) }
}

/// Another account holds the record. Whoever proves its address is signed in to it and keeps one of the two addresses.
fn claim(w: &mut Walk<'_>, email: &Email, holder: &KnownAccount, search: Search) -> Walked<Ending> {
    if w.may_ask(CannotGetEmail).is_some() {
        return Ok(Ending::AskSupport { holder: holder.id, email: email.clone(), search });
    }
    w.prove(RecordHolderCode(&holder.email))?;
    let kept = match w.ask(ChooseEmail { proved: email, held: &holder.email })? {
        KeptEmail::Proved => email,
        KeptEmail::Held => &holder.email,
    };
    Ok(Ending::Claim { account: holder.id, email: kept.clone(), search })
}

enum Searched {
    Settled(Box<Search>),
    Ended(Box<Ending>),
}

/// Nobody has looked for the record of this account yet: its owner is asked for what we do not hold.
fn first_search(w: &mut Walk<'_>, account: &KnownAccount) -> Walked<Searched> {
    let name = StatedName::only(account.name.clone());
    let search = record(w, identifiers(&account.email, name, account.date_of_birth))?;
    if search.is_contested() {
        w.ask(NoMatch)?;
    }
    let Some(link) = &search.record else { return Ok(Searched::Settled(Box::new(search))) };
    if barred(w, &link.trn, false)? {
        return Ok(Searched::Ended(Box::new(Ending::Blocked(Some(account.id)))));
    }
    let Some(holder) = holder(w, link, account)? else {
        told(w, &search)?;
        return Ok(Searched::Settled(Box::new(search)));
    };
    // This person has an account of their own to go on with while support finds out.
    if w.may_ask(CannotGetEmail).is_some() {
        return Ok(Searched::Settled(Box::new(search.left_to_support())));
    }
    w.prove(RecordHolderCode(&holder.email))?;
    let claim = Ending::Claim { account: holder.id, email: holder.email.clone(), search };
    Ok(Searched::Ended(Box::new(claim)))
}

/// Somebody without a record may have got one since. What another account holds is left to support.
fn search_quietly(w: &mut Walk<'_>, account: &KnownAccount) -> Walked<Option<Search>> {
    let name = StatedName::only(account.name.clone());
    let own = || Identifiers { nino: account.nino.clone(), ..identifiers(&account.email, name, account.date_of_birth) };
    let stated = account.searched_with.clone().unwrap_or_else(own);
    let search = settled(w, &stated, Claims::default())?;
    let Some(link) = &search.record else { return Ok(None) };
    let free = holder(w, link, account)?.is_none();
    Ok(free.then_some(search))
}

/// A stricter service needs a number, and nothing that disagrees. Only the same record raises the level.
fn elevate(w: &mut Walk<'_>, account: &KnownAccount, link: &RecordLink) -> Walked<Elevation> {
    w.tell(Elevate)?;
    let name = StatedName::only(account.name.clone());
    let mut stated = identifiers(&account.email, name, account.date_of_birth);
    stated.nino = w.ask(NinoPage)?.as_option().cloned();
    stated.trn = w.ask(TrnPage)?.as_option().cloned();
    let verdict = verdict(w, &stated)?;
    let same = matches!(&verdict.decision, Decision::One(trn) if *trn == link.trn);
    let link = same.then(|| RecordLink::searched(link.trn.clone(), w.ask.match_policy));
    Ok(Elevation { verdict: verdict.clone(), stated, link })
}

/// Whoever stated another TRN than the one we found, or said that they have none, is told which it is.
fn told(w: &mut Walk<'_>, search: &Search) -> Walked<()> {
    match search.trn_to_tell() {
        Some(trn) => w.tell(TrnTold { trn, stated: search.stated.trn.as_ref() }),
        None => Ok(()),
    }
}
