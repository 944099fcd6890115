//! What somebody whom we know changes of their own details.

use identity::account::DetailChanges;
use identity::email::Email;
use identity::mobile::Mobile;

use super::look_ups;
use crate::ending::News;
use crate::known::KnownAccount;
use crate::pages::change_date_of_birth::ChangeDateOfBirth;
use crate::pages::change_email::ChangeEmail;
use crate::pages::change_email_code::ChangeEmailCode;
use crate::pages::change_mobile::ChangeMobile;
use crate::pages::change_mobile_code::ChangeMobileCode;
use crate::pages::change_name::ChangeName;
use crate::pages::change_preferred_name::ChangePreferredName;
use crate::pages::email_taken::EmailTaken;
use crate::pages::mobile_taken::MobileTaken;
use crate::state::Lookup;
use crate::walk::{Walk, Walked};

/// What the person changes of their own details. With a record, the name and the date of birth are not theirs to change.
pub(super) fn changes(w: &mut Walk<'_>, account: &KnownAccount, news: &News) -> Walked<DetailChanges> {
    let mut changes = DetailChanges {
        preferred_name: w.may_ask(ChangePreferredName { account }).cloned(),
        ..DetailChanges::default()
    };
    let linked = account.record.is_some() || news.search.as_ref().is_some_and(|search| search.record.is_some());
    if !linked {
        changes.name = w.may_ask(ChangeName { account }).cloned();
        changes.date_of_birth = w.may_ask(ChangeDateOfBirth { account }).copied();
    }
    let proved = new_address(w, account);
    if let Some(email) = w.may_ask(ChangeEmail { account, proved }) {
        changes.email = moves_to(w, account, email)?;
    }
    if let Some(mobile) = w.may_ask(ChangeMobile { account }) {
        changes.mobile = reached_at(w, account, &mobile.number)?;
    }
    Ok(changes)
}

/// The address that the person came with and proved, where it is another than the account's.
pub(super) fn new_address<'a>(w: &Walk<'a>, account: &KnownAccount) -> Option<&'a Email> {
    w.proved_email().filter(|email| **email != account.email)
}

/// The other address that the account moves to, once it is proved. Only then is its owner told that another account has it.
pub(crate) fn moves_to(w: &mut Walk<'_>, account: &KnownAccount, email: &Email) -> Walked<Option<Email>> {
    if *email == account.email {
        return Ok(None);
    }
    w.prove(ChangeEmailCode(email))?;
    match look_ups::account(w, Lookup::AccountByEmail(email.clone()))? {
        Some(other) if other.id != account.id => w.tell(EmailTaken { email }).map(|()| None),
        _ => Ok(Some(email.clone())),
    }
}

/// The other number that the account gets, in the same way.
pub(crate) fn reached_at(w: &mut Walk<'_>, account: &KnownAccount, mobile: &Mobile) -> Walked<Option<Mobile>> {
    if account.mobile.as_ref() == Some(mobile) {
        return Ok(None);
    }
    w.prove(ChangeMobileCode(mobile))?;
    match look_ups::account(w, Lookup::AccountByMobile(mobile.clone()))? {
        Some(other) if other.id != account.id => w.tell(MobileTaken { mobile }).map(|()| None),
        _ => Ok(Some(mobile.clone())),
    }
}
