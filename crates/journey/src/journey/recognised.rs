//! Who is known before they have typed an address: by their browser session, by a passkey, or by GOV.UK One Login.

use super::look_ups::account;
use crate::known::KnownAccount;
use crate::pages::email::EmailPage;
use crate::state::Lookup;
use crate::walk::{Walk, Walked};

/// The owner of the session that this browser had when the journey began, if nothing else is asked of them.
pub(super) fn still_signed_in<'a>(w: &mut Walk<'a>) -> Walked<Option<&'a KnownAccount>> {
    match &w.ask.session {
        Some(session) => account(w, Lookup::AccountById(session.account)),
        None => Ok(None),
    }
}

/// The owner of the passkey that was shown instead of an address.
pub(super) fn by_passkey<'a>(w: &mut Walk<'a>) -> Walked<Option<&'a KnownAccount>> {
    let Some(shown) = w.passkey() else { return Ok(None) };
    let account = account(w, Lookup::AccountById(shown))?;
    if account.is_some() {
        w.pass(EmailPage);
    }
    Ok(account)
}

/// The account to which their GOV.UK One Login leads. Of anybody else the address that was confirmed there counts, as one
/// that a code was sent to.
pub(super) fn by_one_login<'a>(w: &mut Walk<'a>) -> Walked<Option<&'a KnownAccount>> {
    let Some(proved) = w.one_login() else { return Ok(None) };
    let account = account(w, Lookup::AccountByOneLogin(proved.subject.clone()))?;
    if account.is_some() {
        w.pass(EmailPage);
    }
    Ok(account)
}
