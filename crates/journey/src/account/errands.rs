//! What somebody who is signed in does with their account: each errand is a walk, made of the same verbs as a sign-in.

use identity::account::{AccountId, DetailChanges};
use identity::change_request::Subject;
use identity::errand::Errand;
use identity::event::Detail;

use crate::ending::Ending;
use crate::journey::details::{moves_to, reached_at};
use crate::journey::look_ups::account;
use crate::journey::person;
use crate::journey::requests::{date_of_birth, may_ask, official_name};
use crate::pages::change_date_of_birth::ChangeDateOfBirth;
use crate::pages::change_email::ChangeEmail;
use crate::pages::change_mobile::ChangeMobile;
use crate::pages::change_name::ChangeName;
use crate::pages::change_preferred_name::ChangePreferredName;
use crate::pages::requests::new_date_of_birth::NewDateOfBirth;
use crate::pages::requests::new_official_name::NewOfficialName;
use crate::state::Lookup;
use crate::walk::{Walk, Walked};

/// The walk of an interaction, by what the person is here for. The shell lets nobody change anything without a session.
pub(crate) fn walk(w: &mut Walk<'_>) -> Walked<Ending> {
    match (&w.ask.errand, &w.ask.session) {
        (Errand::Change { detail, .. }, Some(session)) => change(w, *detail, session.account),
        _ => person(w),
    }
}

/// One detail of their own. With a record, the name and the date of birth are not theirs to change, but to ask for.
fn change(w: &mut Walk<'_>, detail: Detail, id: AccountId) -> Walked<Ending> {
    let (mut changes, mut request) = (DetailChanges::default(), None);
    if let Some(account) = account(w, Lookup::AccountById(id))? {
        let linked = account.record.is_some();
        match detail {
            Detail::PreferredName => changes.preferred_name = Some(w.ask(ChangePreferredName { account })?.clone()),
            Detail::Name if !linked => changes.name = Some(w.ask(ChangeName { account })?.clone()),
            Detail::DateOfBirth if !linked => changes.date_of_birth = Some(*w.ask(ChangeDateOfBirth { account })?),
            Detail::Name if may_ask(w, account).contains(&Subject::OfficialName) => {
                let name = w.ask(NewOfficialName { suggested: &account.name })?;
                let (asked, preferred_name) = official_name(w, account, name)?.unzip();
                (request, changes.preferred_name) = (asked, preferred_name.cloned());
            }
            Detail::DateOfBirth if may_ask(w, account).contains(&Subject::DateOfBirth) => {
                let date = w.ask(NewDateOfBirth { suggested: account.date_of_birth })?;
                request = date_of_birth(w, account, date)?;
            }
            Detail::Name | Detail::DateOfBirth => {}
            Detail::Email => {
                let email = w.ask(ChangeEmail { account, proved: None })?;
                changes.email = moves_to(w, account, email)?;
            }
            Detail::Mobile => {
                let mobile = &w.ask(ChangeMobile { account })?.number;
                changes.mobile = reached_at(w, account, mobile)?;
            }
        }
    }
    Ok(Ending::Change { account: id, changes: Box::new(changes), request })
}
