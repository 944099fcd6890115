//! The account that holds the record is the person's own: they proved its address.

use identity::account::{AccountId, DetailChanges};
use identity::email::Email;
use identity::event::EventKind;
use store::Db;

use super::{Failed, Last};
use crate::ending::Search;
use crate::matched::LockedPortal;
use crate::messages::{AccountClaimed, EmailChanged};

impl Last {
    /// Signs in as the account, which keeps one of the two addresses. Its level may rise and never falls.
    pub(super) fn claim(
        &mut self,
        db: &mut Db<'_>,
        id: AccountId,
        email: &Email,
        search: &Search,
    ) -> Result<Option<LockedPortal>, Failed> {
        let Some(before) = db.accounts().by_id(id)? else { return Err(Failed::Contradicted) };
        let email_changed = before.email != *email;
        if email_changed {
            let change = DetailChanges { email: Some(email.clone()), ..DetailChanges::default() };
            db.accounts().change_details(id, &change, self.at)?;
        }
        let found = search.record.as_ref();
        if let (Some(found), Some(held)) = (found, &before.record)
            && found.trn == held.trn
            && found.level > held.level
        {
            db.accounts().raise_level(id, &found.clone().matched_by(&search.verdict, self.at), self.at)?;
        }
        self.scribe.event(db, id, EventKind::AccountClaimed { email_changed })?;
        let addressee = self.scribe.addressee(&before);
        let letter = AccountClaimed { addressee, moved_to: email_changed.then(|| email.clone()) };
        self.scribe.letter(db, &letter, &before.email)?;
        let Some(after) = db.accounts().by_id(id)? else { return Ok(None) };
        if email_changed {
            let letter = EmailChanged { addressee: self.scribe.addressee(&after), moved_to: None };
            self.scribe.letter(db, &letter, &after.email)?;
        }
        if let Some(seen) = &self.seen {
            self.sight = self.scribe.followed(db, &after, seen)?;
        }
        Ok(None)
    }
}
