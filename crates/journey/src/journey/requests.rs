//! Asking for a change of what a teaching record says: the new detail, the document that shows it, a last look. Told once:
//! a sign-in and the account page both come here.

use identity::account::RecordLink;
use identity::change_request::{EvidenceFile, Subject};
use identity::date_of_birth::DateOfBirth;
use identity::name::PersonName;
use identity::preferred_name::PreferredName;

use super::look_ups::record_now;
use crate::ending::Request;
use crate::known::KnownAccount;
use crate::pages::requests::check::CheckRequest;
use crate::pages::requests::evidence::ShowEvidence;
use crate::pages::requests::new_date_of_birth::NewDateOfBirth;
use crate::pages::requests::new_official_name::NewOfficialName;
use crate::pages::requests::new_preferred_name::NewPreferredName;
use crate::pages::requests::record_differs::RecordDiffers;
use crate::pages::requests::{Requestable, Shown};
use crate::walk::{Walk, Walked};

/// What this person may ask to have changed: what they do not wait for already, and only where there is a place for files.
pub(crate) fn may_ask(w: &Walk<'_>, account: &KnownAccount) -> Vec<Subject> {
    if !w.ask.takes_evidence || account.record.is_none() {
        return Vec::new();
    }
    let subjects = [Subject::OfficialName, Subject::DateOfBirth];
    subjects.into_iter().filter(|subject| account.waits_for(*subject).is_none()).collect()
}

/// What somebody whom we know asks for beside their details.
pub(super) fn requests(w: &mut Walk<'_>, account: &KnownAccount) -> Walked<Vec<Request>> {
    let (may, mut requests) = (may_ask(w, account), Vec::new());
    if may.contains(&Subject::OfficialName)
        && let Some(name) = w.may_ask(NewOfficialName { suggested: &account.name })
    {
        requests.extend(official_name(w, account, name)?.map(|(request, _)| request));
    }
    if may.contains(&Subject::DateOfBirth)
        && let Some(date) = w.may_ask(NewDateOfBirth { suggested: account.date_of_birth })
    {
        requests.extend(date_of_birth(w, account, date)?);
    }
    Ok(requests)
}

/// Another name than the record's, and what they are to be called then.
pub(crate) fn official_name<'a>(
    w: &mut Walk<'a>,
    account: &KnownAccount,
    name: &PersonName,
) -> Walked<Option<(Request, &'a PreferredName)>> {
    if *name == account.name {
        return Ok(None);
    }
    let Some(file) = evidence(w, name)? else { return Ok(None) };
    let preferred_name = w.ask(NewPreferredName { account, name })?;
    Ok(Some((checked(w, name, file)?, preferred_name)))
}

/// Another date than the record's; the account may have it already.
pub(crate) fn date_of_birth(w: &mut Walk<'_>, account: &KnownAccount, date: &DateOfBirth) -> Walked<Option<Request>> {
    if Some(*date) == account.recorded_date_of_birth {
        return Ok(None);
    }
    let Some(file) = evidence(w, date)? else { return Ok(None) };
    checked(w, date, file).map(Some)
}

/// Somebody whose record was found just now sees what it says otherwise, and may ask for what they gave us.
pub(super) fn corrections(
    w: &mut Walk<'_>,
    link: &RecordLink,
    (name, born): (&PersonName, Option<DateOfBirth>),
) -> Walked<Vec<Request>> {
    if !w.ask.takes_evidence {
        return Ok(Vec::new());
    }
    let Some(record) = record_now(w, &link.trn)? else { return Ok(Vec::new()) };
    let names = Some((name, &record.name)).filter(|(given, recorded)| given.key() != recorded.key());
    let dates_of_birth = born.map(|born| (born, record.date_of_birth)).filter(|(given, recorded)| given != recorded);
    let mut requests = Vec::new();
    if names.is_some()
        && let Some(wanted) = w.may_ask(NewOfficialName { suggested: name })
        && *wanted != record.name
        && let Some(file) = evidence(w, wanted)?
    {
        requests.push(checked(w, wanted, file)?);
    }
    if dates_of_birth.is_some()
        && let Some(wanted) = w.may_ask(NewDateOfBirth { suggested: born })
        && *wanted != record.date_of_birth
        && let Some(file) = evidence(w, wanted)?
    {
        requests.push(checked(w, wanted, file)?);
    }
    if names.is_some() || dates_of_birth.is_some() {
        w.ask(RecordDiffers { names, dates_of_birth, requests: &requests })?;
    }
    Ok(requests)
}

/// None: they have no document at hand, and go on with the record as it is.
fn evidence<'a, T: Requestable>(w: &mut Walk<'a>, wanted: &T) -> Walked<Option<&'a EvidenceFile>> {
    Ok(match w.ask(ShowEvidence(wanted))? {
        Shown::File(file) => Some(file),
        Shown::Later => None,
    })
}

fn checked<T: Requestable>(w: &mut Walk<'_>, wanted: &T, file: &EvidenceFile) -> Walked<Request> {
    w.ask(CheckRequest { wanted, file })?;
    Ok(Request { wanted: wanted.wanted(), evidence: file.clone() })
}
