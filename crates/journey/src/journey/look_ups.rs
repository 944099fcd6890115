//! Look-ups in the words of the journey.

use identity::account::RecordLink;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::mailbox::Kind as Mailbox;
use identity::matching::{Identifiers, StatedName, Verdict};
use identity::trn::Trn;

use super::MERGES;
use crate::ending::{Claims, Search};
use crate::known::{KnownAccount, KnownRecord, Standing};
use crate::state::{Found, Lookup};
use crate::walk::{Walk, Walked};

/// Is this somebody whom the client keeps out? While the records do not answer, what they said last counts; and so it does of a
/// record that has ended, for a source may tell nothing more of that.
pub(super) fn barred(w: &mut Walk<'_>, trn: &Trn, as_last_seen: bool) -> Walked<bool> {
    if !w.ask.blocks_prohibited {
        return Ok(false);
    }
    let barred = |record: &KnownRecord| record.prohibited || as_last_seen && record.standing == Standing::Ended;
    Ok(record_now(w, trn)?.map_or(as_last_seen, barred))
}

/// The record of this TRN, or the one that it was merged into, once or more often.
pub(super) fn record_now<'a>(w: &mut Walk<'a>, trn: &Trn) -> Walked<Option<&'a KnownRecord>> {
    let mut trn = trn;
    for _ in 0..MERGES {
        match w.find(Lookup::RecordByTrn(trn.clone()))? {
            Found::Record(Some(KnownRecord { standing: Standing::ReplacedBy(successor), .. })) => trn = successor,
            Found::Record(record) => return Ok(record.as_ref()),
            other => unreachable!("the shell answers a look-up of a record with a record: {other:?}"),
        }
    }
    Ok(None)
}

/// Who else holds this record.
pub(super) fn holder<'a>(w: &mut Walk<'a>, link: &RecordLink, than: &KnownAccount) -> Walked<Option<&'a KnownAccount>> {
    let holder = account(w, Lookup::AccountByTrn(link.trn.clone()))?;
    Ok(holder.filter(|holder| holder.id != than.id))
}

pub(super) fn settled(w: &mut Walk<'_>, known: &Identifiers, claims: Claims) -> Walked<Search> {
    Ok(Search::settled(verdict(w, known)?, w.ask.match_policy, known, claims))
}

pub(super) fn verdict<'a>(w: &mut Walk<'a>, known: &Identifiers) -> Walked<&'a Verdict> {
    match w.find(Lookup::Record(Box::new(known.clone()), w.ask.match_policy))? {
        Found::Verdict(verdict) => Ok(verdict),
        other => unreachable!("the shell answers a search with a verdict: {other:?}"),
    }
}

pub(crate) fn account<'a>(w: &mut Walk<'a>, lookup: Lookup) -> Walked<Option<&'a KnownAccount>> {
    match w.find(lookup)? {
        Found::Account(account) => Ok(account.as_deref()),
        other => unreachable!("the shell answers a look-up of an account with an account: {other:?}"),
    }
}

pub(super) fn mailbox(w: &mut Walk<'_>, email: &Email) -> Walked<Mailbox> {
    match w.find(Lookup::Mailbox(email.clone()))? {
        Found::Mailbox(mailbox) => Ok(*mailbox),
        other => unreachable!("the shell answers whose mailbox it is with a mailbox: {other:?}"),
    }
}

pub(super) fn identifiers(email: &Email, name: StatedName, date_of_birth: Option<DateOfBirth>) -> Identifiers {
    Identifiers { email: Some(email.clone()), name: Some(name), date_of_birth, ..Identifiers::default() }
}
